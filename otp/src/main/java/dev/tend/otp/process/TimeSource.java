package dev.tend.otp.process;

import java.time.Duration;

/**
 * Where a process's time comes from: timers, idle timeouts, restart windows. A process uses the
 * source of whoever started it, so that a test can drive a whole tree by a clock of its own.
 */
public interface TimeSource {

  /** The machine's monotonic clock. */
  static TimeSource system() {
    return SystemTime.INSTANCE;
  }

  /** Nanoseconds since some fixed moment; never goes back. */
  long nanoTime();

  /**
   * Runs a short, non-blocking action once the time has passed.
   *
   * @return cancels it; harmless when it has run
   */
  Runnable schedule(Duration delay, Runnable action);
}
