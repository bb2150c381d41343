package dev.tend.store;

import dev.tend.todo.backup.Headway;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Looks over a data folder, whether a server runs on it or not, and says in plain words what is
 * wrong and what to do. It changes nothing.
 */
public final class Checkup {
  private static final long LEAST_FREE = 100L << 20;
  private static final String FROM_BACKUP =
      "Stop the server, look for the newest good backup with: tend verify <backup>, and bring it"
          + " back with: tend restore <backup> --data %s --replace";

  private final Path data;
  private final RestoreTraces traces;
  private final Headway headway;
  private final List<Finding> findings = new ArrayList<>();

  /**
   * Something to know.
   *
   * @param isWrong whether the folder is not as it should be
   * @param what a sentence
   * @param remedy what to do: a sentence; empty if there is nothing to do
   */
  public record Finding(boolean isWrong, String what, String remedy) {}

  private Checkup(Path data, Headway headway) {
    this.data = data;
    this.traces = new RestoreTraces(data);
    this.headway = headway;
  }

  /** All that is worth saying, what is wrong first. */
  public static List<Finding> of(Path folder, Headway headway) {
    Checkup checkup = new Checkup(folder.toAbsolutePath().normalize(), headway);
    try {
      checkup.run();
    } catch (IOException e) {
      checkup.wrong(
          "The folder %s cannot be read: %s.".formatted(checkup.data, Io.words(e)),
          "Run this as the user that the server runs as.");
    }
    return checkup.findings.stream()
        .sorted((a, b) -> Boolean.compare(b.isWrong, a.isWrong))
        .toList();
  }

  private void wrong(String what, String remedy) {
    findings.add(new Finding(true, what, remedy));
  }

  private void toKnow(String what, String remedy) {
    findings.add(new Finding(false, what, remedy));
  }

  private void run() throws IOException {
    leftOverBeside();
    if (Files.exists(data) && !Files.isDirectory(data)) {
      wrong("%s is a file, not a folder.".formatted(data), "Name the data folder with --data.");
      return;
    }
    if (!Files.exists(data)) {
      wrong(
          "There is no folder %s.".formatted(data),
          traces.areOfAnUnfinishedOne()
              ? ""
              : "Name the data folder with --data, or start a server, which makes it.");
      return;
    }
    Marker marker = marker();
    if (marker != null) {
      boolean isServed = isServed();
      allowed(marker);
      space(marker);
      leftOver(marker, isServed);
      new FolderInspection(data, marker, Sqlite::openReading)
          .run(
              problem -> wrong("Something is wrong: " + problem.what() + ".", remedy(problem)),
              headway);
    }
  }

  /** A backup in the place of what only this program cannot read would lose changes. */
  private String remedy(FolderInspection.Problem problem) {
    return problem.isNewer() ? "Start the newer Tend that wrote it." : FROM_BACKUP.formatted(data);
  }

  private @Nullable Marker marker() throws IOException {
    if (!Files.exists(data.resolve(Marker.NAME))) {
      if (Files.exists(data.resolve(NewFolder.PLAN))) {
        wrong(
            "A server began to make %s and did not finish.".formatted(data),
            "Start a server on it: it begins anew. No list was in it.");
      } else if (Files.exists(data.resolve(Manifest.NAME))) {
        wrong(
            "%s is a backup, not a data folder.".formatted(data),
            "Look at it with: tend verify %s".formatted(data));
      } else {
        wrong(
            "%s is no data folder of Tend: it has no %s.".formatted(data, Marker.NAME),
            "Name another with --data. If lists were in this one: " + FROM_BACKUP.formatted(data));
      }
      return null;
    }
    try {
      return Marker.read(data.resolve(Marker.NAME));
    } catch (DataFolderException e) {
      wrong(
          String.valueOf(e.getMessage()),
          "Start the newer Tend that wrote it; or, if it is damaged: "
              + FROM_BACKUP.formatted(data));
      return null;
    }
  }

  private boolean isServed() throws IOException {
    if (!FolderLock.isThere(data)) {
      return false;
    }
    try {
      FolderLock.take(data).close();
      return false;
    } catch (DataFolderException inUse) {
      toKnow("A server is running on %s.".formatted(data), "");
      return true;
    }
  }

  private void allowed(Marker marker) {
    List<Path> all = new ArrayList<>(List.of(data));
    marker.files().map(data::resolve).filter(Files::exists).forEach(all::add);
    for (Path path : all) {
      if (!Files.isReadable(path) || !Files.isWritable(path)) {
        wrong(
            "This user may not read and write %s.".formatted(path),
            "Give it to the user that the server runs as, or run this as that user.");
      }
    }
  }

  private void space(Marker marker) throws IOException {
    long size = 0;
    for (Path file : marker.files().map(data::resolve).filter(Files::exists).toList()) {
      size += Files.size(file);
    }
    space(data, size, Files.getFileStore(data).getUsableSpace()).ifPresent(findings::add);
  }

  static Optional<Finding> space(Path data, long size, long free) {
    if (free < LEAST_FREE) {
      return Optional.of(
          new Finding(
              true,
              "Only %,d bytes are free on the disk of %s.".formatted(free, data),
              "Make room: when the disk is full no change can be saved."));
    }
    return free < 2 * size
        ? Optional.of(
            new Finding(
                false,
                "%,d bytes are free on the disk of %s, and the lists have %,d."
                    .formatted(free, data, size),
                "A backup needs as much room as the lists have: keep it elsewhere."))
        : Optional.empty();
  }

  private void leftOver(Marker marker, boolean isServed) throws IOException {
    if (isServed) {
      return;
    }
    for (String file : marker.files().filter(name -> name.endsWith(".db-wal")).toList()) {
      if (Files.exists(data.resolve(file)) && Files.size(data.resolve(file)) > 0) {
        toKnow(
            "%s is there: the server was not stopped in order.".formatted(file),
            "Nothing is lost, and nothing is to be done; never delete it.");
      }
    }
    Path backups = data.resolve("backups");
    if (Files.isDirectory(backups)) {
      for (String name : Io.names(backups)) {
        if (name.endsWith(BackupMaking.UNFINISHED)) {
          toKnow(
              "%s is a backup that was not finished.".formatted(backups.resolve(name)),
              "The server removes it when it makes the next; you may delete it.");
        }
      }
    }
  }

  private void leftOverBeside() throws IOException {
    if (traces.areOfAnUnfinishedOne()) {
      wrong(
          "%s is a restore that was not finished.".formatted(traces.draft()),
          "Run tend restore again, which begins anew, or delete it.");
    }
    for (Path replaced : traces.replaced()) {
      toKnow(
          "%s is what a restore has replaced.".formatted(replaced),
          Files.isDirectory(data)
              ? "Delete it when you do not need it any more."
              : "Rename it to %s to have it back.".formatted(data));
    }
  }
}
