package dev.tend.bench;

import dev.tend.app.Misuse;
import dev.tend.app.Version;
import dev.tend.bench.measure.Comparison;
import dev.tend.bench.measure.Csv;
import dev.tend.bench.measure.Output;
import dev.tend.bench.measure.Run;
import dev.tend.bench.measure.RunFile;
import dev.tend.bench.measure.RunTable;
import dev.tend.bench.plot.Plot;
import dev.tend.bench.seed.SeedExperiments;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./tend profile}: the seed's measurement of its cache, before and after ETS. */
@Command(
    name = "tend profile",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    header = "Measure how quickly lists are found: through a process, a registry, an ETS table.",
    description =
        "Clients, each a process, ask for the server of one of 100 lists at random, again and"
            + " again. Experiments take turns in rounds; the table shows medians and, in brackets,"
            + " the slowest and the quickest round. Where rounds differ too much it says so, and"
            + " two that overlap are not told apart. The lists are in a temporary data folder.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  tend profile",
      "  tend profile --list",
      "  tend profile ets maps --clients 1,10,1000 --rounds 9 --plot cache.svg",
      "  tend profile cache-process ets --compare cache-process ets",
      "  tend profile --save before.json; …; tend profile --save after.json",
      "  tend profile --compare before.json after.json"
    })
public final class ProfileMain implements Callable<Integer> {

  @Parameters(
      paramLabel = "<experiment>",
      arity = "0..*",
      description = "which to measure; --list shows them (default: all but the loop)")
  List<String> names = List.of();

  @Option(names = "--list", description = "show the experiments, a line each, and measure none")
  boolean list;

  @Option(
      names = "--operations",
      paramLabel = "<n>",
      defaultValue = "100000",
      description = "look-ups of each client (default: ${DEFAULT-VALUE})")
  int operations;

  @Option(
      names = "--clients",
      paramLabel = "<n>",
      split = ",",
      defaultValue = "1,100",
      description = "how many clients at once (default: ${DEFAULT-VALUE})")
  List<Integer> clients = List.of();

  @Option(
      names = "--rounds",
      paramLabel = "<n>",
      defaultValue = "5",
      description = "how often each is measured, after a warm-up (default: ${DEFAULT-VALUE})")
  int rounds;

  @Option(
      names = "--least",
      paramLabel = "<ms>",
      defaultValue = "250",
      description = "how long a round of each takes at least (default: ${DEFAULT-VALUE} ms)")
  int least;

  @Option(names = "--csv", paramLabel = "<file>", description = "every round, comma-separated")
  Optional<Path> csv = Optional.empty();

  @Option(names = "--plot", paramLabel = "<file>", description = "a picture of it, as SVG")
  Optional<Path> plot = Optional.empty();

  @Option(names = "--save", paramLabel = "<file>", description = "the run, to compare it later")
  Optional<Path> save = Optional.empty();

  @Option(
      names = "--compare",
      arity = "2",
      paramLabel = "<name>",
      description = "two experiments of this run; or two saved runs, and nothing is measured")
  List<String> compared = List.of();

  @Spec @Nullable CommandSpec spec;

