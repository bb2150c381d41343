package dev.tend.otp.task;

import dev.tend.otp.process.ExitReason;

/** How a task ended. */
public sealed interface Outcome<R> {

  /** {@code {ok, Value}}: with a result. */
  record Ok<R>(R value) implements Outcome<R> {}

  /**
   * {@code {exit, Reason}}: without one. A task that threw has a {@link ExitReason.Crash}; one that
   * a stream killed because its time was up, {@link #TIMEOUT}.
   */
  record Exit<R>(ExitReason reason) implements Outcome<R> {}

  /** What a stream gives for a task that it did not wait for any longer. */
  ExitReason TIMEOUT = new ExitReason.Term("timeout");

  /**
   * The result, where anything else is a fault of the program.
   *
   * @throws TaskFailed if the task ended without one
   */
  default R orThrow() {
    return switch (this) {
      case Ok<R>(R value) -> value;
      case Exit<R>(ExitReason reason) ->
          throw new TaskFailed("a task", new TaskFailed.Exit(reason));
    };
  }
}
