package dev.tend.store;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What restores leave beside a data folder: one that was not finished, or died, and the folders
 * that were replaced.
 */
record RestoreTraces(Path data) {
  private static final String DRAFT = ".restoring";
  private static final String REPLACED = ".replaced-";

  /** They are beside the folder itself, where what is named is a link to it. */
  static RestoreTraces of(Path data) {
    return new RestoreTraces(Io.behindLink(data));
  }

  /** A restore that goes on, or was not finished. */
  Path draft() {
    return data.resolveSibling(data.getFileName() + DRAFT);
  }

  boolean areOfAnUnfinishedOne() {
    return Files.exists(draft());
  }

  /** Of one that was killed the lock is there, and free. */
  boolean areOfOneThatGoesOn() throws IOException {
    if (!FolderLock.isThere(draft())) {
      return false;
    }
    try {
      Optional<FolderLock> lock = lockDraft();
      if (lock.isPresent()) {
        lock.get().close();
      }
      return lock.isEmpty();
    } catch (NoSuchFileException e) { // It has ended.
      return false;
    }
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
   * @throws DataFolderException if a restore goes on; or was not finished, saying how to go on
   */
  void refuseUnfinished() throws IOException, DataFolderException {
    if (areOfOneThatGoesOn()) {
      throw new DataFolderException("A restore of the data folder %s is going on.".formatted(data));
    }
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

  /**
   * Makes the draft, or empties what one is left of. Nothing else than what a restore has put there
   * is ever deleted.
   *
   * @return the right to it, which goes along when it is renamed
   */
  FolderLock takeDraft() throws IOException, DataFolderException {
    try {
      Io.createPrivate(draft());
    } catch (FileAlreadyExistsException left) {
      written();
    }
    FolderLock lock =
        lockDraft(StandardOpenOption.CREATE)
            .orElseThrow(() ->
                new DataFolderException("Another restore into %s is going on.".formatted(data)));
    boolean empty = false;
    try {
      for (String name : written()) {
        Files.delete(draft().resolve(name));
      }
      empty = true;
      return lock;
    } finally {
      if (!empty) {
        lock.close();
      }
    }
  }

  private Optional<FolderLock> lockDraft(OpenOption... options) throws IOException {
    return FolderLock.tryTake(draft(), FolderLock.NAME, options);
  }

  /** What is in the draft besides its lock. */
  private List<String> written() throws IOException, DataFolderException {
    List<String> names = new ArrayList<>(Io.names(draft()));
    names.remove(FolderLock.NAME);
    for (String name : names) {
      if (!name.matches("(catalog|shard-[0-9]+)\\.db(-wal|-shm|-journal)?|tend\\.json")) {
        throw new DataFolderException(
            "The folder %s is in the way: please move it elsewhere.".formatted(draft()));
      }
    }
    return names;
  }
}
