package dev.tend.otp.process;

import dev.tend.otp.jfr.ExitEvent;
import dev.tend.otp.report.Log;
import dev.tend.otp.report.Text;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * What a process leaves behind, and the order in which it is settled: names and tables vanish, or
 * go to an heir; waiting calls fail and timers stop; resources close; then links, monitors and a
 * waiting starter hear of it. Holds no lock but for moments.
 */
final class Estate {
  private static final Duration PATIENCE = Duration.ofSeconds(1);
  private static final Duration PAUSE = Duration.ofMillis(10);

  private final ProcessCore dead;
  private final @Nullable Thread thread;
  private final List<Holding> holdings;
  private final List<AutoCloseable> resources;
  private final List<Timer> timers;
  private final List<Signal> unread;
  private final List<MonitorRef> monitoring;

  Estate(
      ProcessCore dead,
      @Nullable Thread thread,
      List<Holding> holdings,
      List<AutoCloseable> resources,
      List<Timer> timers,
      List<Signal> unread,
      List<MonitorRef> monitoring) {
    this.dead = dead;
    this.thread = thread;
    this.holdings = holdings;
    this.resources = resources;
    this.timers = timers;
    this.unread = unread;
    this.monitoring = monitoring;
  }

  /** A signal that came before the death and was not acted on. Called before {@link #settle}. */
  void leftOver(Signal signal) {
    unread.add(signal);
  }

  void settle(Due due) {
    ProcessCore.LIVE.remove(dead);
    holdings.forEach(holding -> passOn(holding, dead, due));
    ExitReason reason = reason();
    ExitEvent.emit(dead, dead.turns.kind(), reason, dead.began);
    List<Signal> late = new ArrayList<>();
    for (Signal signal : unread) {
      if (signal instanceof PendingCall call) {
        due.add(call.fail(reason));
      } else {
        late.add(signal);
      }
    }
    dead.bounceAll(late, due);
    stopTimers();
    for (MonitorRef ref : monitoring) {
      ref.target.core.push(new Signal.DemonitorSignal(ref));
      due.add(ref.target.core);
    }
    if (thread != null && thread != Thread.currentThread()) {
      thread.interrupt();
    }
    if (resources.isEmpty()) {
      announce(due);
    } else {
      inBackground("otp-close " + Text.brief(dead), this::closeThenAnnounce);
    }
    // What came in before the death was seen, and has been settled by nobody.
    due.add(dead);
  }

  private void stopTimers() {
    timers.forEach(timer -> stop(timer::stop));
    stop(dead::waitsNoMore);
  }

  private static void stop(Runnable stop) {
    try {
      stop.run();
    } catch (RuntimeException | Error notStopped) {
      // The clock may be a program's. And a timer's lock may have to be waited for, and a virtual
      // thread that waits needs room for a copy of its stack. What is not stopped goes off for
      // nobody.
    }
  }

  /** On a platform thread, for it may block in native code; if there is none, on a virtual one. */
  static void inBackground(String name, Runnable code) {
    try {
      Thread.ofPlatform().daemon().name(name).start(code);
    } catch (OutOfMemoryError noThread) {
      AtomicBoolean begun = new AtomicBoolean();
      onVirtualThread(
          name,
          () -> {
            if (begun.compareAndSet(false, true)) {
              code.run();
            }
          });
    }
  }

  /**
   * While the scheduler tries for carriers that there are no threads for, a virtual one cannot be
   * started either, or is and throws all the same.
   */
  private static void onVirtualThread(String name, Runnable once) {
    try {
      Thread.ofVirtual().name(name).start(once);
    } catch (OutOfMemoryError noThread) {
      SystemTime.INSTANCE.schedule(PAUSE, () -> onVirtualThread(name, once));
    }
  }

  static void release(Holding holding, ProcessCore owner) {
    try {
      holding.release();
    } catch (RuntimeException | Error e) {
      notReleased(holding, owner, e);
    }
  }

  /** Of a dead owner: to an heir, or released. */
  static void passOn(Holding holding, ProcessCore owner, Due due) {
    try {
      holding
          .bequeath()
          .ifPresent(handover -> {
            ProcessCore heir = handover.to().core;
            heir.push(new Signal.HandoverSignal(handover));
            due.add(heir);
          });
    } catch (RuntimeException | Error e) {
      notReleased(holding, owner, e);
    }
  }

  private static void notReleased(Holding holding, ProcessCore owner, Throwable thrown) {
    Log.write(
        System.Logger.Level.WARNING,
        "releasing " + Text.brief(holding) + " of " + Text.brief(owner),
        thrown);
  }

  private void closeThenAnnounce() {
    Runnable alarm =
        SystemTime.INSTANCE.schedule(PATIENCE, () -> inBackground("otp-late", this::announceLate));
    for (AutoCloseable resource : resources.reversed()) {
      close(resource, dead);
    }
    alarm.run();
    announceNow();
  }

  static void close(AutoCloseable resource, ProcessCore owner) {
    try {
      resource.close();
    } catch (Throwable e) {
      Log.write(
          System.Logger.Level.WARNING,
          "closing " + Text.brief(resource) + " of " + Text.brief(owner),
          e);
    }
  }

  private void announceLate() {
    Log.write(
        System.Logger.Level.WARNING,
        Text.brief(dead)
            + " has died, and its resources take longer than "
            + PATIENCE
            + " to close");
    announceNow();
  }

  private void announceNow() {
    Due due = new Due();
    announce(due);
    due.settle();
  }

  /**
   * All news is on its way before anyone can learn of the death by other means: a process that is
   * told {@code noproc} and then asks the dead one's supervisor finds it informed.
   */
  private void announce(Due due) {
    synchronized (dead) {
      if (!dead.announce()) {
        return;
      }
      boolean failedStart = dead.turns.isStarting();
      for (ProcessCore peer : dead.links.peers()) {
        dead.links.removeAll(peer);
        // A start that failed is told by its result; the starter hears of it once.
        peer.push(
            failedStart && peer == dead.starter
                ? new Signal.LinkForgotten(dead)
                : new Signal.LinkExit(dead, reason()));
        due.add(peer);
      }
      for (MonitorRef ref : dead.watchers.takeAll()) {
        ref.watcher.push(new Signal.DownSignal(ref, reason()));
        due.add(ref.watcher);
      }
    }
    dead.turns.startFailed(reason());
    dead.turns.forget();
    dead.starter = null;
    due.add(after -> dead.endsFor(reason()));
  }

  private ExitReason reason() {
    ExitReason reason = dead.exitReason();
    return reason == null ? ExitReason.NORMAL : reason;
  }
}
