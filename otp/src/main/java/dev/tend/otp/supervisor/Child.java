package dev.tend.otp.supervisor;

import dev.tend.otp.process.DeadProcess;
import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.StartResult;
import org.jspecify.annotations.Nullable;

/** A supervisor's record of one child. Used by the supervisor's process only. */
final class Child {
  final ChildSpec spec;
  @Nullable Pid<?> pid;
  boolean restarting;

  Child(ChildSpec spec) {
    this.spec = spec;
  }

  /** Starts it; what it throws is a failed start. */
  StartResult<?> start() {
    restarting = false;
    pid = null;
    StartResult<?> result;
    try {
      result = spec.start().get();
    } catch (DeadProcess gone) {
      throw gone;
    } catch (Throwable thrown) {
      result = new StartResult.Failed<>(new ExitReason.Crash(thrown));
    }
    if (result instanceof StartResult.Ok<?>(Pid<?> started, Object info)) {
      pid = started;
    }
    return result;
  }

  ChildInfo info() {
    Pid<?> running = pid;
    ChildInfo.State state =
        running != null
            ? new ChildInfo.Running(running)
            : restarting ? new ChildInfo.Restarting() : new ChildInfo.Stopped();
    return new ChildInfo(spec.id(), state, spec.type());
  }

  static Counts count(Iterable<Child> children) {
    int specs = 0;
    int active = 0;
    int supervisors = 0;
    for (Child child : children) {
      specs++;
      active += child.pid == null ? 0 : 1;
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

  static ExitReason reasonOf(StartResult<?> failure) {
    return failure instanceof StartResult.Failed<?>(ExitReason reason)
        ? reason
        : new ExitReason.Term(resultOf(failure));
  }

  static boolean isFailure(StartResult<?> result) {
    return result instanceof StartResult.Failed || result instanceof StartResult.AlreadyStarted;
  }

  @Override
  public String toString() {
    return spec.id() + (pid == null ? "" : " " + pid);
  }
}
