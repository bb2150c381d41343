package dev.tend.bench.contest;

import java.util.List;

/** One client puts requests to a server while unread messages wait in the client's own mailbox. */
record CallPastProgram(int waiting) implements Program {
  private static final int CALLS = 50_000;

  @Override
  public String id() {
    return "call-past";
  }

  @Override
  public String title() {
    return "call 1 → 1 past %,d waiting messages".formatted(waiting);
  }

  @Override
  public List<Metric> metrics() {
    return List.of(Metric.RATE, Metric.SLOWDOWN);
  }

  @Override
  public void run(Contestant contestant, Effort effort, Results results) throws Exception {
    int calls = effort.size(CALLS);
    Effort.Part empty = () -> contestant.callPast(0, calls);
    Effort.Part full = () -> contestant.callPast(effort.size(waiting), calls);
    effort.warmUp(empty);
    effort.warmUp(full);
    double emptyRate = effort.medianRate(calls, empty);
    double fullRate = effort.medianRate(calls, full);
    results.add(Metric.RATE, fullRate);
    results.add(Metric.SLOWDOWN, emptyRate / fullRate);
  }
}
