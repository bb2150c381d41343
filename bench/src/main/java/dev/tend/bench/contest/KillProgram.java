package dev.tend.bench.contest;

import java.util.List;

/**
 * A supervised server is killed again and again, and its supervisor started anew for more of them:
 * the time until the replacement has answered.
 */
record KillProgram(int siblings, int kills) implements Program {
  private static final int KILLS_TO_WARM_UP = 200;

  @Override
  public String id() {
    return siblings == 0 ? "kill-alone" : "kill-siblings";
  }

  @Override
  public String title() {
    return "kill → replacement serving, one_for_one, "
        + (siblings == 0 ? "alone" : "%,d siblings".formatted(siblings));
  }

  @Override
  public List<Metric> metrics() {
    return List.of(Metric.P50);
  }

  @Override
  public void run(Contestant contestant, Effort effort, Results results) throws Exception {
    effort.warmUp(() -> {
      contestant.kill(0, new long[effort.size(KILLS_TO_WARM_UP)]);
      return 0;
    });
    Latencies latencies = new Latencies();
    effort.repeat(() -> {
      long[] nanos = new long[effort.size(kills)];
      contestant.kill(siblings / effort.divisor(), nanos);
      latencies.add(nanos);
      return 0;
    });
    results.add(Metric.P50, latencies.micros(50));
  }
}
