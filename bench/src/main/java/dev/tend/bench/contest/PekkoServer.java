package dev.tend.bench.contest;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** The server of Pekko's programs: a sum. */
final class PekkoServer {

  sealed interface Message {}

  record Ask(int value, ActorRef<Integer> replyTo) implements Message {}

  record Add(int value) implements Message {}

  private int sum;

  private PekkoServer() {}

  static Behavior<Message> create() {
    return create(() -> {});
  }

  /** Supervised; says when it is up. */
  static Behavior<Message> create(Runnable up) {
    Behavior<Message> server =
        Behaviors.setup(context -> {
          up.run();
          PekkoServer state = new PekkoServer();
          return Behaviors.receiveMessage(state::handle);
        });
    return Behaviors.supervise(server).onFailure(SupervisorStrategy.restart());
  }

  private Behavior<Message> handle(Message message) {
    switch (message) {
      case Ask(int value, ActorRef<Integer> replyTo) -> replyTo.tell(sum + value);
      case Add(int value) -> sum += value;
    }
    return Behaviors.same();
  }
}
