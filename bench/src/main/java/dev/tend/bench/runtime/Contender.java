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

  /** The heading of our own column, with which all others are compared. */
  String OURS = "otp";

  /** The heading of its column. */
  String name();

  boolean isInstalled();

  boolean runs(Program program, int round);

  /** Without the effort and the programs, which follow. */
  List<String> command();

  /** In the order of the columns. */
  static List<Contender> all(Path root) {
    return List.of(
        new Jvm(OURS, "otp"),
        new Beam(root.resolve("bench/beam/contest.exs")),
        new Jvm("Pekko", "pekko"),
        new Jvm("plain Java", "plain"));
  }

  /** A library on a JVM like the one that runs this. */
  record Jvm(String name, String id) implements Contender {
    static final List<String> OPTIONS =
        List.of(
            "-Xms2g",
            "-Xmn1g", // a young generation that grows is touched within a pause
            "-Xmx4g",
            "-XX:+AlwaysPreTouch",
            "-XX:+UseCompactObjectHeaders",
            "-XX:+UseParallelGC",
            "-XX:+UseCondCardMark",
            "-XX:+UseTransparentHugePages",
            "-XX:+IgnoreUnrecognizedVMOptions", // those are Linux's alone
            "-Xlog:disable", // what it says where they are not allowed is no result
            "-Xlog:all=warning:stderr",
            "-XX:+ExitOnOutOfMemoryError",
            "--sun-misc-unsafe-memory-access=allow",
            "-Dlogback.configurationFile=dev/tend/bench/runtime/logback.xml");

    @Override
    public boolean isInstalled() {
      return true;
    }

    @Override
    public boolean runs(Program program, int round) {
      return !program.isSteady() || round == 1;
    }

    @Override
    public List<String> command() {
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(OPTIONS);
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
