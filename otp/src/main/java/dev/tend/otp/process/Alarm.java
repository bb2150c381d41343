package dev.tend.otp.process;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The alarm of one who waits now and then, each time until some moment at the latest. Mostly
 * something else ends the wait long before. So what has been set stays set: when it goes off, and
 * another wait is under way by then, it is set again for the end of that one. Whoever puts a
 * thousand calls with the same patience sets it once, where the JDK's timed park would wake the
 * scheduler's timer thread at the beginning of each wait and at its end (decision record 0109).
 *
 * <h2>Implementation note</h2>
 *
 * <p>Who waits says so ({@code end}, then {@code waiter}) before it looks whether what is set is
 * early enough; what goes off is first set no more and then looks who waits. So one of them sees
 * the other, and the first one sets it again. What goes off for a wait that is over unparks at
 * worst somebody who looks and parks again.
 */
final class Alarm {
  private static final VarHandle SETTING;

  static {
    try {
      SETTING = MethodHandles.lookup().findVarHandle(Alarm.class, "setting", Setting.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final TimeSource time;
  private volatile long end;
  private volatile @Nullable Thread waiter;
  private volatile @Nullable Setting setting;
  private volatile boolean over;

  private static final class Setting {
    final long moment;
    volatile Runnable cancel = () -> {};

    Setting(long moment) {
      this.moment = moment;
    }
  }

  Alarm(TimeSource time) {
    this.time = time;
  }

  /**
   * Parks the calling thread, the only one to use this alarm at a time; see {@link
   * TimeSource#parkUntil}.
   */
  void parkUntil(long moment, Object blocker, BooleanSupplier enough) {
    end = moment;
    waiter = Thread.currentThread();
    try {
      if (hadToBeSet(moment) && (enough.getAsBoolean() || moment - time.nanoTime() <= 0)) {
        return;
      }
      LockSupport.park(blocker);
    } finally {
      waiter = null;
    }
  }

  /** Sees to it that it goes off by then. */
  private boolean hadToBeSet(long moment) {
    while (true) {
      Setting last = setting;
      if (last != null && last.moment - moment <= 0) {
        return false;
      }
      Setting earlier = new Setting(moment);
      if (SETTING.compareAndSet(this, last, earlier)) {
        set(earlier);
        if (last != null) {
          last.cancel.run();
        }
        return true;
      }
    }
  }

  /** When nobody will wait any more; what is just being set is taken back by who sets it. */
  void cancel() {
    over = true;
    Setting last = setting;
    if (last != null) {
      last.cancel.run();
    }
  }

  private void set(Setting fresh) {
    try {
      fresh.cancel = time.scheduleAt(fresh.moment, () -> goesOff(fresh));
    } catch (RuntimeException | Error notSet) {
      SETTING.compareAndSet(this, fresh, null);
      throw notSet;
    }
    if (over || setting != fresh) {
      fresh.cancel.run();
    }
  }

  /** If it cannot be set, who waits is to find that out when it sets it itself. */
  private void setFor(Thread waiting, Setting next) {
    try {
      set(next);
    } catch (RuntimeException | Error notSet) {
      LockSupport.unpark(waiting);
      throw notSet;
    }
  }

  private void goesOff(Setting old) {
    SETTING.compareAndSet(this, old, null);
    Thread waiting = waiter;
    if (waiting == null) {
      return;
    }
    Setting next = new Setting(end);
    if (next.moment - time.nanoTime() <= 0) {
      LockSupport.unpark(waiting);
    } else if (SETTING.compareAndSet(this, null, next)) {
      setFor(waiting, next);
    }
  }
}
