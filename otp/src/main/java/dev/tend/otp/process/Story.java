package dev.tend.otp.process;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * The newest {@value #KEPT} happenings of this JVM, and a count of all. No process keeps it, so it
 * is there whatever restarts.
 *
 * <p>Telling takes no lock and waits for nobody, however many read; who reads too slowly misses the
 * oldest, and sees it by the gap in the numbers. What is kept keeps its exit reason.
 */
public final class Story {
  /** How many are kept. */
  public static final int KEPT = 256;

  private static final AtomicLong TOLD = new AtomicLong();
  private static final Chapter NEWEST = new Chapter(KEPT);
  private static final Set<Thread> WAITING = ConcurrentHashMap.newKeySet();
  private static final AtomicLong RESTARTS = new AtomicLong();
  private static final AtomicLong CRASHES = new AtomicLong();
  private static final AtomicLong LOSSES = new AtomicLong();
  private static final AtomicLong SURRENDERS = new AtomicLong();
  private static final AtomicLong OVERDUE = new AtomicLong();

  private Story() {}

  /**
   * One happening.
   *
   * @param number from 1, without gaps
   */
  public record Event(long number, Instant at, Happening what) {}

  /** Adds one. From any thread; never blocks. */
  public static void tell(Happening what) {
    count(what);
    NEWEST.keep(new Event(TOLD.incrementAndGet(), Instant.now(), what));
    if (!WAITING.isEmpty()) {
      WAITING.forEach(LockSupport::unpark);
    }
  }

  private static void count(Happening what) {
    switch (what) {
      case Happening.Restarted _ -> RESTARTS.incrementAndGet();
      case Happening.Crashed _ -> CRASHES.incrementAndGet();
      case Happening.Lost _ -> LOSSES.incrementAndGet();
      case Happening.GaveUp _ -> SURRENDERS.incrementAndGet();
      case Happening.Overdue _ -> OVERDUE.incrementAndGet();
      case Happening.NotRestarted _, Happening.Told _ -> {}
    }
  }

  /** Those after this number that are still kept, the oldest first; after 0: all. */
  public static List<Event> after(long number) {
    return NEWEST.after(number, TOLD.get());
  }

  /** {@link #after}, but where there are none it waits for the first, at most so long. */
  public static List<Event> await(long number, Duration atMost) throws InterruptedException {
    long end = System.nanoTime() + SystemTime.nanos(atMost);
    WAITING.add(Thread.currentThread());
    try {
      while (true) {
        List<Event> found = after(number);
        long left = end - System.nanoTime();
        if (!found.isEmpty() || left <= 0) {
          return found;
        }
        LockSupport.parkNanos(WAITING, left);
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
      }
    } finally {
      WAITING.remove(Thread.currentThread());
    }
  }

  /** The number of the last one; 0 if there was none. */
  public static long last() {
    return TOLD.get();
  }

  /** How many restarts there have been of any child, since the JVM started. */
  public static long restarts() {
    return RESTARTS.get();
  }

  /** How many processes have ended abnormally of their own doing, since the JVM started. */
  public static long crashes() {
    return CRASHES.get();
  }

  /** How many children have ended abnormally and were not to be started again. */
  public static long losses() {
    return LOSSES.get();
  }

  /** How many supervisors have given up. */
  public static long surrenders() {
    return SURRENDERS.get();
  }

  /** How often a handler, or a dead process's thread, was found to run too long. */
  public static long overdue() {
    return OVERDUE.get();
  }
}
