package dev.tend.store;

import dev.tend.todo.backup.BackupFailed;
import dev.tend.todo.backup.Headway;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/** Makes one backup. */
final class BackupMaking {
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("'tend-'uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private final Path to;
  private final String tend;
  private final Headway headway;

  /**
   * @param to the folder that the backup's folder comes into
   * @param tend the version of this program
   */
  BackupMaking(Path to, String tend, Headway headway) {
    this.to = to;
    this.tend = tend;
    this.headway = headway;
  }

  /** A backup of what a cut shows. */
  Backup make(Instant now, boolean scheduled, Marker marker, Cut cut) throws BackupFailed {
    try {
      return Draft.write(
          to, freeName(now), marker.catalog(), draft -> fill(draft, now, scheduled, marker, cut));
    } catch (IOException e) {
      throw new BackupFailed("No backup could be written to %s: %s.".formatted(to, Io.words(e)), e);
    } catch (SQLException e) {
      throw new BackupFailed(
          "No backup could be written to %s: %s.".formatted(to, Sqlite.reason(e)), e);
    }
  }

  private String freeName(Instant now) {
    String name = NAME.format(now);
    String free = name;
    for (int n = 2; isTaken(free); n++) {
      free = name + "-" + n;
    }
    return free;
  }

  private boolean isTaken(String name) {
    return Files.exists(to.resolve(name)) || Files.exists(to.resolve(name + Draft.UNFINISHED));
  }

  private void fill(Path draft, Instant now, boolean scheduled, Marker marker, Cut cut)
      throws BackupFailed, IOException, SQLException {
    List<String> uuids = new ArrayList<>(List.of(marker.catalog()));
    List<String> files = new ArrayList<>(List.of(Marker.CATALOG_FILE));
    for (Marker.ShardFile shard : marker.shards()) {
      uuids.add(shard.uuid());
      files.add(shard.file());
    }
    List<Snapshot> snapshots = cut.take();
    try {
      long total = snapshots.stream().mapToLong(Snapshot::size).sum();
      requireSpace(draft, total);
      long before = 0;
      for (int i = 0; i < files.size(); i++) {
        long done = before;
        Snapshot snapshot = snapshots.get(i);
        snapshot.copyTo(draft.resolve(files.get(i)), bytes -> headway.at(done + bytes, 2 * total));
        before += snapshot.size();
        snapshot.close();
      }
      List<Manifest.Part> parts = new ArrayList<>();
      for (int i = 0; i < files.size(); i++) {
        Path file = draft.resolve(files.get(i));
        long done = before;
        String hash = Sha256.of(file, bytes -> headway.at(done + bytes, 2 * total));
        parts.add(new Manifest.Part(files.get(i), uuids.get(i), Files.size(file), hash));
        before += Files.size(file);
      }
      Manifest manifest = new Manifest(tend, now, scheduled, counts(draft, files), parts);
      Io.write(draft.resolve(Manifest.NAME), manifest.bytes());
    } finally {
      closeAll(snapshots);
    }
  }

  private static void requireSpace(Path draft, long bytes) throws IOException, BackupFailed {
    long free = Files.getFileStore(draft).getUsableSpace();
    if (free < bytes) {
      throw new BackupFailed(
          "No backup could be written to %s: it needs %,d bytes, and %,d are free there."
              .formatted(draft.getParent(), bytes, free));
    }
  }

  private static Manifest.Counts counts(Path draft, List<String> files) throws SQLException {
    long entries = 0;
    long revisions = 0;
    for (String shard : files.subList(1, files.size())) {
      entries += count(draft.resolve(shard), "entry");
      revisions += count(draft.resolve(shard), "journal");
    }
    return new Manifest.Counts(count(draft.resolve(files.getFirst()), "list"), entries, revisions);
  }

  private static long count(Path file, String table) throws SQLException {
    try (Connection connection = Sqlite.openFrozen(file)) {
      return new Prepared(connection, "SELECT count(*) FROM " + table).number();
    }
  }

  static void closeAll(List<Snapshot> snapshots) throws SQLException {
    for (Snapshot snapshot : snapshots) {
      snapshot.close();
    }
  }
}
