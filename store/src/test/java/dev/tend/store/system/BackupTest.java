package dev.tend.store.system;

import static dev.tend.otp.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.StartOptions;
import dev.tend.otp.testkit.NoLeaks;
import dev.tend.store.Backup;
import dev.tend.todo.DatabaseWorker;
import dev.tend.todo.Moves;
import dev.tend.todo.Outcome;
import dev.tend.todo.Reading;
import dev.tend.todo.Standstill;
import dev.tend.todo.Stored;
import dev.tend.todo.TodoCache;
import dev.tend.todo.TodoServer;
import dev.tend.todo.backup.BackupFailed;
import dev.tend.todo.backup.BackupPlace;
import dev.tend.todo.backup.BackupPlace.Made;
import dev.tend.todo.backup.Headway;
import dev.tend.todo.list.Entry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Backups of a running system, restored and looked at. */
class BackupTest {
  private static final int SHARDS = 48;
  private static final int BACKUPS = 4;
  private static final Instant NOON = Instant.parse("2026-11-28T12:00:00Z");

  @Order(1)
  @RegisterExtension
  final NoLeaks noLeaks = new NoLeaks();

  @Order(2)
  @RegisterExtension
  final TodoSystem system = TodoSystem.onDisk().shards(SHARDS);

  @TempDir Path temp;

  /** Many, for what two files show of two moments is seen only if something went in between. */
  @Test
  void underLoadBackupsHoldAllThatWasAcknowledgedAndNothingHalf() throws Exception {
    Load load = new Load(system.data().store().shards());
    load.start();
    eventually(() -> assertThat(load.moves.get()).isGreaterThan(20));

    AtomicInteger movedMeanwhile = new AtomicInteger();
    Set<String> before = Set.of();
    Made made = null;
    for (int n = 0; n < BACKUPS; n++) {
      before = Set.copyOf(load.acknowledged);
      int movedBefore = load.moves.get();
      made =
          place()
              .make(
                  NOON.plusSeconds(n),
                  (_, _) -> movedMeanwhile.addAndGet(load.moves.get() - movedBefore));
      assertOfOneMoment(made.path(), before, load.tokens);
    }
    int movedAtTheEnd = load.moves.get();
    eventually(() -> assertThat(load.moves.get()).isGreaterThan(movedAtTheEnd + 5));
    load.stop();
    assertThat(load.failures).isEmpty();
    assertThat(movedMeanwhile.get()).isPositive();

    Backup backup = Backup.open(made.path());
    backup.verify(Headway.UNSEEN);
    Path restored = temp.resolve("restored");
    assertThat(backup.restore(restored, false, NOON, Headway.UNSEEN)).isEqualTo(restored);
    system.stop();
    system.startOn(restored);

    Set<String> tokens = load.tokens;
    Set<String> acknowledged = before;
    eventually(() -> {
      List<String> found = load.everything();
      assertThat(found).doesNotHaveDuplicates().containsAll(acknowledged).containsAll(tokens);
    });
  }

  /** In the files themselves: an entry on its way may be in two lists, and is never in none. */
  private static void assertOfOneMoment(Path backup, Set<String> before, Set<String> tokens)
      throws Exception {
    Set<String> titles = new HashSet<>();
    Set<String> lists = new HashSet<>();
    for (int shard = 1; shard <= SHARDS; shard++) {
      Path file = backup.resolve("shard-" + shard + ".db");
      titles.addAll(column(file, "SELECT title FROM entry"));
      lists.addAll(column(file, "SELECT list FROM list"));
    }
    assertThat(titles).containsAll(tokens).containsAll(before);
    assertThat(column(backup.resolve("catalog.db"), "SELECT id FROM list")).containsAll(lists);
  }

