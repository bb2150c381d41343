package dev.tend.app;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What this machine has. */
public final class Programs {
  private Programs() {}

  /** Whether all of these are found by their names. */
  public static boolean has(String... programs) {
    return Stream.of(programs)
        .allMatch(program ->
            Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program))));
  }
}
