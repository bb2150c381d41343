package dev.tend.otp.soak;

import dev.tend.otp.testkit.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The run, cut where all is quiet. Within a step time passes only as far as somebody waits for it.
 */
final class Steps {
  private final ManualTime time;
  private final List<Long> begins = new ArrayList<>();
  private final List<Long> ends = new ArrayList<>();

  Steps(ManualTime time) {
    this.time = time;
    begins.add(time.nanoTime());
  }

  synchronized int now() {
    return begins.size() - 1;
  }

  synchronized void end() {
    ends.add(time.nanoTime());
  }

  synchronized void begin() {
    begins.add(time.nanoTime());
  }

  /** At most so much lies between a moment of this step and now. */
  synchronized Duration longest(int step) {
    return Duration.ofNanos(time.nanoTime() - begins.get(step));
  }

  /** At least so much lies between a moment of this step and one of that. */
  synchronized Duration shortest(int step, int now) {
    return step == now
        ? Duration.ZERO
        : Duration.ofNanos(Math.max(0, begins.get(now) - ends.get(step)));
  }
}
