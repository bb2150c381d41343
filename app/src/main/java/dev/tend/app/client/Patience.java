package dev.tend.app.client;

import java.time.Duration;

/** How long somebody goes on trying. */
final class Patience {
  private final long end;

  Patience(Duration time) {
    end = System.nanoTime() + time.toNanos();
  }

  /**
   * Waits before the next attempt.
   *
   * @return false, at once, if the time would be over by then
   */
  boolean pause(Duration pause) {
    if (System.nanoTime() + pause.toNanos() - end > 0) {
      return false;
    }
    try {
      Thread.sleep(pause);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
