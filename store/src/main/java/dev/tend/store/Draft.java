package dev.tend.store;

import dev.tend.todo.backup.BackupFailed;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A backup's folder while it is written: it has another name, and gets its own when all is there
 * and synced. Of one that fails, or whose program is ended by Ctrl-C or SIGTERM, nothing is left.
 */
final class Draft {
  static final String UNFINISHED = ".unfinished";

  private final Path path;
  private final Claim claim;
  private boolean ending;

  private Draft(Path path, String catalog) {
    this.path = path;
    this.claim = new Claim(path, catalog);
  }

  /** Writes and syncs all files of a backup. */
  interface Filling<E extends Exception> {
    void into(Path draft) throws BackupFailed, IOException, E;
  }

  /**
   * Makes the folder of this name, and the one that it is in if need be.
   *
   * @param catalog the uuid of the catalogue whose backup it is
   */
  static <E extends Exception> Backup write(
      Path folder, String name, String catalog, Filling<E> filling)
      throws BackupFailed, IOException, E {
    NewFolder.makeDirectory(folder);
    Draft draft = new Draft(folder.resolve(name + UNFINISHED), catalog);
    Io.createPrivate(draft.path);
    Thread end = Thread.ofPlatform().unstarted(draft::end);
    boolean whole = false;
    try {
      atExit(end);
      draft.claim.stake();
      filling.into(draft.path);
      draft.claim.giveUp();
      Io.sync(draft.path);
      draft.becomes(folder.resolve(name));
      whole = true;
      Io.sync(folder);
      return Backup.open(folder.resolve(name));
    } catch (IOException e) {
      if (draft.isEnding()) {
        throw ended(e);
      }
      throw e;
    } finally {
      notAtExit(end);
      if (!whole) {
        draft.delete();
      }
    }
  }

  private static void atExit(Thread end) throws BackupFailed {
    try {
      Runtime.getRuntime().addShutdownHook(end);
    } catch (IllegalStateException ending) {
      throw ended(ending);
    }
  }

  private static void notAtExit(Thread end) {
    try {
      Runtime.getRuntime().removeShutdownHook(end);
    } catch (IllegalStateException ending) {
      // It is deleting, or has.
    }
  }

  private static BackupFailed ended(Exception e) {
    return new BackupFailed("The backup was broken off, for this program is ending.", e);
  }

  /** Not while it is deleted: that would leave a part of it under its name. */
  private synchronized void becomes(Path whole) throws IOException {
    if (ending) {
      throw new NoSuchFileException(path.toString());
    }
    Files.move(path, whole, StandardCopyOption.ATOMIC_MOVE);
  }

  private synchronized boolean isEnding() {
    return ending;
  }

  private synchronized void ending() {
    ending = true;
  }

  private void end() {
    ending();
    try {
      delete();
    } catch (IOException e) {
      // There is nobody left to tell; who makes the next backup there is told of what is left.
    }
  }

  /**
   * Whoever writes into it may begin another file meanwhile, but no more once it is gone. From then
   * on there may be another's of its name. Where a file that is open stays, as on NFS, so does the
   * folder.
   */
  private void delete() throws IOException {
    claim.release();
    for (int tries = 0; tries < 100 && Files.exists(path); tries++) {
      try {
        Io.delete(path);
        return;
      } catch (DirectoryNotEmptyException | NoSuchFileException changed) {
        // By the other of the two that delete it, or by who writes.
      }
    }
  }
}
