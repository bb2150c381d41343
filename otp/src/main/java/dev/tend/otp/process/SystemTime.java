package dev.tend.otp.process;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** The monotonic clock and one daemon thread for all timers of the JVM. */
final class SystemTime implements TimeSource {
  static final SystemTime INSTANCE = new SystemTime();

  private static final Duration CENTURY = Duration.ofDays(36_500);

  private final ScheduledThreadPoolExecutor timer;

  private SystemTime() {
    timer =
        new ScheduledThreadPoolExecutor(
            1,
            Thread.ofPlatform()
                .daemon()
                .name("otp-timer")
                .inheritInheritableThreadLocals(false)
                .factory());
    timer.setRemoveOnCancelPolicy(true);
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  public Runnable scheduleAt(long moment, Runnable action) {
    Future<?> pending =
        timer.schedule(action, Math.max(0, moment - nanoTime()), TimeUnit.NANOSECONDS);
    return () -> pending.cancel(false);
  }

  @Override
  public void parkUntil(long moment, Object blocker, BooleanSupplier enough) {
    long nanos = moment - nanoTime();
    ProcessCore self = ProcessCore.current();
    if (nanos > CENTURY.toNanos() / 2) {
      LockSupport.park(blocker);
    } else if (!Thread.currentThread().isVirtual()) {
      LockSupport.parkNanos(blocker, nanos);
    } else if (self != null && self.thread() == Thread.currentThread()) {
      self.alarm().parkUntil(moment, blocker, enough);
    } else {
      TimeSource.super.parkUntil(moment, blocker, enough);
    }
  }

  /** How many actions are set for some moment. */
  int pending() {
    return timer.getQueue().size();
  }

  /** A duration in nanoseconds, not below zero; a century is for ever. */
  static long nanos(Duration duration) {
    return duration.isNegative()
        ? 0
        : duration.compareTo(CENTURY) < 0 ? duration.toNanos() : CENTURY.toNanos();
  }
}
