package dev.tend.otp.supervisor;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * What a supervisor's init function answers ({@code supervisor:init/1}). To fail instead, let it
 * throw, or leave by {@link dev.tend.otp.process.Processes#exit(dev.tend.otp.process.ExitReason)}.
 */
public sealed interface SupervisorInit {

  /** To be started with these flags and children. */
  record Ok(Flags flags, List<ChildSpec> children) implements SupervisorInit {
    /**
     * What to be started with.
     *
     * @throws NullPointerException naming the parameter, if one is null
     */
    public Ok {
      requireNonNull(flags, "flags");
      children = List.copyOf(requireNonNull(children, "children"));
    }
  }

  /** Not to be started, and that is no error. */
  record Ignore() implements SupervisorInit {}
}
