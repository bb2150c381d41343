package dev.tend.bench.runtime;

import dev.tend.app.Misuse;
import dev.tend.app.Version;
import dev.tend.bench.Progress;
import dev.tend.bench.contest.Program;
import dev.tend.bench.http.HttpBench;
import dev.tend.bench.http.ImportBench;
import dev.tend.bench.http.StreamsBench;
import dev.tend.bench.loops.LoopBench;
import dev.tend.bench.measure.Machine;
import dev.tend.bench.measure.Output;
import dev.tend.bench.store.StoreBench;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./tend bench}: what {@code otp} costs beside the BEAM, Pekko and plain Java. */
@Command(
    name = "tend bench",
    subcommands = {
      HttpBench.class,
      StreamsBench.class,
      StoreBench.class,
      ImportBench.class,
      LoopBench.class
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    header = "Measure processes, calls and supervisors beside the BEAM, Pekko and plain Java.",
    description =
        "The same programs on each, in rounds: in each round every contender has a process of its"
            + " own, and they take turns. The BEAM takes part where elixir is installed. Some"
            + " twenty minutes a round; the machine should have nothing else to do.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  tend bench",
      "  tend bench --only call-1-1,spawn --rounds 5 --csv bench.csv",
      "  tend bench --write-docs",
      "  tend bench http      what reads over HTTP cost; its own --help says more",
      "  tend bench streams   one list that 2,000 event streams are about",
      "  tend bench store     durable changes, and much data beside little",
      "  tend bench loops     the inner loops under JMH; its own --help says more"
    })
public final class RuntimeBench implements Callable<Integer> {

  @Option(
      names = "--rounds",
      paramLabel = "<n>",
      defaultValue = "3",
      description = "how often each is measured (default: ${DEFAULT-VALUE})")
  int rounds;

  @Option(
      names = "--only",
      paramLabel = "<program>",
      split = ",",
      description =
          "only these programs, by the beginnings of their names; an unknown one lists all")
  @Nullable List<String> only;

  @Option(names = "--quick", description = "tiny sizes: to see that it works, not to measure")
  boolean quick;

  @Option(names = "--csv", paramLabel = "<file>", description = "write every value measured")
  @Nullable Path csv;

  @Option(names = "--write-docs", description = "put the table into docs/performance.md")
  boolean writeDocs;

  @Spec @Nullable CommandSpec spec;

  private final Path root;

  RuntimeBench(Path root) {
    this.root = root;
  }

  public static void main(String[] args) {
    Path root = Path.of(System.getProperty("tend.root", "."));
    System.exit(commandLine(root).execute(args));
  }

  static CommandLine commandLine(Path root) {
    return new CommandLine(new RuntimeBench(root))
        .setParameterExceptionHandler((wrong, ignored) -> Misuse.say(wrong))
        .setExecutionExceptionHandler((thrown, command, parsed) -> failed(thrown, command));
  }

  private static int failed(Exception thrown, CommandLine command) throws Exception {
    if (thrown instanceof PerformancePage.Unwritten unwritten) {
      command.getErr().println("tend: " + unwritten.getMessage());
      return CommandLine.ExitCode.SOFTWARE;
    }
    throw thrown;
  }

  @Override
  public Integer call() throws Exception {
    if (rounds < 1) {
      throw wrong("--rounds is a number from 1");
    }
    List<Program> programs = only == null ? Program.all() : beginningWith(only);
    Optional<String> hindrance = Optional.ofNullable(csv).flatMap(Output::hindrance);
    if (hindrance.isPresent()) {
      System.err.println("tend: " + hindrance.get());
      return CommandLine.ExitCode.SOFTWARE;
    }
    List<Contender> contenders =
        Contender.all(root).stream().filter(RuntimeBench::isInstalled).toList();
    Measurements measurements = new Measurements();
    Machine machine = new Machine();
    List<String> failures = measure(contenders, programs, measurements, machine);
    Report report = new Report(measurements, contenders, measurements.rows(programs));
    String about = about(machine, measurements);
    System.out.println(about + "\n\n" + report.text());
    failures.forEach(System.err::println);
    if (writeDocs && failures.isEmpty()) {
      new PerformancePage(root.resolve("docs/performance.md"))
          .write(about + "\n\nEach cell: " + Report.LEGEND + "\n\n" + report.markdown());
    }
    return failures.isEmpty() ? 0 : 1;
  }

  private List<Program> beginningWith(List<String> wanted) {
    List<Program> all = Program.all();
    if (wanted.isEmpty() || !wanted.stream().allMatch(begin -> begins(all, begin))) {
      throw wrong("--only takes beginnings of " + all.stream().map(Program::id).toList());
    }
    return all.stream().filter(p -> wanted.stream().anyMatch(p.id()::startsWith)).toList();
  }

  private static boolean begins(List<Program> programs, String begin) {
    return !begin.isEmpty() && programs.stream().anyMatch(p -> p.id().startsWith(begin));
  }

  private ParameterException wrong(String message) {
    if (spec == null) {
      throw new IllegalStateException(message);
    }
    return new ParameterException(spec.commandLine(), message);
  }

  private static boolean isInstalled(Contender contender) {
    if (!contender.isInstalled()) {
      System.out.println(contender.name() + ": not installed here, left out");
    }
    return contender.isInstalled();
  }

  /**
   * Program by program in turns, so that whatever else the machine does meets all alike; each in a
   * process of its own, so that it is compiled for what it does and not for what was done before.
   */
  private List<String> measure(
      List<Contender> contenders, List<Program> programs, Measurements into, Machine machine)
      throws IOException, InterruptedException {
    List<String> failures = new ArrayList<>();
    Optional<String> unwritten = Optional.empty();
    for (int i = 1; i <= rounds; i++) {
      int round = i;
      for (Program program : programs) {
        machine.notePace();
        for (Contender contender : contenders) {
          if (contender.runs(program, round)) {
            Progress.show(
                "round %d of %d: %s: %s"
                    .formatted(round, rounds, program.title(), contender.name()));
            try {
              new Entry(contender, program, quick ? "quick" : "full").run(into);
            } catch (Entry.Failed failed) {
              failures.add(failed.getMessage());
            }
          }
        }
      }
      machine.noteLoad();
      unwritten = writeCsv(into);
    }
    Progress.clear();
    unwritten.map("tend: "::concat).ifPresent(failures::add);
    return failures;
  }

  /** After each round, so that an interrupted run keeps what it has; why it could not. */
  private Optional<String> writeCsv(Measurements measurements) {
    return Optional.ofNullable(csv)
        .flatMap(file -> Output.failure(file, () -> measurements.writeCsv(file)));
  }

  private String about(Machine machine, Measurements measurements) {
    List<String> lines = new ArrayList<>();
    if (quick) {
      lines.add("**Tiny sizes: nothing follows from these figures.**");
    }
    if (machine.isLoaded()) {
      lines.add("**The machine was busy with other work: trust the ratios only.**");
    }
    lines.add(
        "Measured on %s by `./tend bench --rounds %d%s`."
            .formatted(
                LocalDate.now(), rounds, only == null ? "" : " --only " + String.join(",", only)));
    lines.add("Machine: " + machine.description() + ".");
    lines.add("Versions: " + String.join("; ", measurements.abouts()) + ".");
    lines.add("JVM: `" + String.join(" ", Contender.Jvm.OPTIONS) + "`.");
    return String.join("\n", lines);
  }
}
