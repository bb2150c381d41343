package dev.tend.otp.task;

/** What a stream's tasks do with one input; what it throws is the task's crash. */
@FunctionalInterface
public interface TaskFunction<T, R> {
  R apply(T input) throws Exception;
}
