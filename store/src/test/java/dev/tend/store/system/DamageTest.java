package dev.tend.store.system;

import static dev.tend.otp.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.ServerName;
import dev.tend.otp.testkit.ManualTime;
import dev.tend.otp.testkit.NoLeaks;
import dev.tend.todo.Database;
import dev.tend.todo.DatabaseWorker;
import dev.tend.todo.ListClient;
import dev.tend.todo.Outcome;
import dev.tend.todo.Reading;
import dev.tend.todo.Standstill;
import dev.tend.todo.Stored;
import dev.tend.todo.TodoCache;
import dev.tend.todo.journal.StoreException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A corrupt file under a running server: its lists are refused, all others served. */
class DamageTest {
  private static final String ROOTLESS =
      "UPDATE sqlite_schema SET rootpage = 999999 WHERE name IN ('list', 'entry')";

  private static final Duration LONG = Duration.ofSeconds(60);
  private final ManualTime time = new ManualTime();

  @Order(1)
  @RegisterExtension
  final NoLeaks noLeaks = new NoLeaks();

  @Order(2)
  @RegisterExtension
  final TodoSystem system = TodoSystem.withFaults(FaultyStore::new).shards(2).time(time);

  @TempDir Path temp;
  private Client bob;
  private Client alice;
  private Client carol; // on Bob's shard

  @BeforeEach
  void twoShards() {
    bob = Client.of("Bob's list");
    alice = Client.of("Alice's list");
    carol = Client.of("Carol's list");
    assertThat(bob.list().shard()).isEqualTo(carol.list().shard());
    assertThat(alice.list().shard()).isNotEqualTo(bob.list().shard());
    for (int i = 1; i <= 3; i++) {
      bob.add("b" + i, "Bob's " + i);
      alice.add("a" + i, "Alice's " + i);
      carol.add("c" + i, "Carol's " + i);
    }
  }

  private int shard() {
    return bob.list().shard();
  }

  @Test
  void whatAnOpeningFindsClosesTheShardUntilAWholeCheckFindsItSound() throws Exception {
    Path file = system.file(shard());
    Path sound = restarted(file, it -> sql(it, "PRAGMA writable_schema = ON", ROOTLESS));
    Pid<?> worker = worker(bob);

    assertRefused(bob);
    assertRefused(carol);
    assertServed(alice);
    assertThat(worker(bob)).as("an answer, not a crash").isEqualTo(worker);
    assertUnavailable("shard " + shard(), "corrupt");

    replace(file, sound);
    awaitSound();
    assertThat(bob.titles()).containsExactly("Bob's 1", "Bob's 2", "Bob's 3");
    assertThat(carol.add("c4", "Carol's 4")).isInstanceOf(Outcome.Changed.class);
  }

  @Test
  void whatNobodyReadsIsFoundByTheCheckAndStopsListsThatRunFromBeingShown() throws Exception {
    assertThat(Database.check(shard(), LONG)).isEmpty();
    sql(
        system.file(shard()),
        "DELETE FROM journal WHERE list = '" + carol.id() + "' AND revision = 2");
    assertThat(bob.titles()).hasSize(3);

    assertThat(Database.check(shard(), LONG))
        .hasValueSatisfying(reason -> assertThat(reason).contains("has a gap"));

    assertRefused(bob);
    assertRefused(carol);
    assertServed(alice);
  }

  /** A backup of it would be finished like any, and make a sound one go. */
  @Test
  void whatTheCheckHasFoundIsNotBackedUpThoughNobodyHasReadItSince() throws Exception {
    try (Standstill sound = ((Stored.Done<Standstill>) Standstill.begin(2)).value()) {
      assertThat(sound.lasts()).isTrue();
    }
    sql(
        system.file(shard()),
        "DELETE FROM journal WHERE list = '" + carol.id() + "' AND revision = 2");
    assertThat(Database.check(shard(), LONG)).isPresent();
    assertThat(Standstill.begin(2))
        .isInstanceOfSatisfying(
            Stored.Unavailable.class,
            refused -> assertThat(refused.why().sentence()).contains("has a gap"));
  }

  @Test
  void theCheckComesByItselfAMinuteAfterTheStart() throws Exception {
    sql(
        system.file(shard()),
        "DELETE FROM journal WHERE list = '" + carol.id() + "' AND revision = 2");
    time.advance(Duration.ofSeconds(59));
    eventually(() -> assertThat(Database.unavailable()).isEmpty());
    time.advance(Duration.ofSeconds(1));
    eventually(() -> {
      time.advance(Duration.ofNanos(1)); // from one file to the next
      assertThat(Database.unavailable()).singleElement().asString().contains("has a gap");
    });
    assertServed(alice);
  }

  @Test
  void neitherTheWorkersDeathNorTheChecksOpensADamagedShard() throws Exception {
    sql(
        system.file(shard()),
        "DELETE FROM journal WHERE list = '" + carol.id() + "' AND revision = 2");
    Database.check(shard(), LONG);
    Pid<?> worker = worker(bob);
    Processes.exit(worker, ExitReason.KILL);
    eventually(() -> assertThat(DatabaseWorker.of(shard()).whereis()).isPresent());
    assertThat(worker(bob)).isNotEqualTo(worker);
    assertRefused(bob);

    Pid<?> check = ServerName.local("todo_database_check").whereis().orElseThrow();
    Processes.exit(check, ExitReason.KILL);
    eventually(() -> assertThat(Database.check(shard(), LONG)).isPresent());
    assertRefused(bob);
    assertServed(alice);
  }

