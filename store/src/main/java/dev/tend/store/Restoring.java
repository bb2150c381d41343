package dev.tend.store;

import dev.tend.todo.backup.BackupFailed;
import dev.tend.todo.backup.Headway;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A backup on its way to be a data folder: made beside it, and renamed when all is synced. */
final class Restoring {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private final Backup backup;
  private final Path data;
  private final RestoreTraces traces;
  private final boolean replace;
  private final Instant now;

  Restoring(Backup backup, Path data, boolean replace, Instant now) {
    this.backup = backup;
    this.data = data;
    this.traces = new RestoreTraces(data);
    this.replace = replace;
    this.now = now;
  }

  Path run(Headway headway) throws BackupFailed, DataFolderException {
    refuseFullFolder();
    backup.verify((done, all) -> headway.at(done, 2 * all));
    Path parent = Objects.requireNonNull(data.getParent());
    Path draft = traces.draft();
    try {
      NewFolder.makeDirectory(parent);
      try (FolderLock _ = traces.takeDraft()) {
        boolean done = false;
        try {
          new BackupCopy(backup).files(draft, (at, all) -> headway.at(all + at, 2 * all));
          renew(draft.resolve(Marker.CATALOG_FILE));
          backup.manifest().marker().write(draft.resolve(Marker.NAME));
          Io.sync(draft);
          Path replaced = put(draft);
          done = true;
          Io.sync(parent);
          if (!replaced.equals(data)) {
            Backup.keptIn(replaced).ifPresent(this::bring);
          }
          return replaced;
        } finally {
          if (!done) {
            Io.delete(draft);
          }
        }
      }
    } catch (IOException e) {
      throw new DataFolderException(
          "The data folder %s could not be made: %s.".formatted(data, Io.words(e)), e);
    } catch (SQLException e) {
      throw new DataFolderException(
          "The data folder %s could not be made: %s.".formatted(data, Sqlite.reason(e)), e);
    }
  }

  /** The last step: if it is not done, the backups are in what was replaced, which is told. */
  private void bring(Path backups) {
    try {
      Files.move(backups, data.resolve(DataFolder.BACKUPS), StandardCopyOption.ATOMIC_MOVE);
      Io.sync(data);
      Io.sync(Objects.requireNonNull(backups.getParent()));
    } catch (IOException e) {
      // They may be on a disk of their own.
    }
  }

  private void refuseFullFolder() throws DataFolderException {
    try {
      if (Files.exists(data) && !Files.isDirectory(data)) {
        throw new DataFolderException("%s is a file, not a folder.".formatted(data));
      }
      if (!replace && Files.exists(data) && !Io.names(data).isEmpty()) {
        throw new DataFolderException(
            "The folder %s is not empty; with --replace it is kept under another name."
                .formatted(data));
      }
    } catch (IOException e) {
      throw new DataFolderException(
          "The data folder %s cannot be used: %s.".formatted(data, Io.words(e)), e);
    }
  }

  /** Whoever has seen a list before the restore must not take it for the same. */
  private void renew(Path catalog) throws SQLException {
    try (Connection connection = Sqlite.open(catalog);
        Statement sql = connection.createStatement()) {
      Schema.CATALOG.admit(connection, backup.manifest().marker().catalog());
      Sqlite.useWal(sql);
      sql.executeUpdate("BEGIN IMMEDIATE");
      sql.executeUpdate("UPDATE list SET incarnation = lower(hex(randomblob(4)))");
      sql.executeUpdate("COMMIT");
    }
  }

  private Path put(Path draft) throws IOException, DataFolderException {
    refuseFullFolder(); // A server may have begun there while the backup was verified.
    if (!Files.exists(data) || Io.names(data).isEmpty()) {
      Files.move(draft, data, StandardCopyOption.ATOMIC_MOVE);
      return data;
    }
    @Nullable FolderLock lock = FolderLock.isThere(data) ? FolderLock.take(data) : null;
    try {
      Path aside = traces.aside(TIME.format(now));
      if (Files.exists(aside)) {
        throw new DataFolderException("There is already a folder %s.".formatted(aside));
      }
      Files.move(data, aside, StandardCopyOption.ATOMIC_MOVE);
      boolean put = false;
      try {
        Files.move(draft, data, StandardCopyOption.ATOMIC_MOVE);
        put = true;
      } finally {
        if (!put) {
          Files.move(aside, data, StandardCopyOption.ATOMIC_MOVE);
        }
      }
      return aside;
    } finally {
      if (lock != null) {
        lock.close();
      }
    }
  }
}
