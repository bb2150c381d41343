package dev.tend.store.system;

import static dev.tend.otp.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tend.otp.testkit.NoLeaks;
import dev.tend.store.Backup;
import dev.tend.todo.backup.BackupPlace.Made;
import dev.tend.todo.backup.Headway;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** That all files of a backup are of one moment, however much happens meanwhile. */
class BackupCutTest {
  private static final int SHARDS = 16;
  private static final int BACKUPS = 4;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
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
    eventually(PATIENCE, () -> assertThat(load.moves.get()).isGreaterThan(20));

    AtomicInteger movedMeanwhile = new AtomicInteger();
    Set<String> before = Set.of();
    Made made = null;
    for (int n = 0; n < BACKUPS; n++) {
      before = Set.copyOf(load.acknowledged);
      int movedBefore = load.moves.get();
      made =
          system
              .data()
              .backups(temp.resolve("backups"), "test")
              .make(
                  NOON.plusSeconds(n),
                  true,
                  (_, _) -> movedMeanwhile.addAndGet(load.moves.get() - movedBefore));
      assertOfOneMoment(made.path(), before, load.tokens);
    }
    int movedAtTheEnd = load.moves.get();
    eventually(PATIENCE, () -> assertThat(load.moves.get()).isGreaterThan(movedAtTheEnd + 5));
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
    eventually(
        PATIENCE,
        () -> {
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
}
