package dev.tend.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Folders that were only needed for a while. */
public final class Folders {
  private Folders() {}

  /**
   * Removes a folder with all that is in it; what cannot be removed stays, with a word in the log.
   */
  public static void remove(Path folder) {
    try (Stream<Path> below = Files.walk(folder)) {
      List<Path> deepestFirst = below.sorted(Comparator.reverseOrder()).toList();
      for (Path path : deepestFirst) {
        Files.deleteIfExists(path);
      }
    } catch (IOException | UncheckedIOException e) {
      System.getLogger("dev.tend.app")
          .log(System.Logger.Level.WARNING, folder + " is left behind", e);
    }
  }
}
