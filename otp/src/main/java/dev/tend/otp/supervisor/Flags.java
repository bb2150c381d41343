package dev.tend.otp.supervisor;

import java.time.Duration;

/**
 * A supervisor's strategy and patience. More than {@code maxRestarts} restarts (failed ones count)
 * of any of its children within {@code period} end it with {@code shutdown}.
 */
public record Flags(Strategy strategy, int maxRestarts, Duration period) {
  public Flags {
    if (maxRestarts < 0) {
      throw new IllegalArgumentException("maxRestarts is negative: " + maxRestarts);
    }
    if (period.isNegative() || period.isZero()) {
      throw new IllegalArgumentException("period is not positive: " + period);
    }
  }

  /** OTP's defaults: one restart in five seconds. */
  public static Flags of(Strategy strategy) {
    return new Flags(strategy, 1, Duration.ofSeconds(5));
  }
}
