package dev.tend.bench.contest;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** Actors that have children. */
final class PekkoParent {

  /** From a child: that it is there. To a parent: to stop. */
  enum Word {
    HERE,
    STOP
  }

  private PekkoParent() {}

  /** Starts children that tell it that they are there, and stop. */
  static Behavior<Word> ofMessengers(int children, Finish all) {
    return Behaviors.setup(context -> {
      ActorRef<Word> self = context.getSelf();
      Behavior<Word> child =
          Behaviors.setup(ignored -> {
            self.tell(Word.HERE);
            return Behaviors.stopped();
          });
      for (int i = 0; i < children; i++) {
        context.spawnAnonymous(child);
      }
      return Behaviors.receiveMessage(word -> {
        all.cross();
        return Behaviors.same();
      });
    });
  }

  /** Starts and watches children that stop at once. */
  static Behavior<Word> ofWatched(int children, Finish all) {
    return Behaviors.setup(context -> {
      Behavior<Word> child = Behaviors.setup(ignored -> Behaviors.stopped());
      for (int i = 0; i < children; i++) {
        context.watch(context.spawnAnonymous(child));
      }
      return Behaviors.receive(Word.class)
          .onMessage(Word.class, word -> Behaviors.stopped())
          .onSignal(
              Terminated.class,
              ended -> {
                all.cross();
                return Behaviors.same();
              })
          .build();
    });
  }

  /** Starts servers, and stops with all of them when told to. */
  static Behavior<Word> ofServers(int servers, Finish up) {
    return Behaviors.setup(context -> {
      Behavior<PekkoServer.Message> server = PekkoServer.create(up::cross);
      for (int i = 0; i < servers; i++) {
        context.spawnAnonymous(server);
      }
      return Behaviors.receiveMessage(word -> Behaviors.stopped());
    });
  }

  /** Has one child, passes on what it is told, and says when the child has ended. */
  static Behavior<Word> witness(Behavior<Word> child, Finish ended) {
    return Behaviors.setup(context -> {
      ActorRef<Word> watched = context.spawnAnonymous(child);
      context.watch(watched);
      return Behaviors.receive(Word.class)
          .onMessage(
              Word.class,
              word -> {
                watched.tell(word);
                return Behaviors.same();
              })
          .onSignal(
              Terminated.class,
              end -> {
                ended.cross();
                return Behaviors.stopped();
              })
          .build();
    });
  }
}
