package dev.tend.otp.task;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How {@link Task#yieldMany(java.util.List, YieldOptions)} waits. Immutable; begin with {@link
 * #defaults()}.
 *
 * @param limit with so many outcomes it waits no longer, and {@code onTimeout} does not apply
 * @param timeout for all tasks together
 * @param onTimeout what becomes of the tasks that still run when the time is up
 */
public record YieldOptions(int limit, Duration timeout, OnTimeout onTimeout) {
  private static final YieldOptions DEFAULTS =
      new YieldOptions(Integer.MAX_VALUE, Duration.ofSeconds(5), OnTimeout.NOTHING);

  /** What becomes of a task that has not ended in time. */
  public enum OnTimeout {
    /** It can still be awaited. */
    NOTHING,
    /** {@link Task#ignore}. */
    IGNORE,
    /** {@link Task#shutdown} by brutal kill. */
    KILL_TASK
  }

  /**
   * All of the options.
   *
   * @throws IllegalArgumentException if the limit is not positive
   */
  public YieldOptions {
    requireNonNull(timeout, "timeout");
    requireNonNull(onTimeout, "onTimeout");
    if (limit < 1) {
      throw new IllegalArgumentException("limit is not positive: " + limit);
    }
  }

  /** All tasks, within five seconds; then nothing. */
  public static YieldOptions defaults() {
    return DEFAULTS;
  }

  public YieldOptions withLimit(int newLimit) {
    return new YieldOptions(newLimit, timeout, onTimeout);
  }

  public YieldOptions withTimeout(Duration newTimeout) {
    return new YieldOptions(limit, newTimeout, onTimeout);
  }

  public YieldOptions withOnTimeout(OnTimeout newOnTimeout) {
    return new YieldOptions(limit, timeout, newOnTimeout);
  }
}
