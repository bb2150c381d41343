package dev.tend.bench.runtime;

import dev.tend.bench.contest.Program;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** One column of the table, and how its process is started. */
sealed interface Contender {

  /** The heading of its column. */
  String name();

  /** The column that it is compared with; itself for one of ours. */
  String comparedWith();

  boolean isInstalled();

  boolean runs(Program program, int round);

  /** Without the effort and the programs, which follow. */
  List<String> command();

  /** In the order of the columns. */
  static List<Contender> all(Path root) {
    return List.of(
        new Jvm("otp", "otp", Scheduler.LAUNCHER, "otp"),
        new Jvm("otp, JDK's parallelism", "otp", Scheduler.JDK, "otp, JDK's parallelism"),
        new Beam(root.resolve("bench/beam/contest.exs")),
        new Jvm("Pekko", "pekko", Scheduler.LAUNCHER, "otp"),
        new Jvm("plain Java", "plain", Scheduler.LAUNCHER, "otp"),
        new Jvm("plain Java, JDK's parallelism", "plain", Scheduler.JDK, "otp, JDK's parallelism"));
  }

  /** How many carriers virtual threads have. */
  enum Scheduler {
    /** As {@code ./tend} starts Tend (law 11). */
    LAUNCHER,
    /** One a core. */
    JDK;

    private List<String> options() {
      int carriers = Math.max(8, 2 * Runtime.getRuntime().availableProcessors());
      return switch (this) {
        case LAUNCHER ->
            List.of(
                "-Djdk.virtualThreadScheduler.parallelism=" + carriers,
                "-Djdk.virtualThreadScheduler.maxPoolSize=" + Math.max(256, carriers));
        case JDK -> List.of();
      };
    }
  }

  /** A library on a JVM like the one that runs this. */
  record Jvm(String name, String id, Scheduler scheduler, String comparedWith)
      implements Contender {
    static final List<String> OPTIONS =
        List.of(
            "-Xms2g",
            "-Xmx4g",
            "-XX:+UseCompactObjectHeaders",
            "-XX:+ExitOnOutOfMemoryError",
            "--sun-misc-unsafe-memory-access=allow",
            "-Dlogback.configurationFile=dev/tend/bench/runtime/logback.xml");

    @Override
    public boolean isInstalled() {
      return true;
    }

    @Override
    public boolean runs(Program program, int round) {
      return !program.isSteady() || (round == 1 && scheduler == Scheduler.LAUNCHER);
    }

    @Override
    public List<String> command() {
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(OPTIONS);
      command.addAll(scheduler.options());
      command.addAll(List.of("-cp", System.getProperty("java.class.path")));
      command.addAll(List.of("dev.tend.bench.contest.Contest", id));
      return command;
    }
  }

  /** Elixir's {@code elixir}, as it is on the PATH. */
  record Beam(Path script) implements Contender {
    static final List<String> OPTIONS = List.of("--erl", "+P 4000000");

    @Override
    public String name() {
      return "BEAM";
    }

    @Override
    public String comparedWith() {
      return "otp";
    }

    @Override
    public boolean isInstalled() {
      return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
          .anyMatch(folder -> Files.isExecutable(Path.of(folder, "elixir")));
    }

    @Override
    public boolean runs(Program program, int round) {
      return !program.isSteady() || round == 1;
    }

    @Override
    public List<String> command() {
      List<String> command = new ArrayList<>(List.of("elixir"));
      command.addAll(OPTIONS);
      command.add(script.toString());
      return command;
    }
  }
}
