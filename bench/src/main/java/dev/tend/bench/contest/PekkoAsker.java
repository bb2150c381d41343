package dev.tend.bench.contest;

import java.time.Duration;
import java.util.function.BiFunction;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * An actor that asks another one, request after request, and notes how long each took.
 *
 * @param <Q> what it asks
 * @param <A> what is answered
 */
final class PekkoAsker<Q, A> {
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  /** To begin with, and after each answer. */
  enum Next {
    NEXT,
    FAILED
  }

  private final ActorContext<Next> context;
  private final ActorRef<Q> target;
  private final Class<A> answer;
  private final BiFunction<Integer, ActorRef<A>, Q> request;
  private final long[] nanos;
  private final Finish finish;
  private int asked;
  private long begin;

  private PekkoAsker(
      ActorContext<Next> context,
      ActorRef<Q> target,
      Class<A> answer,
      BiFunction<Integer, ActorRef<A>, Q> request,
      long[] nanos,
      Finish finish) {
    this.context = context;
    this.target = target;
    this.answer = answer;
    this.request = request;
    this.nanos = nanos;
    this.finish = finish;
  }

  static <Q, A> Behavior<Next> create(
      ActorRef<Q> target,
      Class<A> answer,
      BiFunction<Integer, ActorRef<A>, Q> request,
      long[] nanos,
      Finish finish) {
    return Behaviors.setup(context -> {
      PekkoAsker<Q, A> asker = new PekkoAsker<>(context, target, answer, request, nanos, finish);
      return Behaviors.receiveMessage(asker::handle);
    });
  }

  private Behavior<Next> handle(Next next) {
    if (next == Next.FAILED) {
      throw new IllegalStateException("not answered");
    }
    long now = System.nanoTime();
    if (asked > 0) {
      nanos[asked - 1] = now - begin;
    }
    begin = now;
    if (asked == nanos.length) {
      finish.cross();
      return Behaviors.stopped();
    }
    int value = asked++;
    context.ask(
        answer,
        target,
        PATIENCE,
        replyTo -> request.apply(value, replyTo),
        (answered, failure) -> failure == null ? Next.NEXT : Next.FAILED);
    return Behaviors.same();
  }
}
