package dev.tend.otp.process;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a behaviour's process does when it has nothing to do. Guarded by its lock. */
final class Idleness {
  private @Nullable Timer timer;
  private boolean timedOut;
  private boolean hibernating;

  /**
   * The process goes to rest.
   *
   * @param asked the idle time that its last callback asked for; null: for ever
   * @return whether it is to hibernate now
   */
  boolean begins(ProcessCore process, @Nullable Duration asked, boolean hibernates) {
    Duration after = process.options.hibernateAfter();
    if (hibernates) {
      hibernated();
      return true;
    }
    if (asked != null && !asked.isZero()) {
      start(new Timer(process, new Signal.IdleSignal()), asked);
    } else if (asked == null && after != null && !hibernating) {
      start(new Timer(process, new Signal.HibernateSignal()), after);
    }
    return false;
  }

  private void start(Timer fresh, Duration duration) {
    if (timer == null) {
      timer = fresh;
      fresh.start(duration);
    }
  }

  /** The process has something to do. */
  void ends() {
    timedOut = false;
    hibernating = false;
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }

  /** The time has passed, if it is still the one that was asked for. */
  void passed(Signal.IdleSignal signal) {
    timedOut |= isAwaited(signal);
  }

  /** The same; whether the process is to hibernate now. */
  boolean passed(Signal.HibernateSignal signal) {
    boolean awaited = isAwaited(signal);
    if (awaited) {
      hibernated();
    }
    return awaited;
  }

  private boolean isAwaited(Signal signal) {
    return timer != null && timer.signal == signal;
  }

  private void hibernated() {
    hibernating = true;
    timer = null;
  }

  boolean isTimedOut() {
    return timedOut;
  }

  boolean isHibernating() {
    return hibernating;
  }
}
