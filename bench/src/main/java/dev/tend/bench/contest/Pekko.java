package dev.tend.bench.contest;

import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.PoisonPill;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.SpawnProtocol;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.receptionist.Receptionist;
import org.apache.pekko.actor.typed.receptionist.ServiceKey;

/**
 * Apache Pekko's typed actors as they come, but for the log. It has no links, no kill and no
 * replacement (a failed actor begins again in its own place), and no receive that passes over
 * messages.
 */
final class Pekko implements Contestant {
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  private final ActorSystem<SpawnProtocol.Command> system =
      ActorSystem.create(
          SpawnProtocol.create(),
          "bench",
          ConfigFactory.parseString(
                  "pekko { loglevel = OFF, stdout-loglevel = OFF, log-dead-letters = off }")
              .withFallback(ConfigFactory.load()));

  @Override
  public String about() {
    return "Apache Pekko " + org.apache.pekko.Version.current() + " on Java " + Runtime.version();
  }

  @Override
  public long call(int servers, long[][] nanos) throws Exception {
    List<ActorRef<PekkoServer.Message>> all = servers(servers);
    List<ActorRef<PekkoAsker.Next>> clients = new ArrayList<>();
    Finish finish = new Finish(nanos.length);
    for (int i = 0; i < nanos.length; i++) {
      clients.add(
          spawn(
              PekkoAsker.create(
                  all.get(i % servers), Integer.class, PekkoServer.Ask::new, nanos[i], finish)));
    }
    long time = finish.time(() -> clients.forEach(client -> client.tell(PekkoAsker.Next.NEXT)));
    all.forEach(this::stop);
    return time;
  }

  @Override
  public long cast(int pairs, int messages) throws Exception {
    List<ActorRef<PekkoServer.Message>> all = servers(pairs);
    List<ActorRef<Integer>> clients = new ArrayList<>();
    Finish finish = new Finish(pairs);
    for (ActorRef<PekkoServer.Message> server : all) {
      clients.add(spawn(teller(server, messages, finish)));
    }
    long time = finish.time(() -> clients.forEach(client -> client.tell(0)));
    all.forEach(this::stop);
    return time;
  }

  /** Begins with any number; the next one is the answer to the request behind all messages. */
  private static Behavior<Integer> teller(
      ActorRef<PekkoServer.Message> server, int messages, Finish finish) {
    return Behaviors.receive((context, begin) -> {
      for (int i = 0; i < messages; i++) {
        server.tell(new PekkoServer.Add(i));
      }
      server.tell(new PekkoServer.Ask(0, context.getSelf()));
      return Behaviors.receiveMessage(answer -> {
        finish.cross();
        return Behaviors.stopped();
      });
    });
  }

  @Override
  public long spawn(int processes) throws Exception {
    Finish all = new Finish(processes);
    return timeThenStop(all, PekkoParent.ofMessengers(processes, all));
  }

  @Override
  public long spawnMonitored(int processes) throws Exception {
    Finish all = new Finish(processes);
    return timeThenStop(all, PekkoParent.ofWatched(processes, all));
  }

  private long timeThenStop(Finish all, Behavior<PekkoParent.Word> behavior) throws Exception {
    long begin = System.nanoTime();
    ActorRef<PekkoParent.Word> parent = spawn(behavior);
    all.await();
    long time = System.nanoTime() - begin;
    stop(parent);
    return time;
  }

  @Override
  @SuppressWarnings({"rawtypes", "unchecked"}) // a class is asked for, and it knows no parameters
  public long startChildren(int children) throws Exception {
    ActorRef<SpawnProtocol.Command> supervisor = spawn(SpawnProtocol.create());
    Finish finish = new Finish(1);
    ActorRef<PekkoAsker.Next> client =
        spawn(
            PekkoAsker.create(
                supervisor,
                ActorRef.class,
                (Integer i, ActorRef<ActorRef> replyTo) ->
                    new SpawnProtocol.Spawn<>(
                        PekkoServer.create(), "", Props.empty(), (ActorRef) replyTo),
                new long[children],
                finish));
    long time = finish.time(() -> client.tell(PekkoAsker.Next.NEXT));
    stop(supervisor);
    return time;
  }

  @Override
  public long stopChildren(int children) throws Exception {
    Finish up = new Finish(children);
    Finish ended = new Finish(1);
    ActorRef<PekkoParent.Word> witness =
        spawn(PekkoParent.witness(PekkoParent.ofServers(children, up), ended));
    up.await();
    return ended.time(() -> witness.tell(PekkoParent.Word.STOP));
  }

  /** It has no table that all read. */
  @Override
  public LookUps lookUps(CacheProgram.Way way) throws Exception {
    return switch (way) {
      case CACHE_PROCESS -> PekkoLookUps.inCache(this);
      case REGISTRY_PROCESS -> PekkoLookUps.inReceptionist(this);
      case ETS -> throw new NoEquivalent();
    };
  }

  @Override
  public Object idle(int servers) throws Exception {
    Finish up = new Finish(servers);
    ActorRef<PekkoParent.Word> parent = spawn(PekkoParent.ofServers(servers, up));
    up.await();
    return parent;
  }

  private List<ActorRef<PekkoServer.Message>> servers(int count) throws Exception {
    List<ActorRef<PekkoServer.Message>> servers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      servers.add(spawn(PekkoServer.create()));
    }
    return servers;
  }

  ActorRef<Receptionist.Command> receptionist() {
    return system.receptionist();
  }

  /** Returns when it is. */
  <M> void register(ServiceKey<M> key, ActorRef<M> actor) throws Exception {
    AskPattern.<Receptionist.Command, Receptionist.Registered>ask(
            receptionist(),
            replyTo -> Receptionist.register(key, actor, replyTo),
            PATIENCE,
            system.scheduler())
        .toCompletableFuture()
        .get();
  }

  <M> ActorRef<M> spawn(Behavior<M> behavior) throws Exception {
    return AskPattern.<SpawnProtocol.Command, ActorRef<M>>ask(
            system,
            replyTo -> new SpawnProtocol.Spawn<>(behavior, "", Props.empty(), replyTo),
            PATIENCE,
            system.scheduler())
        .toCompletableFuture()
        .get();
  }

  void stop(ActorRef<?> actor) {
    Adapter.toClassic(actor)
        .tell(PoisonPill.getInstance(), org.apache.pekko.actor.ActorRef.noSender());
  }
}
