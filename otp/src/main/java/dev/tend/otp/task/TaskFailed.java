package dev.tend.otp.task;

import dev.tend.otp.process.ExitReason;
import dev.tend.otp.report.Text;
import java.time.Duration;

/**
 * A task was awaited and gave no result. Uncaught in a process it is that process's crash, as in
 * Elixir, where the one who awaits exits; also if the task was shut down, see {@link
 * dev.tend.otp.process.CallFailed}.
 */
public final class TaskFailed extends RuntimeException {

  /** The two ways in which a task gives no result. */
  public sealed interface Why {}

  /** It ended first, even if {@code normal}. */
  public record Exit(ExitReason reason) implements Why {}

  /** The time given ran out. */
  public record Timeout(Duration limit) implements Why {}

  private static final int LONGEST = 1_000;

  private final transient Why why;

  TaskFailed(Object task, Why why) {
    super(
        task + ": " + Text.within(LONGEST, why),
        why instanceof Exit(ExitReason.Crash(Throwable cause)) ? cause : null);
    this.why = why;
  }

  public Why why() {
    return why;
  }
}
