package dev.tend.otp.supervisor;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** The restarts of one supervisor within its period. */
final class Intensity {
  private final int maxRestarts;
  private final long period;
  private final Deque<Long> restarts = new ArrayDeque<>();

  Intensity(int maxRestarts, Duration period) {
    this.maxRestarts = maxRestarts;
    this.period = period.toNanos();
  }

  /**
   * Counts one more restart.
   *
   * @return false if that is one too many
   */
  boolean admit(long now) {
    restarts.addLast(now);
    while (now - restarts.getFirst() > period) {
      restarts.removeFirst();
    }
    return restarts.size() <= maxRestarts;
  }
}
