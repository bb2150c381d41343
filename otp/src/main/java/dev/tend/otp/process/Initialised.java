package dev.tend.otp.process;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/** What {@link Behaviour#init} decides. */
public sealed interface Initialised {

  /**
   * The start has succeeded.
   *
   * @param info passed to the starter ({@code {ok, Pid, Info}})
   */
  record Ready(Step step, @Nullable Object info) implements Initialised {}

  /** Not started, and that is no error. */
  record Ignore() implements Initialised {}

  /** Not started, for this reason; the process itself ends with {@code normal}. */
  record Error(ExitReason reason) implements Initialised {
    public Error {
      requireNonNull(reason, "reason");
    }
  }

  /** Not started, and the process ends with this reason. */
  record Stop(ExitReason reason) implements Initialised {
    public Stop {
      requireNonNull(reason, "reason");
    }
  }
}
