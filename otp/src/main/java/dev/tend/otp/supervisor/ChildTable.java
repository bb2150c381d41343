package dev.tend.otp.supervisor;

import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.StartResult;
import dev.tend.otp.process.Supervision;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedCollection;
import org.jspecify.annotations.Nullable;

/** A static supervisor's children: by id, in the order of their start, and by pid. */
final class ChildTable {
  /** Changed by the supervisor alone, and under its own lock: others may look. */
  private final LinkedHashMap<Object, Child> byId = new LinkedHashMap<>();

  private final Map<Pid<?>, Child> running = new HashMap<>();
  private final Child.Significant significant = new Child.Significant();
  private final Stopping.Faults faults;

  ChildTable(Stopping.Faults faults) {
    this.faults = faults;
  }

  /** A new one, not yet among them. */
  Child child(ChildSpec spec) {
    return new Child(spec, significant);
  }

  boolean areAllSignificantStopped() {
    return significant.areAllStopped();
  }

  /** One whose own code throws is no child's. */
  @Nullable Child get(Object id) {
    try {
      return byId.get(id);
    } catch (RuntimeException | Error thrown) {
      return null;
    }
  }

  /** All, in the order of their start. */
  SequencedCollection<Child> all() {
    return byId.sequencedValues();
  }

  int size() {
    synchronized (byId) {
      return byId.size();
    }
  }

  /** The first so many, in the order of their start; from any thread. */
  List<Supervision.Kept> seen(int most) {
    synchronized (byId) {
      return byId.sequencedValues().stream().limit(most).map(Child::seen).toList();
    }
  }

  /** This one and those started after it. */
  List<Child> from(Child child) {
    return byId.sequencedValues().stream().dropWhile(earlier -> earlier != child).toList();
  }

  boolean has(Child child) {
    return byId.get(child.spec().id()) == child;
  }

  /** Starts one and keeps it if there is something to keep. */
  StartResult<?> startNew(Child child) {
    StartResult<?> result = start(child);
    if (Child.failureOf(result) == null) {
      synchronized (byId) {
        byId.put(child.spec().id(), child);
      }
      forgetIfTemporary(child);
    }
    return result;
  }

  StartResult<?> start(Child child) {
    StartResult<?> result = child.start();
    Pid<?> pid = child.pid();
    if (pid != null) {
      running.put(pid, child);
    }
    return result;
  }

  /** The child whose process this was; it has none now. */
  @Nullable Child ended(Pid<?> pid) {
    Child child = running.remove(pid);
    if (child != null) {
      child.stopped();
    }
    return child;
  }

  /** Stops these one after the other, the last one first, and cancels their restarts. */
  void stop(SequencedCollection<Child> children) {
    for (Child child : children) {
      Pid<?> pid = child.pid();
      if (pid != null) {
        running.remove(pid);
      }
    }
    Stopping.inOrder(children.reversed(), faults);
  }

  /** A temporary child without a process is forgotten. */
  void forgetIfTemporary(Child child) {
    if (child.isStopped() && child.spec().restart() == Restart.TEMPORARY) {
      remove(child.spec().id());
    }
  }

  private void remove(Object id) {
    synchronized (byId) {
      byId.remove(id);
    }
  }

  // ---- administration ----

  ChildResult startChild(ChildSpec spec) {
    Child known;
    try {
      known = byId.get(spec.id());
    } catch (RuntimeException | Error ofTheId) {
      return new ChildResult.StartFailed(new ExitReason.Crash(ofTheId));
    }
    if (known != null) {
      Pid<?> pid = known.pid();
      return pid == null ? new ChildResult.AlreadyPresent() : new ChildResult.AlreadyStarted(pid);
    }
    return Child.resultOf(startNew(child(spec)));
  }

  ChildResult terminateChild(Object id) {
    Child child = get(id);
    if (child == null) {
      return new ChildResult.NotFound();
    }
    stop(List.of(child));
    forgetIfTemporary(child);
    return new ChildResult.Done();
  }

  ChildResult restartChild(Object id) {
    Child child = get(id);
    if (child == null || !child.isStopped()) {
      return notStopped(child);
    }
    return Child.resultOf(start(child));
  }

  ChildResult deleteChild(Object id) {
    Child child = get(id);
    if (child == null || !child.isStopped()) {
      return notStopped(child);
    }
    remove(id);
    return new ChildResult.Done();
  }

  private static ChildResult notStopped(@Nullable Child child) {
    if (child == null) {
      return new ChildResult.NotFound();
    }
    return child.isRestarting() ? new ChildResult.Restarting() : new ChildResult.Running();
  }
}
