package dev.tend.store;

import dev.tend.todo.backup.BackupFailed;
import dev.tend.todo.backup.BackupPlace;
import dev.tend.todo.backup.Headway;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The backups of one running system, in a folder that may hold those of others. */
record BackupFolder(Path data, Marker marker, Path folder, String tend) implements BackupPlace {
  private static final System.Logger LOG = System.getLogger(BackupFolder.class.getName());
  private static final Comparator<Made> NEWEST_FIRST =
      Comparator.comparing(Made::made).thenComparing(Made::name).reversed();

  @Override
  public Made make(Instant now, boolean scheduled, Headway headway) throws BackupFailed {
    removeUnfinished();
    return new BackupMaking(folder, tend, headway)
        .make(now, scheduled, marker, Cut.running(data, marker))
        .made();
  }

  /** What is left of ours, by a program that died. */
  private void removeUnfinished() throws BackupFailed {
    for (Path left : Backup.unfinished(folder)) {
      try {
        Claim claim = claim(left);
        if (claim.inherit()) {
          claim.deleteDraft();
        } else if (!Claim.isOn(left)) {
          LOG.log(
              Level.WARNING,
              "The backup {0} was not finished and does not say of which data folder it is. If it"
                  + " is not just being made, delete it yourself.",
              left);
        }
      } catch (IOException e) { // No reason to make none.
        LOG.log(
            Level.WARNING,
            "The backup {0} was not finished and could not be deleted: {1}. If it is not just"
                + " being made, delete it yourself.",
            left,
            Io.words(e));
      }
    }
  }

  private Claim claim(Path unfinished) {
    return new Claim(unfinished, marker.catalog());
  }

  @Override
  public List<Made> finished() throws BackupFailed {
    return own().map(Backup::made).sorted(NEWEST_FIRST).toList();
  }

  private Stream<Backup> own() throws BackupFailed {
    List<Backup> own = new ArrayList<>();
    for (Path path : Backup.named(folder, "")) {
      try {
        Backup backup = Backup.open(path);
        if (backup.catalog().equals(marker.catalog())) {
          own.add(backup);
        }
      } catch (BackupFailed notOne) {
        // Not ours to judge, and not ours to delete.
      }
    }
    return own.stream();
  }

  @Override
  public void keep(int newest, Instant now) throws BackupFailed {
    Comparator<Made> ofTheFutureLast = Comparator.comparing(backup -> backup.made().isAfter(now));
    List<Made> old =
        own()
            .filter(Backup::isScheduled)
            .map(Backup::made)
            .sorted(ofTheFutureLast.thenComparing(NEWEST_FIRST))
            .skip(Math.max(newest, 1))
            .toList();
    for (Made one : old) {
      Path leaving = folder.resolve(one.name() + Draft.UNFINISHED);
      try {
        Files.move(one.path(), leaving, StandardCopyOption.ATOMIC_MOVE);
        Claim claim = claim(leaving);
        claim.stake();
        claim.deleteDraft();
      } catch (IOException e) {
        LOG.log(
            Level.WARNING,
            "The backup {0} is not kept and could not be deleted: {1}. Delete it yourself.",
            Files.exists(leaving) ? leaving : one.path(),
            Io.words(e));
      }
    }
  }
}
