package dev.tend.bench.contest;

import java.util.List;
import java.util.Locale;

/** One process starts many others and waits until it knows that all have come to their end. */
enum SpawnProgram implements Program {
  SPAWN("spawn and exit", 20_000) {
    @Override
    long run(Contestant contestant, int processes) throws Exception {
      return contestant.spawn(processes);
    }
  },
  SPAWN_LINK("spawn linked and exit", 20_000) {
    @Override
    long run(Contestant contestant, int processes) throws Exception {
      return contestant.spawnLinked(processes);
    }
  },
  SPAWN_MONITOR("spawn monitored and exit", 20_000) {
    @Override
    long run(Contestant contestant, int processes) throws Exception {
      return contestant.spawnMonitored(processes);
    }
  },
  START_CHILD("start under a dynamic supervisor", 5_000) {
    @Override
    long run(Contestant contestant, int processes) throws Exception {
      return contestant.startChildren(processes);
    }
  };

  private final String title;
  private final int processes;

  SpawnProgram(String title, int processes) {
    this.title = title;
    this.processes = processes;
  }

  abstract long run(Contestant contestant, int processes) throws Exception;

  @Override
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  @Override
  public String title() {
    return title;
  }

  @Override
  public List<Metric> metrics() {
    return List.of(Metric.RATE);
  }

  @Override
  public void run(Contestant contestant, Effort effort, Results results) throws Exception {
    int size = effort.size(processes);
    Effort.Part part = () -> run(contestant, size);
    effort.warmUp(part);
    results.add(Metric.RATE, effort.rate(size, part));
  }
}
