package dev.tend.otp.supervisor;

import dev.tend.otp.jfr.RestartEvent;
import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Processes;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** The restarts of one supervisor within its period. */
final class Intensity {
  private final int maxRestarts;
  private final Duration period;
  private final Deque<Long> restarts = new ArrayDeque<>();
  private volatile int total;

  Intensity(int maxRestarts, Duration period) {
    this.maxRestarts = maxRestarts;
    this.period = period;
  }

  /** How often a child has been restarted; from any thread. */
  int total() {
    return total;
  }

  /**
   * Counts one more restart.
   *
   * @param reason why the child is not running
   * @return false if that is one too many
   */
  @SuppressWarnings("NonAtomicVolatileUpdate") // by the supervisor alone
  boolean admit(Child child, ExitReason reason, long now) {
    restarts.addLast(now);
    while (Duration.ofNanos(now - restarts.getFirst()).compareTo(period) > 0) {
      restarts.removeFirst();
    }
    if (restarts.size() > maxRestarts) {
      return false;
    }
    total++;
    RestartEvent.emit(Processes.self(), child.spec().id(), reason);
    return true;
  }

  static @Nullable BadSpec fault(int maxRestarts, Duration period) {
    if (maxRestarts < 0) {
      return new BadSpec.InvalidIntensity(maxRestarts);
    }
    return period.isPositive() ? null : new BadSpec.InvalidPeriod(period);
  }
}
