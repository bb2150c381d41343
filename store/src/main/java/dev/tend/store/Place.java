package dev.tend.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;

/**
 * Which files stood in the place of a database and of its log at one moment. A file that is deleted
 * or replaced while it is open can still be written and synced, and is lost all the same.
 */
record Place(Path database, List<String> files) {

  static Place of(Path database) {
    return new Place(database, filesOf(database));
  }

  boolean isUnchanged() {
    return filesOf(database).equals(files);
  }

  private static List<String> filesOf(Path database) {
    return List.of(file(database), file(database.resolveSibling(database.getFileName() + "-wal")));
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
