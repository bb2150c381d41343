package dev.tend.otp.supervisor;

import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Pid;
import org.jspecify.annotations.Nullable;

/** What the calls that administer children answer: OTP's and Elixir's cases. */
public sealed interface ChildResult {

  /** {@code ok}. */
  record Done() implements ChildResult {}

  /** {@code {ok, Pid}} or {@code {ok, Pid, Info}}. */
  record Started(Pid<?> pid, @Nullable Object info) implements ChildResult {}

  /** {@code {ok, undefined}}: its {@code init} answered ignore. */
  record Ignored() implements ChildResult {}

  /** {@code {error, {already_started, Pid}}}: the id, or its name, belongs to a living process. */
  record AlreadyStarted(Pid<?> pid) implements ChildResult {}

  /** {@code {error, already_present}}: the id is known and has no process. */
  record AlreadyPresent() implements ChildResult {}

  /** {@code {error, Reason}}: its start failed. */
  record StartFailed(ExitReason reason) implements ChildResult {}

  /** {@code {error, Reason}}: its specification is faulty. */
  record BadChildSpec(BadSpec why) implements ChildResult {}

  /** {@code {error, max_children}}: a dynamic supervisor has as many as it may. */
  record MaxChildren() implements ChildResult {}

  /** {@code {error, running}}. */
  record Running() implements ChildResult {}

  /** {@code {error, restarting}}. */
  record Restarting() implements ChildResult {}

  /** {@code {error, not_found}}. */
  record NotFound() implements ChildResult {}
}
