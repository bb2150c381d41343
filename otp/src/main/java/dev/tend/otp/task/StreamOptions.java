package dev.tend.otp.task;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How an async stream runs its tasks. Immutable; begin with {@link #defaults()}.
 *
 * @param maxConcurrency how many tasks run at a time, at most
 * @param ordered whether results come in the order of the inputs; those that are early are kept
 *     until then, however many
 * @param timeout how long each task may take from its start on; the one that takes longer is killed
 * @param onTimeout what the consumer gets for it
 */
public record StreamOptions(
    int maxConcurrency, boolean ordered, Duration timeout, OnTimeout onTimeout) {
  private static final StreamOptions DEFAULTS =
      new StreamOptions(
          Runtime.getRuntime().availableProcessors(), true, Duration.ofSeconds(5), OnTimeout.EXIT);

  /** What the consumer gets for a task that took too long. */
  public enum OnTimeout {
    /** A {@link TaskFailed}, and all other tasks are killed. */
    EXIT,
    /** An {@link Outcome.Exit} with {@link Outcome#TIMEOUT}; the stream goes on. */
    KILL_TASK
  }

  /**
   * All of the options.
   *
   * @throws IllegalArgumentException if the concurrency is not positive or the timeout negative
   */
  public StreamOptions {
    requireNonNull(timeout, "timeout");
    requireNonNull(onTimeout, "onTimeout");
    if (maxConcurrency < 1) {
      throw new IllegalArgumentException("maxConcurrency is not positive: " + maxConcurrency);
    }
    if (timeout.isNegative()) {
      throw new IllegalArgumentException("timeout is negative: " + timeout);
    }
  }

  /** As many tasks as processors, in order, each with five seconds, or the consumer fails. */
  public static StreamOptions defaults() {
    return DEFAULTS;
  }

  public StreamOptions withMaxConcurrency(int newMaxConcurrency) {
    return new StreamOptions(newMaxConcurrency, ordered, timeout, onTimeout);
  }

  public StreamOptions withOrdered(boolean newOrdered) {
    return new StreamOptions(maxConcurrency, newOrdered, timeout, onTimeout);
  }

  public StreamOptions withTimeout(Duration newTimeout) {
    return new StreamOptions(maxConcurrency, ordered, newTimeout, onTimeout);
  }

  public StreamOptions withOnTimeout(OnTimeout newOnTimeout) {
    return new StreamOptions(maxConcurrency, ordered, timeout, newOnTimeout);
  }
}
