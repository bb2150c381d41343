package dev.tend.bench.contest;

import java.time.Duration;
import java.util.List;

/** A dynamic supervisor is stopped with all its children. */
record StopProgram(int children) implements Program {
  private static final int CHILDREN_TO_WARM_UP = 2_000;

  private static final Duration PATIENCE = Duration.ofSeconds(15);

  @Override
  public String id() {
    return "stop-" + children / 1_000 + "k";
  }

  @Override
  public String title() {
    return "stop of %,d dynamic children (at most %d s)".formatted(children, PATIENCE.toSeconds());
  }

  @Override
  public List<Metric> metrics() {
    return List.of(Metric.TIME);
  }

  @Override
  public void run(Contestant contestant, Effort effort, Results results) throws Exception {
    effort.warmUp(() -> contestant.stopChildren(effort.size(CHILDREN_TO_WARM_UP)));
    results.add(Metric.TIME, contestant.stopChildren(effort.size(children)) / 1e6);
  }
}
