package dev.tend.otp.process;

/**
 * Thrown by every operation that a thread attempts for a process that has died: what the dead
 * process was doing took effect before its death, or not at all. Do not catch it.
 */
public final class DeadProcess extends Error {
  DeadProcess(Pid<?> pid) {
    super(pid + " has died; its thread goes no further", null, false, false);
  }
}
