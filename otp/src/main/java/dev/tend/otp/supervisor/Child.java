package dev.tend.otp.supervisor;

import static java.util.Objects.requireNonNull;

import dev.tend.otp.process.DeadProcess;
import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.StartResult;
import dev.tend.otp.process.Supervision;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A supervisor's record of one child. Used by the supervisor's process only. */
final class Child {
  private volatile ChildSpec spec;
  private final Significant significant;
  private volatile int restarts;

  /** Whether it is being started again; seen from outside only. */
  private volatile boolean returning;

  private volatile ChildInfo.State state = new ChildInfo.Stopped();

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
    } catch (Throwable thrown) {
      if (thrown instanceof DeadProcess gone && !Processes.self().isAlive()) {
        throw gone;
      }
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

  /** It is to be started again at once, or has been. */
  void returns(boolean begins) {
    returning = begins;
  }

  /** It has been started again. */
  @SuppressWarnings("NonAtomicVolatileUpdate") // by the supervisor alone
  void restarted() {
    restarts++;
  }

  /** Its restart has failed and is to be tried again. */
  void restarting() {
    become(new ChildInfo.Restarting());
  }

  /** From any thread. */
  Supervision.Kept seen() {
    ChildInfo.State now = state;
    return new Supervision.Kept(
        spec.id(),
        spec.type() == ChildSpec.Type.SUPERVISOR,
        switch (now) {
          case ChildInfo.Running running -> Supervision.State.RUNNING;
          case ChildInfo.Restarting restarting -> Supervision.State.RESTARTING;
          default -> returning ? Supervision.State.RESTARTING : Supervision.State.STOPPED;
        },
        now instanceof ChildInfo.Running(Pid<?> pid) ? Optional.of(pid) : Optional.empty(),
        restarts);
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
      Pid<?> pid = child.pid();
      active += pid != null && pid.isAlive() ? 1 : 0;
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
