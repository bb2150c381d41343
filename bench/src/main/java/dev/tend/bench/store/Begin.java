package dev.tend.bench.store;

import dev.tend.todo.journal.CatalogEntry;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The beginning of a server over a folder with so many lists, in a JVM of its own.
 *
 * @param ids a file with those of the lists that are asked for
 */
record Begin(Path folder, Path ids) {
  private static final int ASKED = 201;

  /** What one beginning gave. */
  record Figures(double milliseconds, double megabytes, double firstRequest, double search) {}

  /** Makes the folder. */
  static Begin with(Path folder, int lists) throws Exception {
    try (StoredLists stored = StoredLists.in(folder)) {
      List<CatalogEntry> made =
          stored.named(IntStream.range(0, lists).mapToObj(n -> "List number " + n).toList());
      List<CatalogEntry> asked =
          IntStream.range(0, ASKED)
              .mapToObj(n -> made.get((int) ((long) n * lists / ASKED)))
              .toList();
      for (CatalogEntry list : asked) {
        stored.fill(list, 10, 10);
      }
      Path ids = folder.resolveSibling(folder.getFileName() + "-ids");
      Files.write(ids, asked.stream().map(list -> list.id().value()).toList());
      return new Begin(folder, ids);
    }
  }

  Figures once() throws IOException, InterruptedException {
    long begin = System.nanoTime();
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:+UseCompactObjectHeaders",
                "--enable-native-access=ALL-UNNAMED",
                "-Dlogback.configurationFile=dev/tend/bench/runtime/logback.xml",
                "-cp",
                System.getProperty("java.class.path"),
                Beginner.class.getName(),
                folder.toString(),
                ids.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      @Nullable String ready = lines.readLine();
      double milliseconds = (System.nanoTime() - begin) / 1e6;
      @Nullable String used = lines.readLine();
      if (ready == null || used == null || process.waitFor() != 0) {
        throw new IOException("a server did not begin; what it wrote above says why");
      }
      String[] words = used.split(" ");
      return new Figures(
          milliseconds,
          Long.parseLong(words[1]) / 1e6,
          Double.parseDouble(words[2]),
          Double.parseDouble(words[3]));
    } finally {
      process.destroyForcibly();
    }
  }
}
