package dev.tend.otp.process;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a callback asks for: answers to give, and what comes then. Immutable. */
public final class Step {
  private static final Step AWAIT = new Step(new Then.Await(), null, null, null);

  final Then then;

  /** The answer added last, if there is one. */
  private final @Nullable PendingCall to;

  private final @Nullable Object value;

  /** With the answers added before it. */
  private final @Nullable Step before;

  private Step(Then then, @Nullable PendingCall to, @Nullable Object value, @Nullable Step before) {
    this.then = then;
    this.to = to;
    this.value = value;
    this.before = before;
  }

  sealed interface Then {
    record Await() implements Then {}

    record AwaitAtMost(Duration idle) implements Then {}

    record Continue(Object step) implements Then {}

    record Hibernate() implements Then {}

    record Stop(ExitReason reason) implements Then {}
  }

  /** One answer. */
  record Reply(PendingCall to, @Nullable Object value) {}

  /** The call that is answered, where just one is. */
  @Nullable PendingCall onlyCall() {
    return before == null ? to : null;
  }

  /** The answer to {@link #onlyCall}. */
  @Nullable Object onlyValue() {
    return value;
  }

  /** The answers, as they are to be given. */
  List<Reply> replies() {
    List<Reply> all = new ArrayList<>();
    for (Step step = this; step != null && step.to != null; step = step.before) {
      all.add(new Reply(step.to, step.value));
    }
    return all.reversed();
  }

  boolean hasReplies() {
    return to != null;
  }

  /** Wait for the next message. */
  public static Step await() {
    return AWAIT;
  }

  /**
   * End, after {@code terminate}; the replies of this step follow it. Nothing else can: to ask it
   * for more is an {@link IllegalStateException}.
   */
  public static Step stop(ExitReason reason) {
    return new Step(new Then.Stop(Objects.requireNonNull(reason, "reason")), null, null, null);
  }

  /** One more answer; any number, given in this order. */
  public <R> Step andReply(ReplyTo<R> to, R value) {
    Objects.requireNonNull(to, "to");
    return new Step(then, PendingCall.of(to), value, hasReplies() ? this : null);
  }

  /** An {@link Event.IdleTimeout} if no message comes for so long; zero: if none is there now. */
  public Step timeout(Duration idle) {
    return with(new Then.AwaitAtMost(Objects.requireNonNull(idle, "idle")));
  }

  /** Wait for the next message, and hold as little memory as can be meanwhile. */
  public Step hibernate() {
    return with(new Then.Hibernate());
  }

  /** Handle {@link Event.Continued} with this before any message. */
  public Step continueWith(Object step) {
    return with(new Then.Continue(Objects.requireNonNull(step, "step")));
  }

  private Step with(Then next) {
    if (then instanceof Then.Stop) {
      throw new IllegalStateException("a step that stops has nothing after it but replies");
    }
    return new Step(next, to, value, before);
  }
}
