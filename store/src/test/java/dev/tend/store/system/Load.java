package dev.tend.store.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tend.todo.ListClient;
import dev.tend.todo.Moves;
import dev.tend.todo.Outcome;
import dev.tend.todo.Reading;
import dev.tend.todo.list.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Clients that make lists, add entries, and move entries about between all shards. */
final class Load {
  final List<Client> lists = new ArrayList<>();
  final Queue<Client> made = new ConcurrentLinkedQueue<>();
  final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
  final Set<String> tokens = ConcurrentHashMap.newKeySet();
  final AtomicInteger moves = new AtomicInteger();
  final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
  private final Map<String, Client> homes = new ConcurrentHashMap<>();
  private final AtomicBoolean stopped = new AtomicBoolean();
  private final List<Thread> clients = new ArrayList<>();

  Load(int shards) {
    for (int n = 0; n < shards; n++) {
      lists.add(Client.of("list " + n));
    }
    for (int n = 0; n < 12; n++) {
      String token = "token " + n;
      Client home = lists.get(n % shards);
      home.add(token, token);
      homes.put(token, home);
      tokens.add(token);
    }
  }

  void start() {
    tokens.forEach(token -> client(random -> move(token, random)));
    for (int n = 0; n < 4; n++) {
      int number = n;
      AtomicInteger next = new AtomicInteger();
      client(random -> {
        String title = "entry " + number + "-" + next.incrementAndGet();
        Client list = lists.get(random.nextInt(lists.size()));
        if (next.get() % 3 == 0) {
          list = Client.of("made " + title);
          made.add(list);
        }
        Client home = list;
        insist(() -> home.add(title, title));
        acknowledged.add(title);
      });
    }
  }

  private interface Step {
    void take(Random random);
  }

  private void client(Step step) {
    Random random = new Random(clients.size());
    clients.add(
        Thread.startVirtualThread(() -> {
          try {
            while (!stopped.get()) {
              step.take(random);
            }
          } catch (Throwable e) {
            failures.add(e);
          }
        }));
  }

  private void move(String token, Random random) {
    Client from = homes.get(token);
    Client to = lists.get(random.nextInt(lists.size()));
    if (from.equals(to)) {
      return;
    }
    int id =
        from.entries().stream()
            .filter(e -> e.title().equals(token))
            .findFirst()
            .map(Entry::id)
            .orElseThrow();
    String key = token + " move " + moves.get() + " " + random.nextLong();
    insist(() -> Moves.move(from.id(), Client.command(key), id, to.id()));
    homes.put(token, to);
    moves.incrementAndGet();
  }

  /** Under its key again, while a slow disk leaves no time for it. */
  private static void insist(Supplier<Outcome> change) {
    Outcome outcome;
    do {
      outcome = change.get();
    } while (outcome instanceof Outcome.Unavailable || outcome instanceof Outcome.Unknown);
    assertThat(outcome).isInstanceOf(Outcome.Changed.class);
  }

  void stop() throws InterruptedException {
    stopped.set(true);
    for (Thread client : clients) {
      client.join();
    }
  }

  /** The titles in all lists of the system that runs now. */
  List<String> everything() {
    List<String> titles = new ArrayList<>();
    List<Client> all = new ArrayList<>(lists);
    all.addAll(made);
    for (Client list : all) {
      switch (ListClient.read(list.id())) {
        case Reading.Found found ->
            found.published().list().entries().forEach(entry -> titles.add(entry.title()));
        case Reading.NoSuchList _ -> {}
        default -> throw new AssertionError("not whole");
      }
    }
    return titles;
  }
}
