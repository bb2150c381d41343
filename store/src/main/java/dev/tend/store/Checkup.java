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
  public record Finding(boolean isWrong, String what, String remedy) {

    static Finding wrong(String what, String remedy) {
      return new Finding(true, what, remedy);
    }

    static Finding toKnow(String what, String remedy) {
      return new Finding(false, what, remedy);
    }
  }

  /** How lists that are lost come back into a data folder. */
  static String fromBackup(Path data) {
    return "Stop the server, look for the newest good backup with: tend verify <backup>, and"
        + " bring it back with: tend restore <backup> --data %s --replace"
            .formatted(ShellWord.of(data));
  }

  private Checkup(Path data, Headway headway) {
    this.data = data;
    this.traces = RestoreTraces.of(data);
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
    findings.add(Finding.wrong(what, remedy));
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
      new FilesCheckup(data, marker, findings::add).run(headway);
    }
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
            "Look at it with: tend verify %s".formatted(ShellWord.of(data)));
      } else {
        wrong(
            "%s is no data folder of Tend: it has no %s.".formatted(data, Marker.NAME),
            "Name another with --data. If lists were in this one: " + fromBackup(data));
      }
      return null;
    }
    try {
      return Marker.read(data.resolve(Marker.NAME));
    } catch (DataFolderException e) {
      wrong(
          String.valueOf(e.getMessage()),
          "Start the newer Tend that wrote it; or, if it is damaged: " + fromBackup(data));
      return null;
    }
  }

  private void leftOverBeside() throws IOException {
    if (traces.areOfOneThatGoesOn()) {
      findings.add(
          Finding.toKnow("%s is a restore that is going on.".formatted(traces.draft()), ""));
    } else if (traces.areOfAnUnfinishedOne()) {
      wrong(
          "%s is a restore that was not finished.".formatted(traces.draft()),
          "Run tend restore again, which begins anew, or delete it.");
    }
    for (Path replaced : traces.replaced()) {
      Optional<Path> backups = Backup.keptIn(replaced);
      findings.add(
          Finding.toKnow(
              (backups.isEmpty()
                      ? "%s is what a restore has replaced."
                      : "%s is what a restore has replaced, and there are backups in it.")
                  .formatted(replaced),
              Files.isDirectory(data)
                  ? backups
                      .map("Move %s elsewhere before you delete it."::formatted)
                      .orElse("Delete it when you do not need it any more.")
                  : "Rename it to %s to have it back.".formatted(data)));
    }
  }
}
