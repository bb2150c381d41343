package dev.tend.bench;

import dev.tend.app.Folders;
import dev.tend.app.Tend;
import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.todo.TodoCache;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./tend profile}: the seed's measurement of its cache, before and after ETS. */
@Command(
    name = "tend profile",
    mixinStandardHelpOptions = true,
    header = "Measure how quickly lists are found, through a process and through ETS.",
    description =
        "Clients, each a process, ask for the server of one of 100 lists at random. Before: all of"
            + " them ask one registry process. After: TodoCache, which reads an ETS table in the"
            + " client. The rounds are interleaved; the table shows medians and, in brackets, the"
            + " slowest and the quickest round. The lists are in a temporary data folder.",
    footerHeading = "%nExamples:%n",
    footer = {"  tend profile", "  tend profile --clients 1,10,1000 --operations 10000 --rounds 3"})
public final class ProfileMain implements Callable<Integer> {
  private static final int LISTS = 100;
  private static final String BEFORE = "registry process (before)";
  private static final String AFTER = "TodoCache with ETS (after)";

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

  ProfileMain() {}

  public static void main(String[] args) {
    System.exit(new CommandLine(new ProfileMain()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    if (Math.min(operations, rounds) < 1 || clients.stream().anyMatch(n -> n < 1)) {
      System.err.println("tend: --operations, --rounds and --clients are numbers from 1");
      return CommandLine.ExitCode.USAGE;
    }
    Path folder = Files.createTempDirectory("tend-profile-");
    Tend tend = Tend.start(folder, OptionalInt.empty());
    try (tend) {
      measureBoth();
    } finally {
      Folders.remove(folder);
    }
    return 0;
  }

  private void measureBoth() {
    Pid<SeedRegistry> registry = SeedRegistry.start().orThrow();
    for (int list = 0; list < LISTS; list++) {
      SeedRegistry.serverProcess(name(list));
    }
    Map<String, Profiler.Function> variants = new LinkedHashMap<>();
    variants.put(BEFORE, () -> SeedRegistry.serverProcess(anyName()));
    variants.put(AFTER, () -> TodoCache.serverProcess(anyName()));
    measure(variants);
    Processes.stop(registry, ExitReason.NORMAL, Duration.ofSeconds(5));
  }

  /**
   * Interleaved, so that whatever else the machine does meets all alike. The first round warms up.
   */
  private void measure(Map<String, Profiler.Function> variants) {
    Map<Cell, List<Long>> rates = new LinkedHashMap<>();
    for (int round = 0; round <= rounds; round++) {
      for (int concurrency : clients) {
        for (Map.Entry<String, Profiler.Function> variant : variants.entrySet()) {
          Progress.show(
              "round %d of %d: %d × %s".formatted(round, rounds, concurrency, variant.getKey()));
          long rate = Profiler.measure(variant.getValue(), operations, concurrency).rate();
          if (round > 0) {
            rates
                .computeIfAbsent(new Cell(variant.getKey(), concurrency), cell -> new ArrayList<>())
                .add(rate);
          }
        }
      }
    }
    Progress.clear();
    print(rates);
  }

  private record Cell(String variant, int concurrency) {}

  private void print(Map<Cell, List<Long>> rates) {
    System.out.printf(
        Locale.ROOT,
        "Look-ups a second: %d lists, %,d look-ups a client, median of %d rounds (min–max)%n%n",
        LISTS,
        operations,
        rounds);
    String row = "%-8s  %-34s  %-34s  %s%n";
    System.out.printf(row, "clients", BEFORE, AFTER, "ratio");
    for (int concurrency : clients) {
      Rounds before = Rounds.of(rates.getOrDefault(new Cell(BEFORE, concurrency), List.of()));
      Rounds after = Rounds.of(rates.getOrDefault(new Cell(AFTER, concurrency), List.of()));
      double ratio = (double) after.median() / before.median();
      System.out.printf(row, concurrency, before, after, String.format(Locale.ROOT, "%.1f", ratio));
    }
  }

  private static String anyName() {
    return name(ThreadLocalRandom.current().nextInt(LISTS));
  }

  private static String name(int list) {
    return "list " + (list + 1);
  }
}
