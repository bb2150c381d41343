package dev.tend.otp.process;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Where a process's time comes from: timers, idle timeouts, the timeouts of receive and call,
 * restart windows. A process uses the source of whoever started it, so that a test can drive a
 * whole tree by a clock of its own. Threads that are no process go by the machine's.
 */
public interface TimeSource {

  /** The timeout of who waits as long as it takes. */
  Duration FOR_EVER = Duration.ofSeconds(Long.MAX_VALUE);

  /** The machine's monotonic clock. */
  static TimeSource system() {
    return SystemTime.INSTANCE;
  }

  /** Nanoseconds since some fixed moment; never goes back. */
  long nanoTime();

  /**
   * Runs a short, non-blocking action as soon as {@link #nanoTime} has reached a moment.
   *
   * @return cancels it; harmless when it has run
   */
  Runnable scheduleAt(long moment, Runnable action);

  /** {@link #scheduleAt} after a delay; for ever where no moment so far away can be said. */
  default Runnable schedule(Duration delay, Runnable action) {
    return scheduleAt(momentAfter(delay), action);
  }

  /** The moment when this much will have passed. */
  default long momentAfter(Duration delay) {
    return nanoTime() + SystemTime.nanos(delay);
  }

  /**
   * Parks the calling thread until it is unparked or the moment has come; may return sooner, as
   * {@link LockSupport#park(Object)}.
   *
   * @param enough whether what is waited for is there: looked at once more when the alarm is set,
   *     for whoever sets it may wait for a lock, and so miss being unparked
   */
  default void parkUntil(long moment, Object blocker, BooleanSupplier enough) {
    Thread waiter = Thread.currentThread();
    Runnable cancel = scheduleAt(moment, () -> LockSupport.unpark(waiter));
    try {
      if (!enough.getAsBoolean() && moment - nanoTime() > 0) {
        LockSupport.park(blocker);
      }
    } finally {
      cancel.run();
    }
  }
}
