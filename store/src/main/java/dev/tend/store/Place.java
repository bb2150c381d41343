package dev.tend.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which files stood in the place of a database and of its log at one moment. A file that is deleted
 * or replaced while it is open can still be written and synced, and is lost all the same.
 *
 * <p>Implementation note. A file that is looked at before each commit has its time written by each
 * sync: on Linux one more write to the disk (record 0106). So the folder's time is looked at
 * instead, which changes with what is created, deleted or renamed there; the files only if it has,
 * or has so lately that it may not show the next change. Used by one thread at a time.
 */
final class Place {
  /** More than the coarsest clock by which a file system tells two changes apart. */
  private static final Duration LATELY = Duration.ofSeconds(3);

  private final Path database;
  private final Path folder;
  private final Path log;
  private final List<String> files;

  /** The folder's time before the last look at the files, if it will be another after a change. */
  private @Nullable FileTime quiet;

  private Place(Path database) {
    this.database = database;
    this.folder = database.resolveSibling("");
    this.log = database.resolveSibling(database.getFileName() + "-wal");
    this.files = files();
  }

  static Place of(Path database) {
    return new Place(database.toAbsolutePath());
  }

  boolean isUnchanged() {
    FileTime changed = folderTime();
    if (changed != null && changed.equals(quiet)) {
      return true;
    }
    boolean unchanged = files().equals(files);
    quiet = unchanged && changed != null && isPast(changed) ? changed : null;
    return unchanged;
  }

  private static boolean isPast(FileTime time) {
    return System.currentTimeMillis() - time.toMillis() > LATELY.toMillis();
  }

  private @Nullable FileTime folderTime() {
    try {
      return Files.getLastModifiedTime(folder);
    } catch (IOException e) {
      return null;
    }
  }

  private List<String> files() {
    return List.of(file(database), file(log));
  }

  /** Where the system has no keys for files, all that are there are the same. */
  private static String file(Path path) {
    try {
      return "file " + Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    } catch (IOException e) {
      return "none";
    }
  }
}
