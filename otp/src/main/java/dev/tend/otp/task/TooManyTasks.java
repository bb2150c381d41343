package dev.tend.otp.task;

/**
 * A {@link TaskSupervisor} has as many tasks as it may have, and started no more. For a stream let
 * {@code maxConcurrency} be no higher than the supervisor's {@code maxChildren}, and mind who else
 * starts tasks there.
 */
public final class TooManyTasks extends RuntimeException {
  TooManyTasks(Object supervisor) {
    super("reached the maximum number of tasks of task supervisor " + supervisor);
  }
}
