package dev.tend.store;

import dev.tend.todo.backup.BackupFailed;
import dev.tend.todo.backup.BackupPlace;
import dev.tend.todo.backup.Headway;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The backups of one running system, in a folder of their own. */
record BackupFolder(Path data, Marker marker, Path folder, String tend) implements BackupPlace {
  @Override
  public Made make(Instant now, Headway headway) throws BackupFailed {
    removeUnfinished();
    return new BackupMaking(folder, tend, headway)
        .make(now, marker, Cut.running(data, marker))
        .made();
  }

  /** Of a server that died; only one makes backups here. */
  private void removeUnfinished() throws BackupFailed {
    for (Path left : Backup.unfinished(folder)) {
      remove(left);
    }
  }

  @Override
  public List<Made> finished() throws BackupFailed {
    List<Made> finished = new ArrayList<>();
    for (Path path : Backup.named(folder, "")) {
      try {
        finished.add(Backup.open(path).made());
      } catch (BackupFailed notOne) {
        // Not ours to judge, and not ours to delete.
      }
    }
    finished.sort(Comparator.comparing(Made::made).thenComparing(Made::name).reversed());
    return List.copyOf(finished);
  }

  @Override
  public void keep(int newest, Instant now) throws BackupFailed {
    List<Made> byAge = new ArrayList<>(finished());
    byAge.sort(Comparator.comparing(backup -> backup.made().isAfter(now)));
    for (Made old : byAge.stream().skip(Math.max(newest, 1)).toList()) {
      Path leaving = folder.resolve(old.name() + Draft.UNFINISHED);
      try {
        Files.move(old.path(), leaving, StandardCopyOption.ATOMIC_MOVE);
      } catch (IOException e) {
        throw Backup.unusable(folder, e);
      }
      remove(leaving);
    }
  }

  private void remove(Path backup) throws BackupFailed {
    try {
      Io.delete(backup);
    } catch (IOException e) {
      throw Backup.unusable(folder, e);
    }
  }
}
