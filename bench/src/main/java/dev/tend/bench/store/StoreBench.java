package dev.tend.bench.store;

import dev.tend.app.Folders;
import dev.tend.app.Tend;
import dev.tend.app.Version;
import dev.tend.bench.Progress;
import dev.tend.bench.measure.Machine;
import dev.tend.bench.runtime.PerformancePage;
import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.todo.Deadline;
import dev.tend.todo.ListClient;
import dev.tend.todo.Located;
import dev.tend.todo.Reading;
import dev.tend.todo.TodoCache;
import dev.tend.todo.TodoServer;
import dev.tend.todo.journal.CatalogEntry;
import dev.tend.todo.journal.ListId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./tend bench store}: what durable changes cost, and whether that grows with the data. */
@Command(
    name = "store",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    header = "Measure durable changes beside what the disk can do, and with little and much data.",
    description =
        "Each figure is measured beside another, in turns; what counts is their ratio. The lists"
            + " are kept on the disk of --disk while it runs. A million lists take some minutes to"
            + " make.",
    footerHeading = "%nExamples:%n",
    footer = {"  tend bench store", "  tend bench store --lists 10000 --rounds 3 --seconds 1"})
public final class StoreBench implements Callable<Integer> {
  private static final int FEW_LISTS = 1_000;
  private static final int MANY_CLIENTS = 100;
  private static final int AT_ONE_LIST = 64;
  private static final int LONG = 100_000;
  private static final int LOADS = 20;

  @Option(
      names = "--rounds",
      paramLabel = "<n>",
      defaultValue = "5",
      description = "how often each is measured, after a warm-up (default: ${DEFAULT-VALUE})")
  int rounds;

  @Option(
      names = "--seconds",
      paramLabel = "<n>",
      defaultValue = "3",
      description = "how long a round of each takes (default: ${DEFAULT-VALUE})")
  double seconds;

  @Option(
      names = "--lists",
      paramLabel = "<n>",
      defaultValue = "1000000",
      description = "how many are stored where many are (default: ${DEFAULT-VALUE})")
  int lists;

  @Option(
      names = "--disk",
      paramLabel = "<folder>",
      description = "where it is measured (default: the folder for temporary files)")
  @Nullable Path disk;

  @Option(names = "--write-docs", description = "put the table into docs/performance.md")
  boolean writeDocs;

  private final List<Duel> duels = new ArrayList<>();

  @Override
  public Integer call() throws Exception {
    if (rounds < 1 || lists < FEW_LISTS || !(seconds > 0)) {
      System.err.println(
          "tend: --rounds and --seconds are above zero, --lists is at least " + FEW_LISTS);
      return CommandLine.ExitCode.USAGE;
    }
    Path folder =
        disk == null
            ? Files.createTempDirectory("tend-bench-store-")
            : Files.createTempDirectory(disk, "tend-bench-store-");
    try {
      measure(folder);
    } finally {
      Folders.remove(folder);
    }
    return 0;
  }

  private void measure(Path folder) throws Exception {
    Machine machine = new Machine();
    changes(folder, machine);
    batches(folder, machine);
    beginnings(folder, machine);
    report(machine);
  }

  private void fight(List<Duel> these, Machine machine) throws Exception {
    for (Duel duel : these) {
      Progress.show("warming up: " + duel.title());
      duel.warmUp();
    }
    for (int round = 1; round <= rounds; round++) {
      for (Duel duel : these) {
        Progress.show("round %d of %d: %s".formatted(round, rounds, duel.title()));
        duel.round();
      }
      machine.noteLoad();
    }
    Progress.clear();
    duels.addAll(these);
  }

