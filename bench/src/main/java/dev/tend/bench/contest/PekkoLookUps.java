package dev.tend.bench.contest;

import dev.tend.bench.seed.Lists;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.receptionist.Receptionist;
import org.apache.pekko.actor.typed.receptionist.ServiceKey;

/**
 * Clients ask an actor for the actor of a list.
 *
 * @param <Q> what they ask
 * @param <A> what is answered
 */
final class PekkoLookUps<Q, A> implements Contestant.LookUps {
  private final Pekko pekko;
  private final ActorRef<Q> target;
  private final Class<A> answer;
  private final BiFunction<String, ActorRef<A>, Q> request;
  private final List<ActorRef<?>> own;

  private PekkoLookUps(
      Pekko pekko,
      ActorRef<Q> target,
      Class<A> answer,
      BiFunction<String, ActorRef<A>, Q> request,
      List<ActorRef<?>> own) {
    this.pekko = pekko;
    this.target = target;
    this.answer = answer;
    this.request = request;
    this.own = own;
  }

  static Contestant.LookUps inCache(Pekko pekko) throws Exception {
    ActorRef<PekkoCache.ServerOf> cache = pekko.spawn(PekkoCache.create());
    return new PekkoLookUps<>(
        pekko, cache, PekkoCache.Found.class, PekkoCache.ServerOf::new, List.of(cache));
  }

  /** Pekko's own registry, an actor too; each list is a service. */
  static Contestant.LookUps inReceptionist(Pekko pekko) throws Exception {
    List<ActorRef<?>> servers = new ArrayList<>();
    for (String name : Lists.names()) {
      ActorRef<PekkoServer.Message> server = pekko.spawn(PekkoServer.create());
      servers.add(server);
      pekko.register(key(name), server);
    }
    return new PekkoLookUps<>(
        pekko,
        pekko.receptionist(),
        Receptionist.Listing.class,
        (name, replyTo) -> Receptionist.find(key(name), replyTo),
        servers);
  }

  private static ServiceKey<PekkoServer.Message> key(String name) {
    return ServiceKey.create(PekkoServer.Message.class, name);
  }

  @Override
  public long use(int clients, int operations) throws Exception {
    Finish finish = new Finish(clients);
    List<ActorRef<PekkoAsker.Next>> all = new ArrayList<>();
    for (int i = 0; i < clients; i++) {
      all.add(
          pekko.spawn(
              PekkoAsker.create(
                  target,
                  answer,
                  (number, replyTo) -> request.apply(Lists.anyName(), replyTo),
                  new long[operations],
                  finish)));
    }
    return finish.time(() -> all.forEach(client -> client.tell(PekkoAsker.Next.NEXT)));
  }

  @Override
  public void close() {
    own.forEach(pekko::stop);
  }
}
