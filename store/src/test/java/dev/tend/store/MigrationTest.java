package dev.tend.store;

import static dev.tend.store.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tend.todo.journal.CatalogEntry;
import dev.tend.todo.journal.CatalogFile;
import dev.tend.todo.journal.CatalogPlace;
import dev.tend.todo.journal.CatalogWish;
import dev.tend.todo.journal.Catalogued;
import dev.tend.todo.journal.JournalRecord;
import dev.tend.todo.journal.ListId;
import dev.tend.todo.journal.Origin;
import dev.tend.todo.journal.Shard;
import dev.tend.todo.journal.Standing;
import dev.tend.todo.list.Change;
import dev.tend.todo.list.TodoList;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.ProgressHandler;

/** Files that an earlier Tend has written. */
class MigrationTest {
  private static final String ID = "0123456789abcdef0123456789abcdef";

  @TempDir Path temp;
  private DataFolder folder;

  @BeforeEach
  void open() throws Exception {
    folder = DataFolder.open(temp.resolve("data"), 1);
  }

  @AfterEach
  void close() {
    folder.close();
  }

  /** Puts a file of schema 1 in a file's place. */
  private void asFirstWritten(String name, String script, String... rows) throws Exception {
    Path file = folder.path().resolve(name);
    String identity;
    int application;
    try (Connection current = Sqlite.open(file);
        Statement sql = current.createStatement()) {
      identity = text(sql, "SELECT uuid FROM identity");
      application = Integer.parseInt(text(sql, "PRAGMA application_id"));
    }
    for (String suffix : List.of("", "-wal", "-shm")) {
      Files.deleteIfExists(folder.path().resolve(name + suffix));
    }
    try (Connection first = Sqlite.create(file);
        Statement sql = first.createStatement();
        InputStream in = Schema.class.getResourceAsStream("migration/" + script)) {
      sql.executeUpdate(new String(in.readAllBytes(), StandardCharsets.UTF_8));
      sql.executeUpdate("PRAGMA application_id = " + application);
      sql.executeUpdate("PRAGMA user_version = 1");
      sql.executeUpdate("INSERT INTO identity VALUES (1, '" + identity + "', 7)");
      for (String row : rows) {
        sql.executeUpdate(row);
      }
      Sqlite.useWal(sql);
    }
  }

  private static String text(Statement sql, String query) throws Exception {
    try (ResultSet row = sql.executeQuery(query)) {
      return row.getString(1);
    }
  }

  @Test
  void theListsOfTheFirstCatalogueAreThereAndTheirCommandsAreRemembered() throws Exception {
    asFirstWritten(
        "catalog.db",
        "catalog/001_lists.sql",
        "INSERT INTO list VALUES (3, '" + ID + "', 'bob', 'Old', 1, 'abc', 1, 5, 'c1', 'h')");
    try (CatalogFile catalog = folder.store().openCatalog()) {
      CatalogEntry old = catalog.find("bob", "Old").orElseThrow();
      assertThat(old.id()).isEqualTo(new ListId(ID));
      assertThat(old.isDeleted()).isFalse();
      assertThat(catalog.page("bob", false, CatalogPlace.BEGIN, 9)).containsExactly(old);
      assertThat(catalog.containing("bob", false, "OLD", CatalogPlace.BEGIN, 9))
          .contains(List.of(old));
      Origin origin = new Origin("bob", "api", "c1", "h");
      CatalogWish again = new CatalogWish.NewList("bob", "Old", NOON, origin, false);
      assertThat(catalog.commit(List.of(again))).containsExactly(new Catalogued.Repeated(old));
      assertThat(catalog.epoch()).isEqualTo(8);
    }
  }

  @Test
  void theRecordsOfTheFirstJournalHaveAnEntryHistory() throws Exception {
    asFirstWritten(
        "shard-1.db",
        "shard/001_journal.sql",
        row(1, "added", "{\"id\":1,\"date\":null,\"title\":\"a\",\"done\":false,\"notes\":\"\"}"),
        row(2, "added", "{\"id\":2,\"date\":null,\"title\":\"b\",\"done\":false,\"notes\":\"\"}"),
        row(3, "deleted", "{\"id\":1}"),
        row(4, "cleared", "{}"));
    try (Shard shard = folder.store().openShard(1)) {
      assertThat(shard.read(new ListId(ID), 0, 9)).hasSize(4);
      assertThat(shard.history(new ListId(ID), 1, 9, 9))
          .extracting(record -> record.change().getClass().getSimpleName())
          .containsExactly("Deleted", "Added");
      assertThat(shard.history(new ListId(ID), 0, 4, 2).getFirst().change())
          .isEqualTo(new Change.Deleted(1));
    }
  }

