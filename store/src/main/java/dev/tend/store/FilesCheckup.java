package dev.tend.store;

import dev.tend.store.Checkup.Finding;
import dev.tend.todo.backup.Headway;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The part of a {@link Checkup} that looks at what the folder's marker names. */
final class FilesCheckup {
  private static final long LEAST_FREE = 100L << 20;

  private final Path data;
  private final Marker marker;
  private final Consumer<Finding> found;

  /**
   * @param found told each finding
   */
  FilesCheckup(Path data, Marker marker, Consumer<Finding> found) {
    this.data = data;
    this.marker = marker;
    this.found = found;
  }

  void run(Headway headway) throws IOException {
    boolean isServed = isServed();
    allowed();
    space();
    if (!isServed) {
      leftOver();
    }
    new FolderInspection(data, marker, Sqlite::openReading)
        .run(
            problem ->
                found.accept(
                    Finding.wrong("Something is wrong: " + problem.what() + ".", remedy(problem))),
            headway);
  }

  /** A backup in the place of what only this program cannot read would lose changes. */
  private String remedy(FolderInspection.Problem problem) {
    return problem.isNewer() ? "Start the newer Tend that wrote it." : Checkup.fromBackup(data);
  }

  private boolean isServed() throws IOException {
    if (!FolderLock.isThere(data)) {
      return false;
    }
    try {
      FolderLock.take(data).close();
      return false;
    } catch (DataFolderException inUse) {
      found.accept(Finding.toKnow("A server is running on %s.".formatted(data), ""));
      return true;
    }
  }

  private List<Path> files() {
    return marker.files().map(data::resolve).filter(Files::exists).toList();
  }

  private void allowed() {
    Stream.concat(Stream.of(data), files().stream())
        .filter(path -> !Files.isReadable(path) || !Files.isWritable(path))
        .map(path ->
            Finding.wrong(
                "This user may not read and write %s.".formatted(path),
                "Give it to the user that the server runs as, or run this as that user."))
        .forEach(found);
  }

  private void space() throws IOException {
    long size = 0;
    for (Path file : files()) {
      size += Files.size(file);
    }
    space(data, size, Files.getFileStore(data).getUsableSpace()).ifPresent(found);
  }

  static Optional<Finding> space(Path data, long size, long free) {
    if (free < LEAST_FREE) {
      return Optional.of(
          Finding.wrong(
              "Only %,d bytes are free on the disk of %s.".formatted(free, data),
              "Make room: when the disk is full no change can be saved."));
    }
    return free < 2 * size
        ? Optional.of(
            Finding.toKnow(
                "%,d bytes are free on the disk of %s, and the lists have %,d."
                    .formatted(free, data, size),
                "A backup needs as much room as the lists have: keep it elsewhere."))
        : Optional.empty();
  }

  private void leftOver() throws IOException {
    for (String file : marker.files().filter(name -> name.endsWith(".db-wal")).toList()) {
      if (Files.exists(data.resolve(file)) && Files.size(data.resolve(file)) > 0) {
        found.accept(
            Finding.toKnow(
                "%s is there: the server was not stopped in order.".formatted(file),
                "Nothing is lost, and nothing is to be done; never delete it."));
      }
    }
    Path backups = data.resolve(DataFolder.BACKUPS);
    if (Files.isDirectory(backups)) {
      for (String name : Io.names(backups)) {
        if (name.endsWith(Draft.UNFINISHED)) {
          found.accept(
              Finding.toKnow(
                  "%s is a backup that was not finished.".formatted(backups.resolve(name)),
                  "If none is being made, you may delete it; the server removes its own."));
        }
      }
    }
  }
}
