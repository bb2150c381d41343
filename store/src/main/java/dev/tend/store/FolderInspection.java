package dev.tend.store;

import dev.tend.todo.backup.Headway;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Looks whether the files of a folder are sound and agree with each other: SQLite's own check of
 * each, journals without gaps, current state as the journals make it, each list in the catalogue
 * and in the shard that it names. Memory does not depend on how much there is.
 */
final class FolderInspection {
  private final Path folder;
  private final Marker marker;
  private final Opening opening;

  /** How a file is opened for reading. */
  interface Opening {
    Connection open(Path file) throws SQLException;
  }

  FolderInspection(Path folder, Marker marker, Opening opening) {
    this.folder = folder;
    this.marker = marker;
    this.opening = opening;
  }

  /**
   * Something that is wrong.
   *
   * @param what a sentence without its full stop
   * @param isNewer whether it is wrong only for a Tend as old as this one
   */
  record Problem(String what, boolean isNewer) {}

  private record Opened(String file, int shard, Connection connection) {}

  /**
   * @param problem told each
   */
  void run(Consumer<Problem> problem, Headway headway) {
    List<Opened> shards = new ArrayList<>();
    @Nullable Opened catalog = null;
    try {
      // The shards' moment first: a list is in the catalogue before it is in a shard.
      for (Marker.ShardFile shard : marker.shards()) {
        Opened opened = open(Schema.SHARD, shard.file(), shard.uuid(), shard.number(), problem);
        if (opened != null) {
          shards.add(opened);
        }
      }
      catalog = open(Schema.CATALOG, Marker.CATALOG_FILE, marker.catalog(), 0, problem);
      inspect(shards, catalog, what -> problem.accept(new Problem(what, false)), headway);
    } finally {
      if (catalog != null) {
        close(catalog);
      }
      shards.forEach(FolderInspection::close);
    }
  }

  private @Nullable Opened open(
      Schema schema, String file, String uuid, int shard, Consumer<Problem> problem) {
    try {
      Connection connection = opening.open(folder.resolve(file));
      Opened opened = new Opened(file, shard, connection);
      boolean ours = false;
      try {
        schema.recognise(connection, uuid);
        new Prepared(connection, "BEGIN").run();
        new Prepared(connection, "SELECT epoch FROM identity").number();
        ours = true;
        return opened;
      } finally {
        if (!ours) {
          close(opened);
        }
      }
    } catch (SQLException e) {
      String what = file + " cannot be used: " + Sqlite.reason(e);
      problem.accept(new Problem(what, e instanceof Newer));
      return null;
    }
  }

  private void inspect(
      List<Opened> shards, @Nullable Opened catalog, Consumer<String> problem, Headway headway) {
    if (catalog != null) {
      try {
        isIntact(catalog, problem);
        agree(catalog.connection(), problem);
      } catch (SQLException e) {
        problem.accept(catalog.file() + " cannot be read: " + Sqlite.reason(e));
      }
    }
    long all = marker.shards().size() * 1_000L;
    for (Opened shard : shards) {
      try {
        if (isIntact(shard, problem)) {
          long before = (shard.shard() - 1) * 1_000L;
          new ShardInspection(
                  shard.file(),
                  shard.shard(),
                  shard.connection(),
                  catalog == null ? null : catalog.connection(),
                  problem)
              .run(permille -> headway.at(before + permille, all));
        }
      } catch (SQLException e) {
        problem.accept(shard.file() + " cannot be read: " + Sqlite.reason(e));
      }
    }
  }

  private static boolean isIntact(Opened file, Consumer<String> problem) throws SQLException {
    List<String> found =
        new Prepared(file.connection(), "PRAGMA integrity_check(5)").rows(row -> row.getString(1));
    if (found.equals(List.of("ok"))) {
      return true;
    }
    problem.accept(
        file.file() + " is corrupt: " + found.getFirst().lines().findFirst().orElse("?"));
    return false;
  }

  private void agree(Connection catalog, Consumer<String> problem) throws SQLException {
    long strayed =
        new Prepared(catalog, "SELECT count(*) FROM list WHERE shard NOT BETWEEN 1 AND ?")
            .number(marker.shards().size());
    if (strayed > 0) {
      problem.accept("%d lists are in shards that do not exist".formatted(strayed));
    }
    new Prepared(
            catalog,
            """
            SELECT id FROM list
            WHERE revision <> (SELECT max(revision) FROM change WHERE change.list = list.id)
              OR revision <> (SELECT count(*) FROM change WHERE change.list = list.id)
            LIMIT 5\
            """)
        .rows(row -> row.getString(1))
        .forEach(
            id -> problem.accept("the catalogue's changes of list %s have a gap".formatted(id)));
  }

  private static void close(Opened file) {
    try {
      file.connection().close();
    } catch (SQLException e) {
      // It was only read.
    }
  }
}
