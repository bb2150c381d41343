package dev.tend.otp.process;

import dev.tend.otp.report.Text;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A process as far as threads go: which one runs it, how it rests, and how it is woken.
 *
 * <h2>Implementation note</h2>
 *
 * <p><b>Turns.</b> A behaviour has a thread only while it has something to do: a virtual thread is
 * started when a message finds it idle, and ends when the mailbox is empty. A plain process, and
 * one on a platform thread, keeps its thread and parks. {@code phase} is the hand-over between a
 * process that goes to rest and a sender that finds work for it: whoever changes it from IDLE or
 * PARKED to RUNNING sees to it that the process runs.
 *
 * <p><b>Lingering.</b> Starting or unparking a virtual thread wakes one of the scheduler's idle
 * carriers, which costs far more than the turn itself. So whoever waits, for a message or for a
 * reply, first yields a few times: two processes that talk to each other then take turns on one
 * carrier, and nobody is woken. That carrier is theirs for as long as they talk, for the scheduler
 * runs what its own thread has queued before what came from elsewhere. So while others wait for a
 * carrier, who yields queues up behind them. Two that have a carrier each need not even yield: see
 * {@link Conversation}.
 */
abstract class Scheduled extends Inbox {
  private static final int RUNNING = 0;
  private static final int PARKED = 1;
  private static final int IDLE = 2;

  /**
   * How often who waits for a reply, or a behaviour for its next message, yields before it rests.
   */
  static final int LINGER = 2;

  /** How often one that has just been asked something does: mostly it is asked again. */
  static final int LINGER_ON = 4;

  private static final VarHandle PHASE;

  static {
    try {
      PHASE = MethodHandles.lookup().findVarHandle(Scheduled.class, "phase", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  final StartOptions options;
  final Turns turns;

  private volatile int phase = RUNNING;
  private volatile boolean handedOver;
  private volatile @Nullable Alarm alarm;

  /** Whose next call it looks for, see {@link Conversation}. Either of the two takes it back. */
  volatile @Nullable ProcessCore inTouchWith;

  /** Guarded by this, but for reading. */
  private volatile @Nullable Thread thread;

  /** Of the thread that is to run it next. Guarded by this. */
  private int ticket;

  Scheduled(Turns turns, StartOptions options) {
    this.turns = turns;
    this.options = options;
  }

  abstract @Nullable ExitReason exitReason();

  /**
   * @throws DeadProcess if it is not
   */
  abstract void requireAlive();

  /** Runs in a new thread, which has this ticket. */
  abstract void enter(int ticket);

  /** The JVM has no thread for it. */
  abstract void cannotRun(Throwable thrown);

  boolean keepsThread() {
    return options.platformThread() || turns.keepsThread();
  }

  /** The thread that runs it at the moment, also after its death. */
  @Nullable Thread thread() {
    return thread;
  }

  // ---- a thread of its own ----

  /** Has a new thread run the process, which has none. */
  final void handOverToThread() {
    handedOver = true;
    startThread();
  }

  /** Starts the thread that the process has been handed over to, unless it has begun already. */
  private void startThread() {
    int mine;
    synchronized (this) {
      if (!handedOver) {
        return;
      }
      mine = ++ticket;
    }
    try {
      Thread.Builder builder =
          options.platformThread()
              ? Thread.ofPlatform().daemon().name(Text.brief(this))
              : Thread.ofVirtual().name(turns.keepsThread() ? toString() : "");
      // It may be started by whoever sends a message, whose context is none of its business.
      builder.inheritInheritableThreadLocals(false).start(() -> enter(mine));
    } catch (Throwable thrown) {
      cannotRun(thrown);
    }
  }

  /** A process that was killed before its thread came to run does not run. */
  final synchronized boolean takeThread(int mine) {
    requireAlive();
    if (!handedOver || mine != ticket) {
      return false;
    }
    handedOver = false;
    thread = Thread.currentThread();
    return true;
  }

  /**
   * The calling thread runs it no more.
   *
   * @return false if it had not
   */
  final synchronized boolean leaveThread() {
    boolean had = thread == Thread.currentThread();
    if (had) {
      thread = null;
    }
    return had;
  }

  // ---- rest ----

  /** Whether somebody has to wake it. */
  final boolean isResting() {
    return phase != RUNNING;
  }

  /**
   * A behaviour has nothing to do, and gives back its thread if it need not keep it. Holds the
   * lock.
   */
  final void rest() {
    if (keepsThread()) {
      phase = PARKED;
    } else {
      thread = null;
      phase = IDLE;
    }
  }

  /** Whether it is this thread that goes on, for mail that came while the process went to rest. */
  final boolean wakesItself() {
    if (!hasMail() || !PHASE.compareAndSet(this, keepsThread() ? PARKED : IDLE, RUNNING)) {
      return false;
    }
    synchronized (this) {
      thread = Thread.currentThread();
    }
    return true;
  }

  /** What runs in the process is about to park, or is not. */
  final void parks(boolean isAbout) {
    phase = isAbout ? PARKED : RUNNING;
  }

  final void parkUntilWoken() {
    while (phase == PARKED && exitReason() == null) {
      LockSupport.park(this);
      if (Thread.interrupted() && exitReason() != null) {
        break;
      }
    }
    phase = RUNNING;
  }

  final void wake() {
    int now = phase;
    if (now == PARKED && PHASE.compareAndSet(this, PARKED, RUNNING)) {
      LockSupport.unpark(thread);
    } else if (now == IDLE && PHASE.compareAndSet(this, IDLE, RUNNING)) {
      handOverToThread();
    }
  }

  /** Lets another one go first; only a matter of speed, and of who gets a carrier. */
  @SuppressWarnings("ThreadPriorityCheck")
  static void linger() {
    if (Carriers.areCrowded()) {
      // It comes back by the scheduler's outer queue, behind those who wait there.
      LockSupport.parkNanos(1);
    } else {
      Thread.yield();
    }
  }

  /** By which the waits of its own thread of the moment end in time. */
  final Alarm alarm() {
    Alarm own = alarm;
    if (own == null) {
      own = new Alarm(SystemTime.INSTANCE);
      alarm = own;
      if (exitReason() != null) {
        own.cancel();
      }
    }
    return own;
  }

  /** At its death. */
  final void waitsNoMore() {
    Alarm last = alarm;
    if (last != null) {
      last.cancel();
    }
  }
}
