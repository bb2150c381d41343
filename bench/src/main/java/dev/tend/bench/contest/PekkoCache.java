package dev.tend.bench.contest;

import java.util.HashMap;
import java.util.Map;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** The seed's first cache as an actor: it starts the actor of a list that it does not know yet. */
final class PekkoCache {

  record ServerOf(String name, ActorRef<Found> replyTo) {}

  record Found(ActorRef<PekkoServer.Message> server) {}

  private final ActorContext<ServerOf> context;
  private final Map<String, ActorRef<PekkoServer.Message>> servers = new HashMap<>();

  private PekkoCache(ActorContext<ServerOf> context) {
    this.context = context;
  }

  static Behavior<ServerOf> create() {
    return Behaviors.setup(context -> {
      PekkoCache cache = new PekkoCache(context);
      return Behaviors.receiveMessage(cache::handle);
    });
  }

  private Behavior<ServerOf> handle(ServerOf request) {
    ActorRef<PekkoServer.Message> server =
        servers.computeIfAbsent(
            request.name(), name -> context.spawnAnonymous(PekkoServer.create()));
    request.replyTo().tell(new Found(server));
    return Behaviors.same();
  }
}
