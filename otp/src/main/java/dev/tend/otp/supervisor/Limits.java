package dev.tend.otp.supervisor;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A dynamic supervisor's patience, as a {@link Flags}', and how many children it takes. Immutable;
 * begin with {@link #defaults()}. A supervisor with values that make no sense does not start, see
 * {@link BadSpec}.
 *
 * @param maxRestarts 0 or more
 * @param period more than zero
 * @param maxChildren 0 or more; children whose restart is pending count
 */
public record Limits(int maxRestarts, Duration period, int maxChildren) {
  private static final Limits DEFAULTS = new Limits(3, Duration.ofSeconds(5), Integer.MAX_VALUE);

  /**
   * All of the limits.
   *
   * @throws NullPointerException if the period is null
   */
  public Limits {
    requireNonNull(period, "period");
  }

  /** Elixir's: three restarts in five seconds, and any number of children. */
  public static Limits defaults() {
    return DEFAULTS;
  }

  public Limits withMaxRestarts(int newMaxRestarts, Duration newPeriod) {
    return new Limits(newMaxRestarts, newPeriod, maxChildren);
  }

  public Limits withMaxChildren(int newMaxChildren) {
    return new Limits(maxRestarts, period, newMaxChildren);
  }

  /** Why no supervisor can have them, or null. */
  @Nullable BadSpec fault() {
    BadSpec fault = Intensity.fault(maxRestarts, period);
    return fault == null && maxChildren < 0 ? new BadSpec.InvalidMaxChildren(maxChildren) : fault;
  }
}
