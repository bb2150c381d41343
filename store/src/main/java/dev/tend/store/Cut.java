package dev.tend.store;

import dev.tend.todo.Hindrance;
import dev.tend.todo.Standstill;
import dev.tend.todo.Stored;
import dev.tend.todo.backup.BackupFailed;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** All files of a folder as they were at one moment, the catalogue's first. */
@FunctionalInterface
interface Cut {
  /** A killed worker is back within moments, and a slow commit is over some time. */
  int ATTEMPTS = 10;

  List<Snapshot> take() throws BackupFailed;

  /** Of files that nobody writes. */
  static Cut resting(Path folder, Marker marker) {
    return () -> {
      try {
        return snapshots(folder, marker);
      } catch (SQLException e) {
        throw new BackupFailed(sentence(folder, Sqlite.reason(e)), e);
      }
    };
  }

  /** Of the files of the running system, which is held for the moment of the cut. */
  static Cut running(Path folder, Marker marker) {
    return () -> {
      String reason = "";
      for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
        switch (Standstill.begin(marker.shards().size())) {
          case Stored.Done<Standstill>(long _, Standstill standstill) -> {
            try (standstill) {
              List<Snapshot> snapshots = snapshots(folder, marker);
              if (isOneMoment(snapshots, standstill)) {
                return snapshots;
              }
              BackupMaking.closeAll(snapshots);
              reason = "its parts did not stand still long enough";
            } catch (SQLException e) {
              reason = Sqlite.reason(e);
            }
          }
          case Stored.Unavailable<Standstill>(Hindrance why) -> reason = why.sentence();
          case Stored.Unknown<Standstill>(Hindrance why) -> reason = why.sentence();
        }
        pause(attempt);
      }
      throw new BackupFailed(sentence(folder, reason));
    };
  }

  private static String sentence(Path folder, String reason) {
    return "No backup of %s could be made: %s.".formatted(folder, reason);
  }

  private static void pause(int attempt) throws BackupFailed {
    try {
      Thread.sleep(50L * attempt);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BackupFailed("The backup was stopped.", e);
    }
  }

  private static boolean isOneMoment(List<Snapshot> snapshots, Standstill standstill) {
    boolean same = snapshots.getFirst().epoch() == standstill.catalogEpoch();
    for (int shard = 1; shard < snapshots.size(); shard++) {
      same = same && snapshots.get(shard).epoch() == standstill.shardEpoch(shard);
    }
    return same && standstill.lasts();
  }

  private static List<Snapshot> snapshots(Path folder, Marker marker) throws SQLException {
    List<Snapshot> snapshots = new ArrayList<>();
    boolean all = false;
    try {
      snapshots.add(
          Snapshot.open(Schema.CATALOG, folder.resolve(Marker.CATALOG_FILE), marker.catalog()));
      for (Marker.ShardFile shard : marker.shards()) {
        snapshots.add(Snapshot.open(Schema.SHARD, folder.resolve(shard.file()), shard.uuid()));
      }
      all = true;
      return snapshots;
    } finally {
      if (!all) {
        BackupMaking.closeAll(snapshots);
      }
    }
  }
}
