package dev.tend.otp.process;

import java.lang.management.ManagementFactory;
import java.util.concurrent.locks.LockSupport;
import jdk.management.VirtualThreadSchedulerMXBean;

/**
 * Gives virtual threads another carrier where those there are do not let go: a handler that
 * computes for long or blocks in native code holds the platform thread that carries it, and with a
 * carrier a core a few of them would stop every process of the JVM.
 *
 * <p>More carriers than cores from the start would do as well, but each message may then wake one
 * for nothing (decision record 0049). So the scheduler keeps what it was started with, usually a
 * carrier a core, and one daemon thread looks every few milliseconds whether the virtual thread
 * that it started last has come to run. While it has not, processes that would yield to each other
 * make way for whoever waits for a carrier ({@link #areCrowded}). After {@value #PATIENCE} looks
 * without an answer it doubles the carriers, up to {@value #MOST}: more of them would only stand in
 * each other's way where they are held by work and not by waiting. When all has been well for a
 * while it takes them back; the oftener that was too soon, the longer it waits.
 *
 * <p>It begins with the first behaviour. The system property {@code dev.tend.otp.carriers=fixed}
 * leaves the scheduler as it is.
 */
final class Carriers {
  private static final String SETTING = "dev.tend.otp.carriers";
  private static final int MOST = 32;
  private static final long PAUSE = 10_000_000;
  private static final long PAUSE_WHEN_IDLE = 5 * PAUSE;
  private static final int PATIENCE = 4;
  private static final int FIRST_CALM = 100;
  private static final int LONGEST_CALM = 6_000;

  private static final boolean ARE_FIXED = "fixed".equals(System.getProperty(SETTING));
  private static final Daemon DAEMON = new Daemon("otp-carriers", () -> new Carriers().watch());

  private static volatile boolean crowded;

  private final VirtualThreadSchedulerMXBean scheduler =
      ManagementFactory.getPlatformMXBean(VirtualThreadSchedulerMXBean.class);
  private final int usual = scheduler.getParallelism();
  private final int most = Math.max(usual, MOST);

  private int asked;
  private volatile int answered;
  private int unanswered;

  /** Looks since carriers were added. */
  private int calm;

  /** After how many such looks they are taken back. */
  private int longEnough = FIRST_CALM;

  /** Whether the scheduler's timer has its thread: without, who parks for a time may be lost. */
  private volatile boolean isTimed;

  private Carriers() {}

  /** Sees to it that they are watched. */
  static void watched() {
    if (!ARE_FIXED) {
      DAEMON.begin();
    }
  }

  /** Whether it would come out that somebody waits for a carrier. */
  static boolean areAskedFor() {
    return !ARE_FIXED;
  }

  /** Whether a virtual thread that was started some milliseconds ago still waits for a carrier. */
  static boolean areCrowded() {
    return crowded;
  }

  private void watch() {
    while (true) {
      LockSupport.parkNanos(pauseAfterLook());
    }
  }

  private long pauseAfterLook() {
    try {
      look();
      return scheduler.getMountedVirtualThreadCount() == 0 ? PAUSE_WHEN_IDLE : PAUSE;
    } catch (OutOfMemoryError noThreadOrRoom) {
      // For a carrier, or for who would add some. There may be at the next look.
      return PAUSE;
    }
  }

  private void look() {
    calm++;
    if (answered >= asked) {
      unanswered = 0;
      if (calm == longEnough && scheduler.getParallelism() > usual) {
        scheduler.setParallelism(usual);
      }
      ask();
    } else {
      crowded = isTimed;
      if (++unanswered >= PATIENCE) {
        raise();
      }
    }
  }

  private void ask() {
    int question = asked + 1;
    Thread.startVirtualThread(() -> {
      crowded = false;
      answered = question;
      if (!isTimed) {
        LockSupport.parkNanos(1);
        isTimed = true;
      }
    });
    asked = question;
  }

  private void raise() {
    int now = scheduler.getParallelism();
    if (now == usual) {
      boolean tooSoon = calm > longEnough && calm < 2 * longEnough;
      longEnough = tooSoon ? Math.min(2 * longEnough, LONGEST_CALM) : FIRST_CALM;
    }
    int more = Math.min(2 * now, most);
    calm = 0;
    Thread.ofPlatform().daemon().name("otp-nudge").start(() -> add(now, more));
  }

  /**
   * The scheduler makes a carrier only when something is put into a queue that was empty; each
   * thread has one of several, and that of the thread that asks holds the question that nobody
   * answers. So this takes a thread of its own.
   */
  private void add(int now, int more) {
    try {
      scheduler.setParallelism(more);
      Thread.startVirtualThread(() -> {});
    } catch (OutOfMemoryError noThread) {
      takeBack(now);
    }
  }

  /** What there is no room for must not be tried for by everyone who wakes a process. */
  private void takeBack(int now) {
    try {
      scheduler.setParallelism(now);
    } catch (OutOfMemoryError noThread) {
      // It is set, and then the scheduler tries for a carrier.
    }
  }
}
