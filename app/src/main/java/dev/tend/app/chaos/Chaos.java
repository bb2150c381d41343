package dev.tend.app.chaos;

import dev.tend.app.chaos.Finding.What;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** One run: a server, its clients, who kills it, and the audit at the end. */
final class Chaos {
  private static final Duration TICK = Duration.ofMillis(200);
  private static final Duration MOST = Duration.ofMinutes(2);
  private static final Duration TO_SETTLE = Duration.ofSeconds(40);
  private static final Duration TO_END = Duration.ofSeconds(60);

  private final Wish wish;
  private final Victim victim;
  private final Wire wire;
  private final Load load;
  private final Striker striker;
  private final List<Follower> followers = new ArrayList<>();

  /** How it goes, while there is load. */
  record State(Duration time, Wish wish, long acknowledged, int kills, int restarts) {}

  private Chaos(Wish wish, Victim victim) throws Lost, InterruptedException {
    this.wish = wish;
    this.victim = victim;
    this.wire = new Wire(victim::address);
    List<Shelf> shelves = new ArrayList<>();
    for (int i = 1; i <= wish.lists(); i++) {
      shelves.add(shelf("chaos-%03d".formatted(i)));
    }
    this.load = new Load(wire, shelves, new Ledger(shelves), new Load.Over());
    this.striker = new Striker(Plan.of(wish), victim, load);
    for (int i = 1; i <= Wish.STREAMS; i++) {
      followers.add(new Follower(i, victim::address, shelves, load.ledger(), wish.seed()));
    }
  }

  /**
   * Runs it, and answers what it has come to.
   *
   * @param data the server's folder
   * @param log what the server logs is appended to this file
   * @param watching is told how it goes, some times a second
   * @param interrupted what is to be done, when the server is gone, if this JVM is ended meanwhile
   * @throws IOException if the server does not start
   */
  static Verdict run(
      Wish wish, Launch launch, Path data, Path log, Consumer<State> watching, Runnable interrupted)
      throws IOException, InterruptedException {
    try (Victim victim = Victim.start(launch, data, log, interrupted)) {
      return new Chaos(wish, victim).run(watching);
    } catch (Lost gone) {
      throw new IOException("the server does not answer any more; its log is " + log, gone);
    }
  }

  private Shelf shelf(String name) throws Lost, InterruptedException {
    ObjectNode body = Wire.JSON.createObjectNode().put("name", name);
    Reply made = wire.insist("POST", "/lists", body, name);
    String id = made.body().path("id").asString("");
    String incarnation = Journal.get(wire, "/lists/" + id).path("incarnation").asString("");
    return new Shelf(id, name, incarnation);
  }

  private Verdict run(Consumer<State> watching) throws Lost, InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (Follower follower : followers) {
      Thread.ofVirtual().name("follower").start(follower);
    }
    for (int i = 1; i <= wish.clients(); i++) {
      threads.add(Thread.startVirtualThread(new Client(i, load, wish.seed())));
    }
    threads.add(Thread.startVirtualThread(striker));
    long begin = System.nanoTime();
    Duration time = Duration.ZERO;
    while (time.compareTo(wish.time()) < 0 || (hasShownNothing() && time.compareTo(MOST) < 0)) {
      watching.accept(state(time));
      Thread.sleep(TICK);
      time = Duration.ofNanos(System.nanoTime() - begin);
    }
    load.over().now();
    load.ledger().over();
    for (Thread thread : threads) {
      if (!thread.join(TO_END)) {
        throw new IllegalStateException("a client does not end");
      }
    }
    return verdict(time);
  }

  /** On a slow machine the time may be over before the point is reached that it is all about. */
  private boolean hasShownNothing() {
    return load.ledger().acknowledged() == 0
        || (wish.mode() == Mode.HARD ? victim.endings().isEmpty() : striker.kills().isEmpty());
  }

  private State state(Duration time) {
    int jvms = striker.kills().getOrDefault(Target.JVM, 0) + victim.endings().size();
    int kills = striker.kills().values().stream().mapToInt(Integer::intValue).sum();
    return new State(time, wish, load.ledger().acknowledged(), kills, jvms);
  }

  // ---- afterwards ----

  private Verdict verdict(Duration time) throws Lost, InterruptedException {
    List<Integer> endings = victim.endings();
    if (wish.mode() == Mode.JVM) {
      victim.kill();
    } else {
      victim.restart();
    }
    List<Journal> journals = settled();
    followers.forEach(Follower::close);
    Ledger ledger = load.ledger();
    Audit.Result audit = Audit.of(journals, named(), ledger.deeds(), followers);
    List<Finding> findings = new ArrayList<>(ledger.findings());
    findings.addAll(audit.findings());
    for (int status : endings) {
      if (wish.mode() != Mode.HARD || status != Victim.GAVE_UP) {
        findings.add(new Finding(What.STOPPED, "", 0, "", "the JVM ended with status " + status));
      }
    }
    findings.sort(Comparator.comparing(Finding::what));
    Shelf slowest =
        load.shelves().stream()
            .max(Comparator.comparingLong(shelf -> ledger.longestGap(shelf.id())))
            .orElseThrow();
    return new Verdict(
        wish,
        time,
        ledger.acknowledged(),
        ledger.repetitions(),
        ledger.refusals(),
        ledger.unansweredAttempts(),
        striker.kills(),
        endings,
        Duration.ofNanos(ledger.longestGap()),
        Duration.ofNanos(ledger.longestGap(slowest.id())),
        slowest.name(),
        events(),
        audit,
        List.copyOf(findings));
  }

  private long events() {
    return followers.stream()
        .flatMapToLong(follower -> load.shelves().stream().mapToLong(follower::seen))
        .sum();
  }

  /** All lists, when moves have come to their ends and streams to the newest change. */
  private List<Journal> settled() throws Lost, InterruptedException {
    long until = System.nanoTime() + TO_SETTLE.toNanos();
    Rounds rounds = new Rounds();
    while (true) {
      List<Journal> journals = new ArrayList<>();
      for (Shelf shelf : load.shelves()) {
        journals.add(Journal.read(wire, shelf));
      }
      boolean settled = rounds.isOfOneMoment(journals) && journals.stream().allMatch(this::isSeen);
      if (settled || System.nanoTime() > until) {
        return journals;
      }
      Thread.sleep(TICK);
    }
  }

  private boolean isSeen(Journal journal) {
    return followers.stream()
        .allMatch(follower -> follower.seen(journal.shelf()) >= journal.lines().size());
  }

  private Map<String, List<String>> named() throws Lost, InterruptedException {
    Map<String, List<String>> named = new HashMap<>();
    String after = "";
    do {
      ObjectNode page = Journal.get(wire, "/lists?limit=1000" + after);
      for (JsonNode list : page.path("lists")) {
        named
            .computeIfAbsent(list.path("name").asString(""), _ -> new ArrayList<>())
            .add(list.path("id").asString(""));
      }
      after = page.has("next") ? "&after=" + page.path("next").asString("") : "";
    } while (!after.isEmpty());
    return named;
  }
}
