package dev.tend.otp.testkit;

import dev.tend.otp.process.TimeSource;
import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * A clock that only the test moves. Give it to the process at the root ({@code
 * StartOptions.withTime}); what that starts goes by it too.
 */
public final class ManualTime implements TimeSource {
  private final PriorityQueue<Alarm> alarms =
      new PriorityQueue<>(Comparator.comparingLong(Alarm::at).thenComparingLong(Alarm::number));
  private long now;
  private long made;

  private record Alarm(long at, long number, Runnable action) {}

  @Override
  public synchronized long nanoTime() {
    return now;
  }

  @Override
  public synchronized Runnable scheduleAt(long moment, Runnable action) {
    Alarm alarm = new Alarm(moment, made++, action);
    alarms.add(alarm);
    return () -> cancel(alarm);
  }

  private synchronized void cancel(Alarm alarm) {
    alarms.remove(alarm);
  }

  /**
   * Lets time pass. Runs what falls due, in the calling thread and in the order of the moments,
   * each at its own moment; what those alarms set and what falls due within the time runs as well.
   */
  public void advance(Duration time) {
    long end = nanoTime() + time.toNanos();
    for (Alarm due = nextUntil(end); due != null; due = nextUntil(end)) {
      due.action().run();
    }
    moveTo(end);
  }

  private synchronized @Nullable Alarm nextUntil(long end) {
    Alarm first = alarms.peek();
    if (first == null || first.at() > end) {
      return null;
    }
    now = Math.max(now, first.at());
    return alarms.remove();
  }

  private synchronized void moveTo(long moment) {
    now = Math.max(now, moment);
  }

  /** How many alarms are set and have not gone off. */
  public synchronized int pending() {
    return alarms.size();
  }
}