  @Test
  void withADamagedCatalogueNoListIsSaidNotToExist() throws Exception {
    Path catalog = system.file(1).resolveSibling("catalog.db");
    Path sound = restarted(catalog, file -> sql(file, "PRAGMA writable_schema = ON", ROOTLESS));

    for (Client client : List.of(bob, alice, carol)) {
      assertThat(ListClient.read(client.id())).isInstanceOf(Reading.Unavailable.class);
      assertThat(client.add("refused", "refused")).isInstanceOf(Outcome.Unavailable.class);
    }
    assertUnavailable("the catalogue", "corrupt");

    replace(catalog, sound);
    awaitSound();
    assertServed(bob);
    assertServed(alice);
  }

  @Test
  void aMisreadPageIsACloseUntilTheCheckHasFoundNothing() throws Exception {
    FaultyStore.entries =
        (shard, list, after, limit) -> {
          if (list.equals(bob.id())) {
            throw new StoreException.Damaged("the shard is corrupt", null);
          }
          return shard.entries(list, after, limit);
        };
    Processes.exit(TodoCache.serverProcess("Bob's list"), ExitReason.KILL);
    eventually(() -> assertRefused(bob));
    assertRefused(carol);
    assertServed(alice);

    FaultyStore.heal();
    awaitSound();
    assertServed(bob);
    assertServed(carol);
  }

  @Test
  void aCommitThatMeetsDamageIsRefusedAndClosesTheShard() throws Exception {
    FaultyStore.commit =
        (shard, batch) -> {
          if (batch.getFirst().list().equals(bob.id())) {
            throw new StoreException.Damaged("the shard is corrupt", null);
          }
          return shard.commit(batch);
        };
    assertRefused(bob);
    assertRefused(carol);
    FaultyStore.heal();
    awaitSound();
    assertServed(bob);
    assertServed(carol);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-wal"})
  void aFileThatIsDeletedWhileItIsInUseTakesNothingMore(String suffix) throws Exception {
    Path file = system.file(shard());
    Path gone = file.resolveSibling(file.getFileName() + suffix);
    Files.move(gone, temp.resolve("gone"));

    assertThat(bob.add("lost?", "lost?")).isInstanceOf(Outcome.Unavailable.class);
    assertServed(alice);

    if (suffix.isEmpty()) {
      assertUnavailable("shard " + shard(), "missing");
      Files.move(temp.resolve("gone"), gone);
    }
    awaitSound();
    assertThat(bob.titles()).hasSize(3);
    assertServed(bob);
  }

  // ---- helpers ----

  private interface Harm {
    void to(Path file) throws Exception;
  }

  /** Stops the system, harms a file, starts it again; gives a copy of the sound file. */
  private Path restarted(Path file, Harm harm) throws Exception {
    system.stop();
    sql(file, "PRAGMA wal_checkpoint(TRUNCATE)");
    Path copy = Files.copy(file, temp.resolve("sound.db"));
    harm.to(file);
    system.start();
    return copy;
  }

  private static void replace(Path file, Path sound) throws Exception {
    for (String suffix : new String[] {"-wal", "-shm"}) {
      Files.deleteIfExists(file.resolveSibling(file.getFileName() + suffix));
    }
    Files.copy(sound, file, StandardCopyOption.REPLACE_EXISTING);
  }

  /** The damaged files are looked at again, and then opened; lists that were refused try again. */
  private void awaitSound() {
    time.advance(Duration.ofSeconds(30));
    eventually(() -> {
      time.advance(Duration.ofSeconds(5));
      assertThat(Database.unavailable()).isEmpty();
      for (Client client : List.of(alice, bob, carol)) {
        assertThat(ListClient.read(client.id())).isInstanceOf(Reading.Found.class);
      }
    });
  }

  private static void assertRefused(Client client) {
    eventually(() ->
        assertThat(client.add("refused", "refused"))
            .isInstanceOfSatisfying(
                Outcome.Unavailable.class,
                refused -> assertThat(refused.why().sentence()).contains("shard", "corrupt")));
    assertThat(ListClient.published(client.id())).isEmpty();
    assertThat(ListClient.read(client.id()))
        .isInstanceOfSatisfying(
            Reading.Unavailable.class,
            refused -> {
              assertThat(refused.why().sentence()).contains("shard", "corrupt");
              assertThat(refused.retryAfter()).isPositive();
            });
  }

  /** At once; whoever answers a look too late, which is unavailable as well, does so in the end. */
  private static void assertUnavailable(String what, String why) {
    assertThat(Database.unavailable())
        .anySatisfy(said -> assertThat(said.toString()).startsWith(what).contains(why));
    eventually(() -> assertThat(Database.unavailable()).hasSize(1));
  }

  private static void assertServed(Client client) {
    assertThat(client.add("served", "served")).isInstanceOf(Outcome.Changed.class);
    assertThat(client.titles()).endsWith("served").hasSize(4);
  }

  private static Pid<?> worker(Client client) {
    return Optional.of(client.list().shard())
        .flatMap(shard -> DatabaseWorker.of(shard).whereis())
        .orElseThrow();
  }

  private static void sql(Path file, String... statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement sql = connection.createStatement()) {
      for (String statement : statements) {
        sql.execute(statement);
      }
    }
  }
}
