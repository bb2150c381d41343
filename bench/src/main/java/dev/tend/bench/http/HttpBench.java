package dev.tend.bench.http;

import dev.tend.app.Folders;
import dev.tend.app.Version;
import dev.tend.bench.Progress;
import dev.tend.bench.measure.Machine;
import dev.tend.bench.runtime.PerformancePage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./tend bench http}: what reads over HTTP cost beside a bare handler of the same Jetty. */
@Command(
    name = "http",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    header = "Measure reads over HTTP beside a bare handler of the same HTTP server.",
    description =
        "A list is read whole, and asked for with If-None-Match; Tend and a bare Jetty that writes"
            + " the same bytes take turns, each in a process of its own. What counts is the CPU"
            + " time that the server's process uses for a request.",
    footerHeading = "%nExamples:%n",
    footer = {"  tend bench http", "  tend bench http --rounds 9 --seconds 5 --write-docs"})
public final class HttpBench implements Callable<Integer> {

  @Option(
      names = "--rounds",
      paramLabel = "<n>",
      defaultValue = "5",
      description = "how often each is measured, after a warm-up (default: ${DEFAULT-VALUE})")
  int rounds;

  @Option(
      names = "--seconds",
      paramLabel = "<n>",
      defaultValue = "4",
      description = "how long a round of each takes (default: ${DEFAULT-VALUE})")
  double seconds;

  @Option(
      names = "--connections",
      paramLabel = "<n>",
      defaultValue = "64",
      description = "how many clients at once (default: ${DEFAULT-VALUE})")
  int connections;

  @Option(
      names = "--entries",
      paramLabel = "<n>",
      defaultValue = "100",
      description = "the length of the list (default: ${DEFAULT-VALUE})")
  int entries;

  @Option(names = "--write-docs", description = "put the table into docs/performance.md")
  boolean writeDocs;

  @Override
  public Integer call() throws Exception {
    if (Math.min(Math.min(rounds, connections), entries) < 1 || !(seconds > 0)) {
      System.err.println("tend: --rounds, --seconds, --connections, --entries are above zero");
      return CommandLine.ExitCode.USAGE;
    }
    Path folder = Files.createTempDirectory("tend-bench-http-");
    try {
      measure(folder);
    } finally {
      Folders.remove(folder);
    }
    return 0;
  }

  private void measure(Path folder) throws IOException {
    Machine machine = new Machine();
    try (Child tend = Child.start("tend", folder.resolve("data").toString(), "" + entries)) {
      byte[] get = request(tend, "");
      WireAnswer whole = WireAnswer.of(tend.port(), get);
      String condition = "If-None-Match: " + whole.field("ETag") + "\r\n";
      byte[] conditional = request(tend, condition);
      WireAnswer unchanged = WireAnswer.of(tend.port(), conditional);
      Path answers = folder.resolve("answers");
      Files.write(answers, whole.bytes());
      Files.write(answers, unchanged.bytes(), java.nio.file.StandardOpenOption.APPEND);
      String title =
          String.format(Locale.ROOT, "GET of %d entries, %,d bytes", entries, whole.bytes().length);
      try (Child bare = Child.start("bare", answers.toString(), tend.path())) {
        List<Duel> duels =
            List.of(
                new Duel(new Figures(title, 1.3), "", whole),
                new Duel(new Figures("GET with If-None-Match, 304", 1.5), condition, unchanged));
        fight(duels, tend, bare, machine);
        report(duels.stream().map(Duel::figures).toList(), machine);
      }
    }
  }

  /** One kind of request, of which only a header differs, and the answer that both have to give. */
  private record Duel(Figures figures, String condition, WireAnswer answer) {}

  private static byte[] request(Child server, String condition) {
    return "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n%s\r\n"
        .formatted(server.path(), server.port(), condition)
        .getBytes(StandardCharsets.US_ASCII);
  }

  /** Interleaved; the first round, twice as long, warms up. */
  private void fight(List<Duel> duels, Child tend, Child bare, Machine machine) throws IOException {
    for (Duel duel : duels) {
      if (!WireAnswer.of(bare.port(), request(bare, duel.condition())).saysTheSame(duel.answer())) {
        throw new IOException("the bare server does not answer the same bytes");
      }
    }
    for (int round = 0; round <= rounds; round++) {
      for (Duel duel : duels) {
        Progress.show("round %d of %d: %s".formatted(round, rounds, duel.figures().title()));
        double ours = microseconds(tend, duel, round == 0 ? 2 * seconds : seconds);
        double theirs = microseconds(bare, duel, round == 0 ? 2 * seconds : seconds);
        if (round > 0) {
          duel.figures().add(ours, theirs);
        }
      }
      machine.noteLoad();
    }
    Progress.clear();
  }

  /** Of the server's CPU, a request. */
  private double microseconds(Child server, Duel duel, double time) throws IOException {
    byte[] request = request(server, duel.condition());
    try (Load load = new Load(server.port(), connections, request, duel.answer())) {
      long before = server.cpu();
      long answered = load.run(Duration.ofNanos((long) (time * 1e9)));
      return (server.cpu() - before) / 1e3 / answered;
    }
  }

  private void report(List<Figures> figures, Machine machine) throws IOException {
    StringBuilder text = new StringBuilder();
    if (machine.isLoaded()) {
      text.append("**The machine was busy with other work: trust the ratios only.**\n");
    }
    text.append(
        String.format(
            Locale.ROOT,
            "Measured on %s by `./tend bench http --rounds %d --seconds %s --connections %d"
                + " --entries %d`.%nMachine: %s.%nJVM: Java %s, `%s`.%n%n",
            LocalDate.now(),
            rounds,
            seconds,
            connections,
            entries,
            machine.description(),
            Runtime.version(),
            String.join(" ", Child.options())));
    text.append(
        "CPU of the server's process a request, in µs: median of the rounds (min–max).\n\n");
    text.append(Figures.heading());
    figures.forEach(row -> text.append(row.row()));
    System.out.print(text);
    if (writeDocs) {
      Path root = Path.of(System.getProperty("tend.root", "."));
      new PerformancePage(root.resolve("docs/performance.md"), "tend bench http")
          .write(text.toString());
    }
  }
}
