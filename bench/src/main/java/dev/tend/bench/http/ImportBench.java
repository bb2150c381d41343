package dev.tend.bench.http;

import dev.tend.app.Folders;
import dev.tend.app.Main;
import dev.tend.app.Version;
import dev.tend.bench.Progress;
import dev.tend.bench.measure.Machine;
import dev.tend.bench.measure.Spread;
import dev.tend.bench.runtime.PerformancePage;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./tend bench import}: what others notice of somebody's import. */
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    header = "Measure adds to other lists while a large file is imported, and while none is.",
    description =
        "Some clients add to a list of their own each, one entry after the other. In turns they are"
            + " alone, and beside tend import, which is a process of its own on this machine.",
    footerHeading = "%nExamples:%n",
    footer = {"  tend bench import", "  tend bench import --rounds 9 --write-docs"})
public final class ImportBench implements Callable<Integer> {
  private static final double TARGET = 2;

  @Option(
      names = "--rounds",
      paramLabel = "<n>",
      defaultValue = "5",
      description = "how often each is measured, after a warm-up (default: ${DEFAULT-VALUE})")
  int rounds;

  @Option(
      names = "--entries",
      paramLabel = "<n>",
      defaultValue = "100000",
      description = "the length of the file (default: ${DEFAULT-VALUE})")
  int entries;

  @Option(
      names = "--neighbours",
      paramLabel = "<n>",
      defaultValue = "4",
      description = "how many add meanwhile (default: ${DEFAULT-VALUE})")
  int neighbours;

  @Option(
      names = "--nice",
      paramLabel = "<n>",
      defaultValue = "19",
      description =
          "how far the import stands back, 19 as the launcher lets it (default: ${DEFAULT-VALUE})")
  int nice;

  @Option(names = "--write-docs", description = "put the table into docs/performance.md")
  boolean writeDocs;

  private final List<Neighbour> others = new ArrayList<>();
  private final List<Double> seconds = new ArrayList<>();
  private final List<Double> alone = new ArrayList<>();
  private final List<Double> beside = new ArrayList<>();

  @Override
  public Integer call() throws Exception {
    if (Math.min(Math.min(rounds, entries), neighbours) < 1) {
      System.err.println("tend: --rounds, --entries and --neighbours are above zero");
      return CommandLine.ExitCode.USAGE;
    }
    Path folder = Files.createTempDirectory("tend-bench-import-");
    try {
      measure(folder);
    } finally {
      Folders.remove(folder);
    }
    return 0;
  }

  private void measure(Path folder) throws IOException, InterruptedException {
    Machine machine = new Machine();
    Path file = file(folder);
    try (Child tend = Child.start("tend", folder.resolve("data").toString(), "1")) {
      try {
        for (int i = 0; i < neighbours; i++) {
          others.add(new Neighbour(tend.port(), "Neighbour " + i));
        }
        for (int round = 0; round <= rounds; round++) {
          Progress.show("round %d of %d".formatted(round, rounds));
          measure(round, file, tend.port());
          machine.noteLoad();
        }
        Progress.clear();
      } finally {
        for (Neighbour other : others) {
          other.close();
        }
      }
    }
    report(machine);
  }

  /** An import, then as long without; the first round warms up. */
  private void measure(int round, Path file, int port) throws IOException, InterruptedException {
    times();
    long begin = System.nanoTime();
    bring(file, port, "Import " + round);
    long took = System.nanoTime() - begin;
    double during = times();
    TimeUnit.NANOSECONDS.sleep(took);
    double without = times();
    if (round > 0) {
      seconds.add(took / 1e9);
      beside.add(during);
      alone.add(without);
    }
  }

  /** The 95th percentile of all neighbours' times since the last time, in milliseconds. */
  private double times() throws IOException {
    Histogram all = new Histogram(3);
    for (Neighbour other : others) {
      other.tell(all);
    }
    return all.getValueAtPercentile(95) / 1e6;
  }

  private Path file(Path folder) throws IOException {
    Path file = folder.resolve("things.csv");
    try (BufferedWriter lines = Files.newBufferedWriter(file)) {
      for (int i = 0; i < entries; i++) {
        lines.write(
            LocalDate.of(2026, 12, 1).plusDays(i % 365) + ",Call about the order " + i + "\n");
      }
    }
    return file;
  }

  /** As somebody at a terminal would: the launcher starts it with the least priority. */
  private void bring(Path file, int port, String list) throws IOException, InterruptedException {
    Process tend =
        new ProcessBuilder(
                "nice",
                "-n",
                String.valueOf(nice),
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseCompactObjectHeaders",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "import",
                file.toString(),
                "--list",
                list,
                "--server",
                "http://127.0.0.1:" + port,
                "--wait",
                "60")
            .redirectErrorStream(true)
            .start();
    String said = new String(tend.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (tend.waitFor() != 0) {
      throw new IOException("the import has failed: " + said);
    }
  }

  private void report(Machine machine) throws IOException {
    List<Double> ratios = new ArrayList<>();
    for (int round = 0; round < alone.size(); round++) {
      ratios.add(beside.get(round) / alone.get(round));
    }
    StringBuilder text = new StringBuilder();
    if (machine.isLoaded()) {
      text.append("**The machine was busy with other work: trust the ratio only.**\n");
    }
    text.append(
        String.format(
            Locale.ROOT,
            "Measured on %s by `./tend bench import --rounds %d --entries %d --neighbours"
                + " %d`.%nMachine: %s.%nJVM: Java %s, `%s`.%n%n95th percentile of the time of an"
                + " add, in ms: median of the rounds (min–max).%n%n| beside an import | alone |"
                + " beside / alone | target | the import took, s |%n|---|---|---|---|---|%n| %s |"
                + " %s | %s | ≤ %.0f | %s |%n",
            LocalDate.now(),
            rounds,
            entries,
            neighbours,
            machine.description(),
            Runtime.version(),
            String.join(" ", Child.options()),
            Spread.of(beside),
            Spread.of(alone),
            Spread.of(ratios),
            TARGET,
            Spread.of(seconds)));
    System.out.print(text);
    if (writeDocs) {
      Path root = Path.of(System.getProperty("tend.root", "."));
      new PerformancePage(root.resolve("docs/performance.md"), "tend bench import")
          .write(text.toString());
    }
  }
}
