package dev.tend.store;

import dev.tend.todo.backup.BackupPlace;
import dev.tend.todo.journal.ListStore;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.time.Duration;

/**
 * A folder that holds everything a server must not lose, and no other program's files: {@code
 * tend.json}, which names the rest, one file a shard, and the catalogue. It is locked for one
 * server while it is open.
 */
public final class DataFolder implements AutoCloseable {
  /** Where backups are kept in a data folder, unless said otherwise. */
  public static final String BACKUPS = "backups";

  private static final System.Logger LOG = System.getLogger(DataFolder.class.getName());

  /** For files that are closed by nobody any more, or on a disk that does not answer. */
  private static final Duration LONGEST_CLOSING = Duration.ofSeconds(10);

  private final Path path;
  private final FolderLock lock;
  private final Marker marker;
  private final OpenFiles files = new OpenFiles();
  private final ListStore store;

  private DataFolder(Path path, FolderLock lock, Marker marker) {
    this.path = path;
    this.lock = lock;
    this.marker = marker;
    this.store = new SqliteStore(path, marker, files);
  }

  /**
   * Opens a folder, and makes it first if it is missing or empty. The shard and catalogue files of
   * an existing folder are not looked at: what is wrong with one is an answer of its opening.
   *
   * @param shardsForANewFolder at least 1; without effect on an existing folder
   * @throws DataFolderException if it is in use, of a newer Tend, another program's, unusable, or
   *     missing because a restore was not finished
   */
  public static DataFolder open(Path folder, int shardsForANewFolder) throws DataFolderException {
    if (shardsForANewFolder < 1) {
      throw new IllegalArgumentException("a folder has at least one shard");
    }
    Path path = folder.toAbsolutePath().normalize();
    if (Files.exists(path) && !Files.isDirectory(path)) {
      throw new DataFolderException("%s is a file, not a folder.".formatted(path));
    }
    try {
      NewFolder fresh = new NewFolder(path);
      if (!fresh.isComplete()) {
        RestoreTraces.of(path).refuseUnfinished();
      }
      refuseLostLink(path);
      fresh.makeDirectory();
      if (!FolderLock.isThere(path)) {
        refuseForeignFiles(fresh, path);
      }
      FolderLock lock = FolderLock.take(path);
      boolean opened = false;
      try {
        if (!fresh.isComplete()) {
          fresh.refuseForeignFiles();
          fresh.fill(shardsForANewFolder);
        }
        Marker marker = Marker.read(path.resolve(Marker.NAME));
        opened = true;
        return new DataFolder(path, lock, marker);
      } finally {
        if (!opened) {
          lock.close();
        }
      }
    } catch (AccessDeniedException | ReadOnlyFileSystemException e) {
      throw new DataFolderException(
          "The data folder %s cannot be written by this user.".formatted(path), e);
    } catch (NoSuchFileException e) {
      throw new DataFolderException("The data folder %s cannot be made there.".formatted(path), e);
    } catch (IOException e) {
      throw new DataFolderException(
          "The data folder %s cannot be used: %s.".formatted(path, Io.words(e)), e);
    }
  }

  /**
   * @throws DataFolderException if it is a link to nothing
   */
  static void refuseLostLink(Path path) throws DataFolderException {
    if (Files.isSymbolicLink(path) && !Files.exists(path)) {
      throw new DataFolderException(
          "%s is a link to a folder that is not there; perhaps its disk is not mounted."
              .formatted(path));
    }
  }

  /** Looked at without the lock, so as not to put one into a folder that is not ours. */
  private static void refuseForeignFiles(NewFolder fresh, Path path)
      throws IOException, DataFolderException {
    try {
      fresh.refuseForeignFiles();
    } catch (DataFolderException foreign) {
      // With a lock there now, they are the files of a server that has just begun.
      if (!FolderLock.isThere(path)) {
        throw foreign;
      }
    }
  }

  public Path path() {
    return path;
  }

  /** The lists in this folder. */
  public ListStore store() {
    return store;
  }

  /**
   * Where backups of the system that runs on this folder are kept.
   *
   * @param to made if it is missing
   * @param tend the version of this program
   */
  public BackupPlace backups(Path to, String tend) {
    return new BackupFolder(path, marker, to.toAbsolutePath().normalize(), tend);
  }

  /** {@link #close(Duration)}, after ten seconds at most. */
  @Override
  public void close() {
    close(LONGEST_CLOSING);
  }

  /**
   * Lets another server have it, when all that was opened through {@link #store()} is closed: what
   * a process had that was killed is closed in its own time. After the longest time it says in the
   * log what is not, and no longer waits; what is written to such a file after another has opened
   * it is refused. Never throws; a second close does nothing.
   */
  public void close(Duration most) {
    if (!lock.isHeld()) {
      return;
    }
    int open = files.awaitNone(most);
    if (open > 0) {
      LOG.log(Level.WARNING, "{0} files of the data folder {1} are not closed yet", open, path);
    }
    try {
      lock.close();
    } catch (IOException e) {
      LOG.log(Level.WARNING, "The data folder " + path + " was not unlocked in order", e);
    }
  }
}
