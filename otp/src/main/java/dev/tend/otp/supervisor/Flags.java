package dev.tend.otp.supervisor;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A supervisor's strategy and patience. More than {@code maxRestarts} restarts (failed ones count)
 * of any of its children within {@code period} end it with {@code shutdown}. A supervisor with
 * values that make no sense does not start, see {@link BadSpec}.
 *
 * @param maxRestarts OTP's {@code intensity}: 0 or more
 * @param period more than zero
 * @param autoShutdown whether it ends when significant children do
 */
public record Flags(
    Strategy strategy, int maxRestarts, Duration period, AutoShutdown autoShutdown) {

  /**
   * All of the flags.
   *
   * @throws NullPointerException naming the parameter, if one is null
   */
  public Flags {
    requireNonNull(strategy, "strategy");
    requireNonNull(period, "period");
    requireNonNull(autoShutdown, "autoShutdown");
  }

  /** Flags that never shut down by themselves. */
  public Flags(Strategy strategy, int maxRestarts, Duration period) {
    this(strategy, maxRestarts, period, AutoShutdown.NEVER);
  }

  /** OTP's defaults: one restart in five seconds. */
  public static Flags of(Strategy strategy) {
    return new Flags(strategy, 1, Duration.ofSeconds(5));
  }

  public Flags withAutoShutdown(AutoShutdown newAutoShutdown) {
    return new Flags(strategy, maxRestarts, period, newAutoShutdown);
  }

  /** Why no supervisor can have them, or null. */
  @Nullable BadSpec fault() {
    return Intensity.fault(maxRestarts, period);
  }
}