  @Test
  void theStateOfListsIsMadeOfTheFirstJournal() throws Exception {
    String entry = "{\"id\":%d,\"date\":%s,\"title\":\"%s\",\"done\":%s,\"notes\":\"\"}";
    asFirstWritten(
        "shard-1.db",
        "shard/001_journal.sql",
        row(1, "added", entry.formatted(1, "null", "gone", "false")),
        row(2, "cleared", "{}"),
        row(3, "added", entry.formatted(2, "null", "deleted", "false")),
        row(4, "added", entry.formatted(3, "\"2026-11-22\"", "first", "false")),
        row(5, "updated", entry.formatted(3, "\"2026-11-23\"", "it''s \\u00e9", "true")),
        row(6, "deleted", "{\"id\":2}"),
        row(7, "added", entry.formatted(4, "null", "last", "false")));
    ListId list = new ListId(ID);
    try (Shard shard = folder.store().openShard(1)) {
      TodoList replayed = TodoList.empty();
      for (JournalRecord record : shard.read(list, 0, 9)) {
        replayed = replayed.apply(record.change());
      }
      assertThat(shard.entries(list, 0, 9)).containsExactlyElementsOf(replayed.entries());
      assertThat(shard.entries(list, 0, 9)).hasSize(2);
      assertThat(shard.standing(list)).isEqualTo(new Standing(7, 5, 0, List.of()));
      assertThat(shard.head(list)).isEqualTo(7);
    }
  }

  /**
   * A crash or an error at any moment: the file is as it was, and the next opening goes through.
   */
  @Test
  void aMigrationThatIsCutOffAnywhereIsDoneAgainFromTheBeginning() throws Exception {
    String entry = "{\"id\":%d,\"date\":null,\"title\":\"t\",\"done\":false,\"notes\":\"\"}";
    asFirstWritten(
        "shard-1.db",
        "shard/001_journal.sql",
        row(1, "added", entry.formatted(1)),
        row(2, "added", entry.formatted(2)),
        row(3, "deleted", "{\"id\":1}"));
    Path file = folder.path().resolve("shard-1.db");
    String uuid;
    try (Connection connection = Sqlite.open(file);
        Statement sql = connection.createStatement()) {
      uuid = text(sql, "SELECT uuid FROM identity");
    }

    int moments = 0;
    for (CutOff cut = new CutOff(1, file, temp); true; cut = cut.later()) {
      boolean done = cut.migrate(uuid);
      if (done) {
        break;
      }
      moments++;
      try (Connection connection = Sqlite.open(file);
          Statement sql = connection.createStatement()) {
        assertThat(text(sql, "PRAGMA user_version")).isEqualTo("1");
        assertThat(text(sql, "SELECT count(*) FROM journal")).isEqualTo("3");
        assertThat(text(sql, "SELECT count(*) FROM sqlite_schema WHERE name = 'entry'"))
            .isEqualTo("0");
      }
      try (Shard shard = SqliteFile.open(Schema.SHARD, cut.crashed(), uuid, SqliteShard::new)) {
        assertThat(shard.standing(new ListId(ID))).isEqualTo(new Standing(3, 3, 0, List.of()));
        assertThat(shard.entries(new ListId(ID), 0, 9)).hasSize(1);
      }
    }
    assertThat(moments).isGreaterThan(20);
    try (Shard shard = folder.store().openShard(1)) {
      assertThat(shard.entries(new ListId(ID), 0, 9)).hasSize(1);
    }
  }

  /** Ends a migration at its n-th moment, and keeps the files as a crash at it would leave them. */
  private static final class CutOff extends ProgressHandler {
    private static final int STEPS = 5;

    private final int at;
    private final Path file;
    private final Path temp;
    private int moment;

    CutOff(int at, Path file, Path temp) {
      this.at = at;
      this.file = file;
      this.temp = temp;
    }

    CutOff later() {
      return new CutOff(at + 1, file, temp);
    }

    Path crashed() {
      return temp.resolve("crashed-" + at + ".db");
    }

    /** Whether it went through. */
    boolean migrate(String uuid) throws Exception {
      try (Connection connection = Sqlite.open(file)) {
        ProgressHandler.setHandler(connection, STEPS, this);
        Schema.SHARD.admit(connection, uuid);
        return true;
      } catch (SQLException e) {
        assertThat(e.getMessage()).contains("SQLITE_INTERRUPT");
        return false;
      }
    }

    @Override
    protected int progress() {
      moment++;
      if (moment < at) {
        return 0;
      }
      try {
        for (String suffix : List.of("", "-wal")) {
          Path from = file.resolveSibling(file.getFileName() + suffix);
          if (Files.exists(from)) {
            Files.copy(from, temp.resolve(crashed().getFileName() + suffix));
          }
        }
        return 1;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static String row(int revision, String kind, String payload) {
    return "INSERT INTO journal VALUES ('%s', %d, 5, 'bob', 'api', 'c%d', 'h', '%s', '%s')"
        .formatted(ID, revision, revision, kind, payload);
  }
}
