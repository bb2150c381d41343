package dev.tend.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What restores leave beside a data folder: one that was not finished, or died, and the folders
 * that were replaced.
 */
record RestoreTraces(Path data) {
  private static final String DRAFT = ".restoring";
  private static final String REPLACED = ".replaced-";

  /** A restore that goes on, or was not finished. */
  Path draft() {
    return data.resolveSibling(data.getFileName() + DRAFT);
  }

  boolean areOfAnUnfinishedOne() {
    return Files.exists(draft());
  }

  /** Where the folder goes that is replaced at this moment. */
  Path aside(String moment) {
    return data.resolveSibling(data.getFileName() + REPLACED + moment);
  }

  /** The folders that were replaced, the oldest first. */
  List<Path> replaced() throws IOException {
    Path parent = data.getParent();
    if (parent == null || !Files.isDirectory(parent)) {
      return List.of();
    }
    return Io.names(parent).stream()
        .filter(name -> name.startsWith(data.getFileName() + REPLACED))
        .map(parent::resolve)
        .toList();
  }

  /**
   * To be asked if the data folder is not there: its restore may have died between putting the old
   * one aside and the new one in its place.
   *
   * @throws DataFolderException saying how to go on, if a restore was not finished
   */
  void refuseUnfinished() throws IOException, DataFolderException {
    if (areOfAnUnfinishedOne()) {
      List<Path> replaced = replaced();
      String otherwise =
          replaced.isEmpty()
              ? "delete %s".formatted(draft())
              : "rename %s to it to have that back".formatted(replaced.getLast());
      String backups =
          replaced.isEmpty()
              ? ""
              : Backup.keptIn(replaced.getLast())
                  .map(" (the backups are in %s now)"::formatted)
                  .orElse("");
      throw new DataFolderException(
          "A restore of the data folder %s was not finished: run tend restore again%s, or %s."
              .formatted(data, backups, otherwise));
    }
  }

  /** Nothing else than what a restore has put there is ever deleted. */
  void removeDraft() throws IOException, DataFolderException {
    if (!areOfAnUnfinishedOne()) {
      return;
    }
    for (String name : Io.names(draft())) {
      if (!name.matches("(catalog|shard-[0-9]+)\\.db(-wal|-shm|-journal)?|tend\\.json")) {
        throw new DataFolderException(
            "The folder %s is in the way: please move it elsewhere.".formatted(draft()));
      }
    }
    Io.delete(draft());
  }
}