  private static List<String> column(Path file, String query) throws SQLException {
    List<String> column = new ArrayList<>();
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:file:" + file + "?immutable=1");
        Statement sql = connection.createStatement();
        ResultSet rows = sql.executeQuery(query)) {
      while (rows.next()) {
        column.add(rows.getString(1));
      }
    }
    return column;
  }

  @Test
  void aRestoredListHasANewIncarnationAndTheSameEntries() throws Exception {
    Client bob = Client.of("Bob's list");
    bob.add("a", "Dentist");
    Made made = place().make(NOON, Headway.UNSEEN);
    assertThat(made.lists()).isEqualTo(1);
    assertThat(made.entries()).isEqualTo(1);
    bob.add("b", "after it");
    Path restored = temp.resolve("restored");
    Backup.open(made.path()).restore(restored, false, NOON, Headway.UNSEEN);
    system.stop();
    system.startOn(restored);

    assertThat(bob.titles()).containsExactly("Dentist");
    Reading.Found found = (Reading.Found) TodoCache.read(bob.id());
    assertThat(found.published().catalog().incarnation()).isNotEqualTo(bob.list().incarnation());
    String tag = bob.list().incarnation() + "-1";
    assertThat(TodoCache.call(bob.id(), new TodoServer.Delete(Client.command("d", tag), 1)))
        .isInstanceOf(Outcome.Stale.class);
    assertThat(bob.add("a", "Dentist")).isInstanceOf(Outcome.Changed.class);
    assertThat(bob.titles()).containsExactly("Dentist");
  }

  @Test
  void aWorkerKilledWhileItStandsStillMakesTheCutBeginAgain() throws Exception {
    Client bob = Client.of("Bob's list");
    bob.add("a", "Dentist");
    Standstill standstill =
        ((Stored.Done<Standstill>) Standstill.begin(system.data().store().shards())).value();
    long epoch = standstill.shardEpoch(bob.list().shard());
    Processes.exit(DatabaseWorker.of(bob.list().shard()).whereis().orElseThrow(), ExitReason.KILL);
    eventually(() -> assertThat(bob.add("b", "written")).isInstanceOf(Outcome.Changed.class));
    standstill.close();
    Stored.Done<Standstill> next =
        (Stored.Done<Standstill>) Standstill.begin(system.data().store().shards());
    try (Standstill later = next.value()) {
      assertThat(later.shardEpoch(bob.list().shard())).isGreaterThan(epoch);
      assertThat(later.lasts()).isTrue();
    }
  }

  @Test
  void aStandstillThatNobodyEndsEndsByItself() {
    Client bob = Client.of("Bob's list");
    Stored<Standstill> abandoned = Standstill.begin(system.data().store().shards());
    assertThat(abandoned).isInstanceOf(Stored.Done.class);
    assertThat(bob.add("a", "Dentist")).isInstanceOf(Outcome.Changed.class);
    assertThat(((Stored.Done<Standstill>) abandoned).value().lasts()).isFalse();
  }

  @Test
  void whileOneFileCannotBeOpenedThereIsNoBackupAndNothingIsLeftOfIt() throws Exception {
    Path shard = system.data().path().resolve("shard-2.db");
    system.stop();
    Files.move(shard, temp.resolve("elsewhere"));
    system.start();
    assertThatThrownBy(() -> place().make(NOON, Headway.UNSEEN))
        .isInstanceOf(BackupFailed.class)
        .hasMessageContaining("shard-2.db");
    assertThat(place().finished()).isEmpty();
    assertThat(backups().toFile().list()).isEmpty();
    Files.move(temp.resolve("elsewhere"), shard);
  }

  @Test
  void theNewestAreKeptAndWhatIsUnfinishedIsNone() throws Exception {
    Files.createDirectories(backups().resolve("tend-20261101T000000Z.unfinished"));
    Files.createDirectories(backups().resolve("mine"));
    for (int hour = 0; hour < 4; hour++) {
      place().make(NOON.plusSeconds(3_600L * hour), Headway.UNSEEN);
    }
    place().keep(2);
    assertThat(place().finished().stream().map(Made::name))
        .containsExactly("tend-20261128T150000Z", "tend-20261128T140000Z");
    assertThat(backups().toFile().list())
        .containsExactlyInAnyOrder("tend-20261128T150000Z", "tend-20261128T140000Z", "mine");
  }

  @Test
  void ofABackupWhoseProcessIsKilledNothingIsLeftThatLooksWhole() throws Exception {
    Client.of("Bob's list").add("a", "Dentist");
    Gate copying = new Gate();
    AtomicBoolean first = new AtomicBoolean(true);
    Pid<?> making =
        Processes.spawn(
            StartOptions.defaults().onPlatformThread(),
            () -> {
              try {
                place()
                    .make(
                        NOON,
                        (_, _) -> {
                          if (first.compareAndSet(true, false)) {
                            copying.pass();
                          }
                        });
              } catch (BackupFailed expected) {
                // It was interrupted.
              }
            });
    copying.awaitReached();
    assertThat(backups().toFile().list()).containsExactly("tend-20261128T120000Z.unfinished");
    assertThat(place().finished()).isEmpty();
    Path unfinished = backups().resolve("tend-20261128T120000Z.unfinished");
    assertThatThrownBy(() -> Backup.open(unfinished)).hasMessageContaining("unfinished");
    Processes.exit(making, ExitReason.KILL);
    copying.open();
    eventually(() -> assertThat(backups().toFile().list()).isEmpty());
    place().make(NOON, Headway.UNSEEN);
    assertThat(place().finished()).hasSize(1);
  }

  private Path backups() {
    return temp.resolve("backups");
  }

  private BackupPlace place() {
    return system.data().backups(backups(), "test");
  }

  /** Clients that make lists, add entries, and move entries about between all shards. */
  private static final class Load {
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
          assertThat(list.add(title, title)).isInstanceOf(Outcome.Changed.class);
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
      assertThat(Moves.move(from.id(), Client.command(key), id, to.id()))
          .isInstanceOf(Outcome.Changed.class);
      homes.put(token, to);
      moves.incrementAndGet();
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
        switch (TodoCache.read(list.id())) {
          case Reading.Found found ->
              found.published().list().entries().forEach(entry -> titles.add(entry.title()));
          case Reading.NoSuchList _ -> {}
          default -> throw new AssertionError("not whole");
        }
      }
      return titles;
    }
  }
}
