package dev.tend.otp.process;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a callback asks for: answers to give, and what comes then. Immutable. */
public final class Step {
  private static final Step AWAIT = new Step(null, new Then.Await());

  private final @Nullable Reply replies;
  final Then then;

  private Step(@Nullable Reply replies, Then then) {
    this.replies = replies;
    this.then = then;
  }

  sealed interface Then {
    record Await() implements Then {}

    record AwaitAtMost(Duration idle) implements Then {}

    record Continue(Object step) implements Then {}

    record Hibernate() implements Then {}

    record Stop(ExitReason reason) implements Then {}
  }

  /** A stack: the last one given first; delivered in the order given. */
  record Reply(PendingCall to, Object value, @Nullable Reply before) {}

  /** The replies, as they are to be given. */
  List<Reply> inOrder() {
    if (replies == null) {
      return List.of();
    }
    if (replies.before() == null) {
      return List.of(replies);
    }
    List<Reply> all = new ArrayList<>();
    for (Reply reply = replies; reply != null; reply = reply.before()) {
      all.add(reply);
    }
    return all.reversed();
  }

  /** Wait for the next message. */
  public static Step await() {
    return AWAIT;
  }

  /** End, after {@code terminate}; the replies of this step follow it. */
  public static Step stop(ExitReason reason) {
    return new Step(null, new Then.Stop(reason));
  }

  /** One more answer; any number, given in this order. */
  @SuppressWarnings("NullAway") // null is an answer too, if the request's type allows it
  public <R> Step andReply(ReplyTo<R> to, R value) {
    return new Step(new Reply(to.pending, value, replies), then);
  }

  /** An {@link Event.IdleTimeout} if no message comes for so long; zero: if none is there now. */
  public Step timeout(Duration idle) {
    return new Step(replies, new Then.AwaitAtMost(idle));
  }

  /** Wait for the next message, and hold as little memory as can be meanwhile. */
  public Step hibernate() {
    return new Step(replies, new Then.Hibernate());
  }

  /** Handle {@link Event.Continued} with this before any message. */
  public Step continueWith(Object step) {
    return new Step(replies, new Then.Continue(step));
  }
}
