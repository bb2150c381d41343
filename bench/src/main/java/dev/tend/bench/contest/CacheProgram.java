package dev.tend.bench.contest;

import java.util.List;

/** The seed's measurement: clients look for the server of one of a hundred lists, by its name. */
record CacheProgram(Way way, int clients) implements Program {
  private static final int LOOK_UPS = 100_000;

  /** How they find it; named as in {@code tend profile}. */
  enum Way {
    CACHE_PROCESS("cache-process", "through the cache's process"),
    REGISTRY_PROCESS("registry-process", "through the registry's process"),
    ETS("ets", "through ETS");

    private final String id;
    private final String title;

    Way(String id, String title) {
      this.id = id;
      this.title = title;
    }

    String id() {
      return id;
    }
  }

  @Override
  public String id() {
    return way.id + "-" + clients;
  }

  @Override
  public String title() {
    return "a list's server %s, %d client%s".formatted(way.title, clients, clients == 1 ? "" : "s");
  }

  @Override
  public List<Metric> metrics() {
    return List.of(Metric.RATE);
  }

  @Override
  public void run(Contestant contestant, Effort effort, Results results) throws Exception {
    int each = effort.size(Math.max(1_000, LOOK_UPS / clients));
    try (Contestant.LookUps lookUps = contestant.lookUps(way)) {
      Effort.Part part = () -> lookUps.use(clients, each);
      effort.warmUp(part);
      results.add(Metric.RATE, effort.rate(clients * each, part));
    }
  }
}
