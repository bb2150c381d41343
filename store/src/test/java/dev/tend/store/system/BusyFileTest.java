package dev.tend.store.system;

import static dev.tend.otp.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.testkit.NoLeaks;
import dev.tend.todo.Catalog;
import dev.tend.todo.Command;
import dev.tend.todo.Database;
import dev.tend.todo.DatabaseWorker;
import dev.tend.todo.Deadline;
import dev.tend.todo.Outcome;
import dev.tend.todo.Stored;
import dev.tend.todo.journal.CatalogWish;
import dev.tend.todo.journal.Catalogued;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Another program holds a file's lock for a while: SQLITE_BUSY, as a backup tool may cause it. */
class BusyFileTest {
  @Order(1)
  @RegisterExtension
  final NoLeaks noLeaks = new NoLeaks();

  @Order(2)
  @RegisterExtension
  final TodoSystem system = TodoSystem.onDisk().shards(2);

  private Client bob;
  private Client alice; // on another shard
  private Path file;

  @BeforeEach
  void twoShards() {
    bob = Client.of("Bob's list");
    alice = Client.of("Alice's list");
    assertThat(alice.list().shard()).isNotEqualTo(bob.list().shard());
    bob.add("before", "before");
    file = system.file(bob.list().shard());
  }

  /** The lock, for as long as it is open. */
  private record Held(Connection connection) implements AutoCloseable {
    static Held on(Path file) throws SQLException {
      Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
      try (Statement sql = connection.createStatement()) {
        sql.execute("BEGIN EXCLUSIVE");
      }
      return new Held(connection);
    }

    @Override
    public void close() throws SQLException {
      connection.close();
    }
  }

  private static void assertBusy(Outcome outcome) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Unavailable.class,
            refused -> {
              assertThat(refused.why().sentence()).contains("another writer holds it");
              assertThat(refused.retryAfter()).isPositive();
            });
  }

  @Test
  void changesAreRefusedReadsGoOnAndAfterwardsTheSameCommandActsOnce() throws Exception {
    Pid<?> worker = DatabaseWorker.of(bob.list().shard()).whereis().orElseThrow();
    try (Held _ = Held.on(file)) {
      for (int n = 0; n < 20; n++) {
        assertBusy(bob.add("refused " + n, "refused " + n));
      }
      assertThat(bob.titles()).containsExactly("before");
      assertThat(alice.add("meanwhile", "meanwhile")).isInstanceOf(Outcome.Changed.class);
      eventually(() -> assertThat(Database.unavailable()).as("reads go on").isEmpty());
    }
    assertThat(bob.add("refused 7", "refused 7")).isInstanceOf(Outcome.Changed.class);
    assertThat(bob.add("refused 7", "refused 7")).isInstanceOf(Outcome.Changed.class);
    assertThat(bob.titles()).containsExactly("before", "refused 7");
    assertThat(DatabaseWorker.of(bob.list().shard()).whereis()).get().isEqualTo(worker);
    restart();
    assertThat(bob.titles()).containsExactly("before", "refused 7");
  }

  @Test
  void aWorkerThatStartsMeanwhileOpensItsFileWhenItIsFree() throws Exception {
    try (Held _ = Held.on(file)) {
      Processes.exit(
          DatabaseWorker.of(bob.list().shard()).whereis().orElseThrow(), ExitReason.KILL);
      eventually(() -> assertBusy(bob.add("refused", "refused")));
      assertThat(alice.add("meanwhile", "meanwhile")).isInstanceOf(Outcome.Changed.class);
    }
    eventually(() -> assertThat(bob.add("refused", "refused")).isInstanceOf(Outcome.Changed.class));
    assertThat(bob.titles()).containsExactly("before", "refused");
  }

  @Test
  void aLockThatComesAndGoesUnderLoadLosesNothingAndMakesNothingHalf() throws Exception {
    List<String> acknowledged = new ArrayList<>(List.of("before"));
    int refused = 0;
    for (int round = 0; round < 30; round++) {
      String name = "round " + round + ", ";
      List<String> titles = IntStream.range(0, 10).mapToObj(n -> name + n).toList();
      List<CompletableFuture<Outcome>> changes;
      if (round % 2 == 0) {
        changes = begun(titles);
        try (Held _ = held()) {
          bob.titles();
        }
      } else {
        try (Held _ = held()) {
          changes = begun(titles);
          assertBusy(changes.getFirst().join());
        }
      }
      for (int n = 0; n < titles.size(); n++) {
        switch (changes.get(n).join()) {
          case Outcome.Changed _ -> acknowledged.add(titles.get(n));
          case Outcome.Unavailable _ -> refused++;
          case Outcome other -> throw new AssertionError(other);
        }
      }
    }
    assertThat(refused).isGreaterThanOrEqualTo(15);
    assertThat(acknowledged).hasSizeGreaterThan(1);
    assertThat(bob.titles()).containsExactlyInAnyOrderElementsOf(acknowledged);
    restart();
    assertThat(bob.titles()).containsExactlyInAnyOrderElementsOf(acknowledged);
  }

  private List<CompletableFuture<Outcome>> begun(List<String> titles) {
    return titles.stream().map(title -> bob.addLater(title, title)).toList();
  }

  /** As soon as the worker, which never waits for the lock, leaves a gap. */
  private Held held() {
    Held[] held = new Held[1];
    eventually(() -> held[0] = Held.on(file));
    return held[0];
  }

  @Test
  void whileTheCatalogueIsHeldNoListIsMadeAndAllThatAreThereAreServed() throws Exception {
    CatalogWish wish =
        new CatalogWish.NewList(
            Command.LOCAL, "new", Instant.EPOCH, Command.fresh("test").origin(), false);
    try (Held _ = Held.on(file.resolveSibling("catalog.db"))) {
      assertThat(Catalog.change(wish, Deadline.in(Duration.ofSeconds(20))))
          .isInstanceOfSatisfying(
              Stored.Unavailable.class,
              refused -> assertThat(refused.why().sentence()).contains("another writer holds it"));
      assertThat(bob.add("meanwhile", "meanwhile")).isInstanceOf(Outcome.Changed.class);
      assertThat(bob.titles()).containsExactly("before", "meanwhile");
    }
    assertThat(Catalog.change(wish, Deadline.in(Duration.ofSeconds(20))))
        .isInstanceOfSatisfying(
            Stored.Done.class,
            done -> assertThat(done.value()).isInstanceOf(Catalogued.Entered.class));
  }

  private void restart() throws Exception {
    system.stop();
    system.start();
  }
}
