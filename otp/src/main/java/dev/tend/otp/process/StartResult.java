package dev.tend.otp.process;

import dev.tend.otp.report.Text;
import org.jspecify.annotations.Nullable;

/**
 * How a synchronous start ended. All but {@link Ok} leave nothing behind: no process, name, table,
 * link or message, and no exit signal reaches the starter.
 */
public sealed interface StartResult<T> {

  /** {@code {ok, Pid}} or {@code {ok, Pid, Info}}: {@code init} has finished. */
  record Ok<T>(Pid<T> pid, @Nullable Object info) implements StartResult<T> {}

  record Ignored<T>() implements StartResult<T> {}

  /** The name is taken by a living process. */
  record AlreadyStarted<T>(Pid<?> by) implements StartResult<T> {}

  /**
   * {@code {error, Reason}}; the reason of a start that took too long is {@code Term("timeout")},
   * of one whose name could not be had though nobody has it {@code Term(}{@link NameRefused}{@code
   * )}.
   */
  record Failed<T>(ExitReason reason) implements StartResult<T> {}

  /**
   * The process, where anything but success is a fault of the program.
   *
   * @throws IllegalStateException if the start did not succeed
   */
  default Pid<T> orThrow() {
    if (this instanceof Ok<T>(Pid<T> pid, Object info)) {
      return pid;
    }
    Throwable cause = this instanceof Failed<T>(ExitReason.Crash(Throwable thrown)) ? thrown : null;
    throw new IllegalStateException("not started: " + Text.brief(this), cause);
  }
}
