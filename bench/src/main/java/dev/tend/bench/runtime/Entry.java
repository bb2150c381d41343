package dev.tend.bench.runtime;

import dev.tend.bench.contest.Metric;
import dev.tend.bench.contest.Program;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** One contender in one round: a process that runs a program and tells what it gave. */
record Entry(Contender contender, Program program, String effort) {
  private static final long MINUTES = 10;

  /** It ended without having run the program. */
  static final class Failed extends Exception {
    private static final long serialVersionUID = 1;

    Failed(String message) {
      super(message);
    }
  }

  /** Runs it to its end; what it gave before it failed stays. */
  void run(Measurements into) throws IOException, InterruptedException, Failed {
    Path errors = Files.createTempFile("tend-bench-", ".log");
    List<String> command = new ArrayList<>(contender.command());
    command.add(effort);
    command.add(program.id());
    Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
    Thread ending = new Thread(process::destroyForcibly);
    Runtime.getRuntime().addShutdownHook(ending);
    CompletableFuture.delayedExecutor(MINUTES, TimeUnit.MINUTES).execute(process::destroyForcibly);
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        take(List.of(line.split("\t")), into);
      }
      if (process.waitFor() != 0) {
        throw new Failed(
            "%s failed at %s:\n%s"
                .formatted(contender.name(), program.title(), Files.readString(errors).strip()));
      }
    } finally {
      process.destroyForcibly();
      Runtime.getRuntime().removeShutdownHook(ending);
      Files.delete(errors);
    }
  }

  private void take(List<String> words, Measurements into) {
    switch (words.getFirst()) {
      case "about" -> into.describe(contender.name(), words.get(1));
      case "result" ->
          into.add(
              new Cell(contender.name(), new Cell.Row(program, Metric.valueOf(words.get(2)))),
              Double.parseDouble(words.get(3)));
      default -> throw new IllegalStateException("not a word of a contest: " + words);
    }
  }
}
