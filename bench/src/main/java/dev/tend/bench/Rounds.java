package dev.tend.bench;

import dev.tend.bench.measure.Latency;
import dev.tend.bench.measure.Machine;
import dev.tend.bench.measure.Measured;
import dev.tend.bench.measure.Run;
import dev.tend.bench.measure.Words;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Interleaved rounds: in each, every experiment has its turn at every level, so that whatever else
 * the machine does meets all alike; every other round in the opposite order, so that none always
 * follows the same one. The first round warms up and is not counted.
 *
 * <p>A turn has two parts. In the first the function is called without a clock in between: the
 * rate. In the second each call is timed: the latencies. So neither falsifies the other.
 */
final class Rounds {
  private final List<Experiment> experiments;
  private final Plan plan;
  private final Consumer<String> begun;
  private final Map<Cell, List<Double>> rates = new LinkedHashMap<>();
  private final Map<Cell, List<Latency>> latencies = new LinkedHashMap<>();

  private record Cell(Experiment experiment, int clients) {}

  Rounds(List<Experiment> experiments, Plan plan, Consumer<String> begun) {
    if (experiments.stream().map(Experiment::name).distinct().count() < experiments.size()) {
      throw new IllegalArgumentException("two experiments have the same name");
    }
    this.experiments = experiments;
    this.plan = plan;
    this.begun = begun;
  }

  Run run() {
    List<Experiment> ready = new ArrayList<>();
    try {
      for (Experiment experiment : experiments) {
        setUp(experiment);
        ready.add(experiment);
      }
      return measureAll();
    } finally {
      ready.reversed().forEach(Rounds::tearDown);
    }
  }

  private Run measureAll() {
    Machine machine = new Machine();
    List<Cell> cells = new ArrayList<>();
    plan.levels().forEach(level -> experiments.forEach(e -> cells.add(new Cell(e, level))));
    for (int round = 0; round <= plan.rounds(); round++) {
      for (Cell cell : round % 2 == 0 ? cells : cells.reversed()) {
        turn(cell, round);
      }
      machine.noteLoad();
    }
    return new Run(about(machine), cells.stream().map(this::measured).toList());
  }

  private void turn(Cell cell, int round) {
    String which = round == 0 ? "warm-up" : "round %d of %d".formatted(round, plan.rounds());
    String name = cell.experiment().name();
    begun.accept("%s: %s, %s".formatted(which, name, Words.clients(cell.clients())));
    // What the one before has left behind is not to be paid by this one.
    System.gc();
    try {
      Timed timed = new Timed(cell.experiment(), cell.clients(), plan.least());
      double rate = timed.rate(plan.operations());
      Latency latency = timed.latency(plan.timedOperations());
      if (round > 0) {
        rates.computeIfAbsent(cell, c -> new ArrayList<>()).add(rate);
        latencies.computeIfAbsent(cell, c -> new ArrayList<>()).add(latency);
      }
    } catch (IllegalStateException failed) {
      throw new IllegalStateException(name + ": " + failed.getMessage(), failed);
    }
  }

  private Measured measured(Cell cell) {
    return new Measured(
        cell.experiment().name(),
        cell.clients(),
        rates.getOrDefault(cell, List.of()),
        latencies.getOrDefault(cell, List.of()));
  }

  private List<String> about(Machine machine) {
    List<String> lines = new ArrayList<>();
    lines.add("Machine: " + machine.description());
    lines.add("Java " + Runtime.version());
    lines.add(
        String.format(
            Locale.ROOT,
            "%s, interleaved, after a warm-up; %,d operations a client, for %d ms at least",
            Words.count(plan.rounds(), "round"),
            plan.operations(),
            plan.least().toMillis()));
    if (machine.isLoaded()) {
      lines.add("The machine was busy with other work: trust the ratios only");
    }
    return lines;
  }

  private static void setUp(Experiment experiment) {
    try {
      experiment.setUp();
    } catch (Exception e) {
      throw new IllegalStateException(experiment.name() + " could not be set up", e);
    }
  }

  private static void tearDown(Experiment experiment) {
    try {
      experiment.tearDown();
    } catch (Exception e) {
      System.getLogger("dev.tend.bench")
          .log(System.Logger.Level.WARNING, experiment.name() + " could not be torn down", e);
    }
  }
}
