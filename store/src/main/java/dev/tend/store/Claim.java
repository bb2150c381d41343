package dev.tend.store;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whose a backup's folder is that is not whole: a file in it that has the uuid of the catalogue in
 * its name, and is locked for as long as its program is at work. So many can share a folder of
 * backups, and nobody takes another's for what is left of his own.
 */
final class Claim {
  private static final String NAME = "unfinished-of-";

  private final Path draft;
  private final String name;
  private volatile @Nullable FolderLock lock;

  Claim(Path draft, String catalog) {
    this.draft = draft;
    this.name = NAME + catalog;
  }

  /** Whether a folder says whose it is. */
  static boolean isOn(Path draft) throws IOException {
    return Files.isDirectory(draft)
        && Io.names(draft).stream().anyMatch(other -> other.startsWith(NAME));
  }

  private Path file() {
    return draft.resolve(name);
  }

  /** Where files cannot be locked, as on some network drives, it is left alone by all. */
  void stake() throws IOException {
    Files.createFile(file());
    Optional<FolderLock> taken;
    try {
      taken = FolderLock.tryTake(draft, name);
    } catch (IOException e) {
      return;
    }
    lock = taken.orElseThrow(() -> new FileAlreadyExistsException(file().toString()));
  }

  /**
   * Takes over what a program has left that died.
   *
   * @return whether it is of this catalogue, and nobody is at work on it
   */
  boolean inherit() throws IOException {
    if (!Files.exists(file())) {
      return false;
    }
    lock = FolderLock.tryTake(draft, name).orElse(null);
    if (lock != null && !Files.exists(file())) { // It has just become a backup.
      release();
    }
    return lock != null;
  }

  /** The folder stays, and is anybody's. */
  void giveUp() throws IOException {
    Files.deleteIfExists(file());
    release();
  }

  /** Deletes the folder, itself last: what cannot be deleted is left to the next. */
  void deleteDraft() throws IOException {
    try {
      for (String other : Io.names(draft)) {
        Path path = draft.resolve(other);
        if (!other.equals(name) && !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
          Files.deleteIfExists(path);
        }
      }
      for (String other : Io.names(draft)) {
        if (!other.equals(name)) {
          throw new FileSystemException(draft.toString(), null, "it holds a folder " + other);
        }
      }
      giveUp();
      Files.deleteIfExists(draft);
    } finally {
      release();
    }
  }

  void release() throws IOException {
    FolderLock held = lock;
    lock = null;
    if (held != null) {
      held.close();
    }
  }
}
