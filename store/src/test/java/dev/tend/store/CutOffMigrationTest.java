package dev.tend.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tend.store.SqliteFile.Use;
import dev.tend.todo.journal.CatalogFile;
import dev.tend.todo.journal.ListId;
import dev.tend.todo.journal.Shard;
import dev.tend.todo.journal.Standing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sqlite.ProgressHandler;

/** A crash or an error at any moment while files of an earlier Tend are brought up to date. */
class CutOffMigrationTest {
  private static final ListId LIST = new ListId(FirstWritten.ID);

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

  /** Puts the file of that kind as it was first written, and gives its name. */
  private String firstWritten(Schema schema) throws Exception {
    return switch (schema) {
      case SHARD -> {
        String entry = "{\"id\":%d,\"date\":null,\"title\":\"t\",\"done\":false,\"notes\":\"\"}";
        FirstWritten.put(
            folder,
            "shard-1.db",
            "shard/001_journal.sql",
            FirstWritten.record(1, "added", entry.formatted(1)),
            FirstWritten.record(2, "added", entry.formatted(2)),
            FirstWritten.record(3, "deleted", "{\"id\":1}"));
        yield "shard-1.db";
      }
      case CATALOG -> {
        FirstWritten.put(folder, "catalog.db", "catalog/001_lists.sql", FirstWritten.list("Old"));
        yield "catalog.db";
      }
    };
  }

  private static void assertAsFirstWritten(Schema schema, Path file) throws Exception {
    assertThat(FirstWritten.text(file, "PRAGMA user_version")).isEqualTo("1");
    switch (schema) {
      case SHARD -> {
        assertThat(FirstWritten.text(file, "SELECT count(*) FROM journal")).isEqualTo("3");
        assertThat(tables(file, "entry")).isEqualTo("0");
      }
      case CATALOG -> {
        assertThat(FirstWritten.text(file, "SELECT count(command_id) FROM list")).isEqualTo("1");
        assertThat(tables(file, "change")).isEqualTo("0");
      }
    }
  }

  private static String tables(Path file, String name) throws Exception {
    return FirstWritten.text(
        file, "SELECT count(*) FROM sqlite_schema WHERE name = '" + name + "'");
  }

  /** Opens it as a worker does, which brings it up to date. */
  private static void assertComplete(Schema schema, Path file, String uuid) throws Exception {
    switch (schema) {
      case SHARD -> {
        try (Shard shard = SqliteFile.open(schema, file, uuid, new OpenFiles(), SqliteShard::new)) {
          assertThat(shard.standing(LIST)).isEqualTo(new Standing(3, 3, 0, List.of()));
          assertThat(shard.entries(LIST, 0, 9)).hasSize(1);
        }
      }
      case CATALOG -> {
        Use<CatalogFile> use = opened -> new SqliteCatalog(opened, 1);
        try (CatalogFile catalog = SqliteFile.open(schema, file, uuid, new OpenFiles(), use)) {
          assertThat(catalog.find("bob", "Old")).get().matches(list -> list.id().equals(LIST));
          assertThat(catalog.count()).isEqualTo(1);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void theFileIsAsItWasAndTheNextOpeningGoesThrough(Schema schema) throws Exception {
    Path file = folder.path().resolve(firstWritten(schema));
    String uuid = FirstWritten.text(file, "SELECT uuid FROM identity");

    int moments = 0;
    for (CutOff cut = new CutOff(1, file, temp); !cut.migrates(schema, uuid); cut = cut.later()) {
      moments++;
      assertAsFirstWritten(schema, file);
      assertComplete(schema, cut.crashed(), uuid);
    }
    assertThat(moments).isGreaterThan(20);
    assertComplete(schema, file, uuid);
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
    boolean migrates(Schema schema, String uuid) throws Exception {
      try (Connection connection = Sqlite.open(file)) {
        ProgressHandler.setHandler(connection, STEPS, this);
        schema.admit(connection, uuid);
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
}
