package dev.tend.otp.supervisor;

import static java.util.Objects.requireNonNull;

import dev.tend.otp.process.DeadProcess;
import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.StartResult;
import org.jspecify.annotations.Nullable;

/** A supervisor's record of one child. Used by the supervisor's process only. */
final class Child {
  private ChildSpec spec;
  private final Significant significant;
  private ChildInfo.State state = new ChildInfo.Stopped();

  /** One that no automatic shutdown looks at. */
  Child(ChildSpec spec) {
    this(spec, new Significant());
  }

  Child(ChildSpec spec, Significant significant) {
    this.spec = spec;
    this.significant = significant;
  }

  /** How many of a supervisor's significant children run or are to be restarted. */
  static final class Significant {
    private int count;

    boolean areAllStopped() {
      return count == 0;
    }
  }

  private void become(ChildInfo.State next) {
    if (spec.significant()) {
      significant.count += (isStopped() ? 0 : -1) + (next instanceof ChildInfo.Stopped ? 0 : 1);
    }
    state = next;
  }

  ChildSpec spec() {
    return spec;
  }

  /** Its process, if it runs. */
  @Nullable Pid<?> pid() {
    return state instanceof ChildInfo.Running(Pid<?> pid) ? pid : null;
  }

  boolean isRestarting() {
    return state instanceof ChildInfo.Restarting;
  }

  boolean isStopped() {
    return state instanceof ChildInfo.Stopped;
  }

  /** Starts it; what it throws is a failed start. */
  StartResult<?> start() {
    stopped();
    StartResult<?> result;
    try {
      result = requireNonNull(spec.start().get(), "start answered null");
    } catch (DeadProcess gone) {
      throw gone;
    } catch (Throwable thrown) {
      result = new StartResult.Failed<>(Processes.reasonOf(thrown));
    }
    if (result instanceof StartResult.Ok<?>(Pid<?> started, Object info)) {
      become(new ChildInfo.Running(started));
      spec = spec.kept();
    }
    return result;
  }

  /** It has no process, and none is to come. */
  void stopped() {
    become(new ChildInfo.Stopped());
  }

  /** Its restart has failed and is to be tried again. */
  void restarting() {
    become(new ChildInfo.Restarting());
  }

  ChildInfo info() {
    return new ChildInfo(spec.id(), state, spec.type());
  }

  static Counts count(Iterable<Child> children) {
    int specs = 0;
    int active = 0;
    int supervisors = 0;
    for (Child child : children) {
      specs++;
      active += child.pid() == null ? 0 : 1;
      supervisors += child.spec.type() == ChildSpec.Type.SUPERVISOR ? 1 : 0;
    }
    return new Counts(specs, active, supervisors, specs - supervisors);
  }

  /** The answer to whoever asked for the start. */
  static ChildResult resultOf(StartResult<?> result) {
    return switch (result) {
      case StartResult.Ok<?>(Pid<?> pid, Object info) -> new ChildResult.Started(pid, info);
      case StartResult.Ignored<?>() -> new ChildResult.Ignored();
      case StartResult.AlreadyStarted<?>(Pid<?> by) -> new ChildResult.AlreadyStarted(by);
      case StartResult.Failed<?>(ExitReason reason) -> new ChildResult.StartFailed(reason);
    };
  }

  /** Why a start failed, or null if it did not. */
  static @Nullable ExitReason failureOf(StartResult<?> result) {
    return switch (result) {
      case StartResult.Ok<?> ok -> null;
      case StartResult.Ignored<?> ignored -> null;
      case StartResult.AlreadyStarted<?>(Pid<?> by) ->
          new ExitReason.Term(new ChildResult.AlreadyStarted(by));
      case StartResult.Failed<?>(ExitReason reason) -> reason;
    };
  }
}
