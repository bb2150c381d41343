package dev.tend.otp.supervisor;

import dev.tend.otp.process.Pid;

/** One row of {@code which_children}. */
public record ChildInfo(Object id, State state, ChildSpec.Type type) {

  /** Whether there is a process at the moment. */
  public sealed interface State {}

  public record Running(Pid<?> pid) implements State {}

  /** A restart has failed and will be tried again. */
  public record Restarting() implements State {}

  /** Stopped, or never started; the specification is kept. */
  public record Stopped() implements State {}
}
