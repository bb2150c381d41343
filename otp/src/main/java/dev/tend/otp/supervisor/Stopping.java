package dev.tend.otp.supervisor;

import dev.tend.otp.process.Down;
import dev.tend.otp.process.Exit;
import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.MonitorRef;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Stops children from their supervisor's process: monitor, signal, wait, and kill what does not
 * heed in its time. A child that has unlinked itself, or dies of its own accord meanwhile, changes
 * nothing. When it returns no child of them lives and no EXIT or DOWN of them is left in the
 * mailbox.
 *
 * <p>Implementation note: the EXIT of a child whose turn is still to come is taken out of the
 * mailbox on the way to another's, so that stopping many that have all died costs no more each.
 */
final class Stopping {
  private final Faults faults;
  private final Set<Pid<?>> pids = new HashSet<>();
  private final Map<Pid<?>, ExitReason> exits = new HashMap<>();
  private final Map<MonitorRef, Child> pending = new HashMap<>();

  /** Hears of each child that did not end as it was told to. */
  interface Faults {
    void shutdownError(Child child, Pid<?> pid, ExitReason reason);
  }

  /** The time is over for these. */
  record Expired(Stopping stopping, List<Child> children) {}

  private Stopping(Collection<Child> children, Faults faults) {
    this.faults = faults;
    for (Child child : children) {
      Pid<?> pid = child.pid();
      if (pid != null) {
        pids.add(pid);
      }
    }
  }

  /** Stops one after the other. */
  static void inOrder(Collection<Child> children, Faults faults) {
    Stopping stopping = new Stopping(children, faults);
    for (Child child : children) {
      stopping.stop(List.of(child));
    }
  }

  /** Signals all, then waits for all: as long as the slowest takes, not the sum. */
  static void allAtOnce(Collection<Child> children, Faults faults) {
    new Stopping(children, faults).stop(children);
  }

  /** Why a child cannot be stopped so, or null. */
  static @Nullable BadSpec fault(Object id, Shutdown shutdown) {
    return shutdown instanceof Shutdown.Within(Duration time) && time.isNegative()
        ? new BadSpec.InvalidShutdown(id, time)
        : null;
  }

  private void stop(Collection<Child> children) {
    Map<Duration, List<Child>> patience = new HashMap<>();
    for (Child child : children) {
      Pid<?> pid = child.pid();
      if (pid == null) {
        child.stopped();
        continue;
      }
      pending.put(Processes.monitor(pid), child);
      switch (child.spec().shutdown()) {
        case Shutdown.BrutalKill() -> Processes.exit(pid, ExitReason.KILL);
        case Shutdown.Infinity() -> Processes.exit(pid, ExitReason.SHUTDOWN);
        case Shutdown.Within(Duration time) -> {
          Processes.exit(pid, ExitReason.SHUTDOWN);
          patience.computeIfAbsent(time, t -> new ArrayList<>()).add(child);
        }
      }
    }
    await(patience);
  }

  private void await(Map<Duration, List<Child>> patience) {
    List<Timer> timers = new ArrayList<>();
    patience.forEach((time, children) -> {
      timers.add(Processes.sendAfter(time, Processes.self(), new Expired(this, children)));
    });
    while (!pending.isEmpty()) {
      note(Processes.receive(this::newsOf));
    }
    timers.forEach(Timer::cancel);
  }

  private @Nullable Object newsOf(Object message) {
    return switch (message) {
      case Down down when pending.containsKey(down.ref()) -> down;
      case Exit exit when pids.contains(exit.from()) -> exit;
      case Expired expired when expired.stopping == this -> expired;
      default -> null;
    };
  }

  private void note(Object news) {
    switch (news) {
      // EXIT comes before DOWN and tells the true reason.
      case Exit exit -> exits.put(exit.from(), exit.reason());
      case Down down -> ended(down);
      case Expired expired -> expired.children.forEach(Stopping::kill);
      default -> throw new AssertionError(news);
    }
  }

  private void ended(Down down) {
    Child child = pending.remove(down.ref());
    if (child != null) {
      Processes.unlink(down.pid());
      child.stopped();
      ExitReason reason = exits.getOrDefault(down.pid(), down.reason());
      if (!asTold(child.spec(), reason)) {
        faults.shutdownError(child, down.pid(), reason);
      }
    }
  }

  private static void kill(Child child) {
    Pid<?> pid = child.pid();
    if (pid != null) {
      Processes.exit(pid, ExitReason.KILL);
    }
  }

  private static boolean asTold(ChildSpec spec, ExitReason reason) {
    boolean told =
        spec.shutdown() instanceof Shutdown.BrutalKill
            ? reason instanceof ExitReason.Killed
            : reason instanceof ExitReason.Shutdown(Object detail) && detail == null;
    return told || (reason.isClean() && spec.restart() != Restart.PERMANENT);
  }
}
