package dev.tend.otp.supervisor;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** The restarts of one supervisor within its period. */
final class Intensity {
  private final int maxRestarts;
  private final Duration period;
  private final Deque<Long> restarts = new ArrayDeque<>();

  Intensity(int maxRestarts, Duration period) {
    this.maxRestarts = maxRestarts;
    this.period = period;
  }

  /**
   * Counts one more restart.
   *
   * @return false if that is one too many
   */
  boolean admit(long now) {
    restarts.addLast(now);
    while (Duration.ofNanos(now - restarts.getFirst()).compareTo(period) > 0) {
      restarts.removeFirst();
    }
    return restarts.size() <= maxRestarts;
  }

  static @Nullable BadSpec fault(int maxRestarts, Duration period) {
    if (maxRestarts < 0) {
      return new BadSpec.InvalidIntensity(maxRestarts);
    }
    return period.isPositive() ? null : new BadSpec.InvalidPeriod(period);
  }
}