  ProfileMain() {}

  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    return new CommandLine(new ProfileMain())
        .setParameterExceptionHandler((wrong, ignored) -> Misuse.say(wrong));
  }

  @Override
  public Integer call() throws Exception {
    List<Experiment> all = SeedExperiments.all();
    if (list) {
      all.forEach(e -> System.out.printf("%-18s %s%n", e.name(), e.about()));
      return 0;
    }
    if (!compared.isEmpty() && compared.stream().allMatch(name -> Files.exists(Path.of(name)))) {
      requireNothingToMeasure();
      return compareFiles();
    }
    List<Experiment> chosen = chosen(all);
    requireMeasured(chosen);
    Plan plan = plan();
    Optional<String> hindrance =
        Stream.of(csv, plot, save)
            .flatMap(Optional::stream)
            .flatMap(file -> Output.hindrance(file).stream())
            .findFirst();
    if (hindrance.isPresent()) {
      System.err.println("tend: " + hindrance.get());
      return CommandLine.ExitCode.SOFTWARE;
    }
    Run run = measured(chosen, plan);
    System.out.println(RunTable.of(run));
    if (!compared.isEmpty()) {
      System.out.println(Comparison.within(run, compared.get(0), compared.get(1)));
    }
    return write(run);
  }

  private Plan plan() {
    try {
      return new Plan(clients, operations, rounds, Duration.ofMillis(least));
    } catch (IllegalArgumentException refused) {
      throw wrong("--operations, --rounds and --clients are numbers from 1, --least is from 0");
    }
  }

  private List<Experiment> chosen(List<Experiment> all) {
    if (names.isEmpty()) {
      return all.stream().filter(e -> !e.name().equals("loop")).toList();
    }
    List<Experiment> chosen = new ArrayList<>();
    for (String name : names.stream().distinct().toList()) {
      chosen.add(
          all.stream()
              .filter(e -> e.name().equals(name))
              .findAny()
              .orElseThrow(() ->
                  wrong(
                      "there is no experiment "
                          + name
                          + "; there are "
                          + all.stream().map(Experiment::name).toList())));
    }
    return chosen;
  }

  private void requireMeasured(List<Experiment> chosen) {
    List<String> there = chosen.stream().map(Experiment::name).toList();
    if (!there.containsAll(compared)) {
      throw wrong(
          "--compare takes two of "
              + there
              + ", or two files of saved runs"
              + compared.stream()
                  .filter(name -> !there.contains(name) && !Files.exists(Path.of(name)))
                  .map(name -> ", and there is no file " + name)
                  .distinct()
                  .collect(Collectors.joining()));
    }
  }

  private void requireNothingToMeasure() {
    Stream.of(
            names.stream().findFirst().map("the experiment "::concat),
            csv.map(_ -> "--csv"),
            plot.map(_ -> "--plot"),
            save.map(_ -> "--save"))
        .flatMap(Optional::stream)
        .findFirst()
        .ifPresent(meant -> {
          throw wrong(
              meant + " is for what is measured, and of two saved runs nothing is measured");
        });
  }

  private ParameterException wrong(String message) {
    if (spec == null) {
      throw new IllegalStateException(message);
    }
    return new ParameterException(spec.commandLine(), message);
  }

  private static Run measured(List<Experiment> experiments, Plan plan) {
    if (System.console() == null || !System.console().isTerminal()) {
      return Profiler.profile(experiments, plan);
    }
    ProgressBarBuilder bar =
        new ProgressBarBuilder()
            .setStyle(ProgressBarStyle.UNICODE_BLOCK)
            .setTaskName("profile")
            .setInitialMax(Profiler.steps(experiments, plan))
            .clearDisplayOnFinish();
    try (ProgressBar progress = bar.build()) {
      return Profiler.profile(
          experiments,
          plan,
          begun -> {
            progress.setExtraMessage(begun);
            progress.step();
          });
    }
  }

  private int compareFiles() {
    try {
      Run one = RunFile.read(Path.of(compared.get(0)));
      Run other = RunFile.read(Path.of(compared.get(1)));
      List<Comparison> comparisons =
          Comparison.between(one, compared.get(0), other, compared.get(1));
      if (comparisons.isEmpty()) {
        throw wrong("the two runs have no experiment in common");
      }
      comparisons.forEach(System.out::println);
      return 0;
    } catch (RunFile.NotARun e) {
      throw wrong(String.valueOf(e.getMessage()));
    }
  }

  /** All of it, whichever of the files cannot be written. */
  private int write(Run run) {
    List<String> failures =
        Stream.of(
                csv.flatMap(file -> Output.failure(file, () -> Csv.write(run, file))),
                save.flatMap(file -> Output.failure(file, () -> RunFile.write(run, file))),
                plot.flatMap(
                    file -> Output.failure(file, () -> Files.writeString(file, Plot.svg(run)))))
            .flatMap(Optional::stream)
            .toList();
    failures.forEach(failure -> System.err.println("tend: " + failure));
    return failures.isEmpty() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
  }
}
