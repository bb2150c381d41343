package dev.tend.otp.process;

import org.jspecify.annotations.Nullable;

/** What a signal does to the process that it reaches: a table for the living, and for the dead. */
final class Arrival {
  private Arrival() {}

  /**
   * What a signal does to a living process. Holds its lock.
   *
   * @return why the process has to die of it, or null
   */
  static @Nullable ExitReason receive(ProcessCore at, Signal signal) {
    if (signal instanceof Signal.OnArrival) {
      return act(at, signal);
    }
    if (signal instanceof Signal.AliasMessage message && !message.alias.admit()) {
      at.left(message);
    } else {
      at.mailbox.add(signal);
    }
    return null;
  }

  private static @Nullable ExitReason act(ProcessCore at, Signal signal) {
    return switch (signal) {
      case Signal.ExitSignal exit ->
          exit.reason instanceof ExitReason.Kill
              ? ExitReason.KILLED
              : exited(at, exit.from, exit.reason, exit.from == at.pid);
      case Signal.LinkExit exit ->
          at.links.removeAll(exit.from).isEmpty()
              ? null
              : exited(at, exit.from.pid, exit.reason, false);
      case Signal.LinkSignal link -> {
        at.links.add(link.from, link.link);
        yield null;
      }
      case Signal.UnlinkSignal unlink -> {
        at.links.remove(unlink.from, unlink.link);
        yield null;
      }
      case Signal.LinkForgotten forgotten -> {
        at.links.removeAll(forgotten.peer);
        yield null;
      }
      case Signal.MonitorSignal monitor -> {
        at.watchers.add(monitor.ref);
        yield null;
      }
      case Signal.DemonitorSignal demonitor -> {
        at.watchers.remove(demonitor.ref);
        yield null;
      }
      case Signal.DownSignal down -> {
        if (at.monitoring.remove(down.ref)) {
          at.mailbox.add(new Signal.Message(new Down(down.ref, down.ref.target, down.reason)));
        }
        yield null;
      }
      case Signal.IdleSignal passed -> {
        at.idleness.passed(passed);
        yield null;
      }
      case Signal.HibernateSignal passed -> {
        if (at.idleness.passed(passed)) {
          at.trim();
        }
        yield null;
      }
      case Signal.TimerSignal start -> {
        start.timer.start(start.delay);
        yield null;
      }
      case Signal.HoldSignal hold -> {
        if (hold.acquire()) {
          at.holdings.add(hold.holding);
        }
        yield null;
      }
      case Signal.HandoverSignal given -> {
        if (given.handover.accept().get()) {
          at.holdings.add(given.handover.holding());
        }
        Object message = given.handover.message();
        if (message != null) {
          at.mailbox.add(new Signal.Message(message));
        }
        yield null;
      }
      case Signal.LetGoSignal letGo -> {
        if (at.holdings.remove(letGo.holding)) {
          Estate.release(letGo.holding, at);
        }
        yield null;
      }
      case Signal.StartTimeout late -> at.turns.isStarting() ? ExitReason.KILLED : null;
      default -> throw new AssertionError(signal);
    };
  }

  /**
   * The table of exit signals ("Processes", Erlang reference manual), but for {@code exit(Pid,
   * kill)}. The end of a process that ended itself with {@code kill} is one like any other.
   */
  private static @Nullable ExitReason exited(
      ProcessCore at, Pid<?> from, ExitReason reason, boolean bySelf) {
    if (at.trapsExits) {
      at.mailbox.add(new Signal.Message(new Exit(from, reason)));
      return null;
    }
    return reason instanceof ExitReason.Normal && !bySelf ? null : reason;
  }

  /** What a signal does that finds the process dead. Holds its lock. */
  static void bounce(ProcessCore at, Signal signal, Due due) {
    switch (signal) {
      case PendingCall call -> due.add(call.refuse());
      case Signal.LinkSignal link when at.announced -> {
        link.from.push(new Signal.LinkExit(at, ExitReason.NO_PROCESS));
        due.add(link.from);
      }
      case Signal.LinkSignal link -> at.links.add(link.from, link.link);
      case Signal.UnlinkSignal unlink -> at.links.remove(unlink.from, unlink.link);
      case Signal.MonitorSignal monitor when at.announced -> {
        monitor.ref.watcher.push(new Signal.DownSignal(monitor.ref, ExitReason.NO_PROCESS));
        due.add(monitor.ref.watcher);
      }
      case Signal.MonitorSignal monitor -> at.watchers.add(monitor.ref);
      case Signal.DemonitorSignal demonitor -> at.watchers.remove(demonitor.ref);
      case Signal.HandoverSignal given -> Estate.passOn(given.handover.holding(), at, due);
      default -> {
        // Messages to the dead are lost, in silence, as in OTP.
      }
    }
  }
}