  private void changes(Path folder, Machine machine) throws Exception {
    Path data = folder.resolve("data");
    List<ListId> many = new ArrayList<>();
    CatalogEntry large;
    CatalogEntry small;
    CatalogEntry young;
    CatalogEntry old;
    Progress.show("making lists");
    try (StoredLists stored = StoredLists.in(data)) {
      stored
          .named(IntStream.range(0, MANY_CLIENTS).mapToObj(n -> "Of client " + n).toList())
          .forEach(list -> many.add(list.id()));
      List<CatalogEntry> others = stored.named(List.of("Large", "Small", "Young", "Old"));
      large = others.get(0);
      small = others.get(1);
      young = others.get(2);
      old = others.get(3);
      stored.fill(large, LONG - 1, LONG - 1);
      stored.fill(small, 10, 10);
      stored.fill(young, 1_000, 1_000);
      stored.fill(old, 1_000, LONG);
    }
    Duration time = Duration.ofNanos((long) (seconds * 1e9));
    Changes one = new Changes(many.subList(0, 1), 1, time);
    Changes all = new Changes(many, MANY_CLIENTS, time);
    Changes atOneList = new Changes(many.subList(1, 2), AT_ONE_LIST, time);
    Changes neighbours = new Changes(many.subList(4, 8), 4, time);
    Changes toLarge = new Changes(List.of(large.id()), 1, time);
    Changes toSmall = new Changes(List.of(small.id()), 1, time);
    try (Tend _ = Tend.start(data, OptionalInt.empty())) {
      awaitLoaded(large.id());
      fight(
          List.of(
              Duel.atLeast(
                  0.8,
                  "durable changes of one client, per second",
                  new Duel.Side("Tend", one::perSecond),
                  new Duel.Side(
                      "a page written and synced", () -> Changes.rawPerSecond(folder, time))),
              Duel.atLeast(
                  4,
                  "durable changes, per second",
                  new Duel.Side("100 clients, 100 lists", all::perSecond),
                  new Duel.Side("one client", one::perSecond)),
              Duel.atLeast(
                  6,
                  "durable changes of one list, per second",
                  new Duel.Side("64 clients", atOneList::perSecond),
                  new Duel.Side("one client", one::perSecond)),
              Duel.atMost(
                  2,
                  "95th percentile of adds of 4 clients, µs",
                  new Duel.Side("while backups are made", neighbours::p95DuringBackups),
                  new Duel.Side("alone", neighbours::p95)),
              Duel.atMost(
                  1.1,
                  "a durable change, CPU in µs",
                  new Duel.Side("a list of 100,000", toLarge::cpuEach),
                  new Duel.Side("a list of 10", toSmall::cpuEach)),
              Duel.atMost(
                  1.1,
                  "loading a list of 1,000 entries, ms",
                  new Duel.Side("100,000 records old", () -> loading(old)),
                  new Duel.Side("1,000 records old", () -> loading(young)))),
          machine);
    }
  }

  private static void awaitLoaded(ListId list) throws InterruptedException {
    while (!(ListClient.read(list) instanceof Reading.Found)) {
      Thread.sleep(50);
    }
  }

  /** From the loss of its server to its first answer. */
  private static double loading(CatalogEntry list) {
    long total = 0;
    for (int i = 0; i < LOADS; i++) {
      if (TodoCache.serverProcess(list, Deadline.in(Duration.ofSeconds(5)))
          instanceof Located.Running(Pid<TodoServer> server)) {
        Processes.exit(server, ExitReason.KILL);
      }
      long begin = System.nanoTime();
      while (!(ListClient.read(list.id()) instanceof Reading.Found)) {
        Thread.onSpinWait();
      }
      total += System.nanoTime() - begin;
    }
    return total / 1e6 / LOADS;
  }

  private void batches(Path folder, Machine machine) throws Exception {
    try (Batches batches = Batches.in(folder.resolve("batches"))) {
      fight(
          List.of(
              Duel.atLeast(
                  0.7,
                  "records in batches of 1,000, per second",
                  new Duel.Side("the store", batches::throughTheStore),
                  new Duel.Side("bare SQLite", batches::byTheDriver))),
          machine);
    }
  }

  private void beginnings(Path folder, Machine machine) throws Exception {
    Progress.show(String.format(Locale.ROOT, "making %,d lists", lists));
    Begin few = Begin.with(folder.resolve("few"), FEW_LISTS);
    Begin many = Begin.with(folder.resolve("many"), lists);
    Beginnings both = new Beginnings(many, few);
    String stored = String.format(Locale.ROOT, "%,d stored lists", lists);
    String beside = "1,000 stored lists";
    fight(
        List.of(
            Duel.atMost(
                1.2,
                "start of a server and its first answer, ms",
                new Duel.Side(stored, both::manyBegin),
                new Duel.Side(beside, both::fewBegin)),
            Duel.atMost(
                1.2,
                "memory after that, MB of heap",
                new Duel.Side(stored, both::megabytesOfMany),
                new Duel.Side(beside, both::megabytesOfFew)),
            Duel.atMost(
                2,
                "first request to a list, µs",
                new Duel.Side(stored, both::firstOfMany),
                new Duel.Side(beside, both::firstOfFew)),
            Duel.atMost(
                10,
                "search for a list by a part of its name, µs",
                new Duel.Side(stored, both::searchOfMany),
                new Duel.Side(beside, both::searchOfFew))),
        machine);
  }

  private void report(Machine machine) throws IOException {
    StringBuilder text = new StringBuilder();
    if (machine.isLoaded()) {
      text.append("**The machine was busy with other work: trust the ratios only.**\n");
    }
    text.append(
        String.format(
            Locale.ROOT,
            "Measured on %s by `./tend bench store --rounds %d --seconds %s --lists %d`.%n"
                + "Machine: %s.%nJava %s.%n%n",
            LocalDate.now(ZoneId.systemDefault()),
            rounds,
            seconds,
            lists,
            machine.description(),
            Runtime.version()));
    text.append("Each cell: median of the rounds (min–max); the ratio is taken in each round.\n\n");
    text.append(Duel.heading());
    duels.forEach(duel -> text.append(duel.row()));
    System.out.print(text);
    if (writeDocs) {
      Path root = Path.of(System.getProperty("tend.root", "."));
      new PerformancePage(root.resolve("docs/performance.md"), "tend bench store")
          .write(text.toString());
    }
  }
}
