package dev.tend.bench.contest;

import java.util.List;

/** Each of several clients sends its own server messages, then a request that comes last. */
record CastProgram(int pairs, int messages) implements Program {

  @Override
  public String id() {
    return "cast-" + pairs + "-" + pairs;
  }

  @Override
  public String title() {
    return "cast " + pairs + " → " + pairs;
  }

  @Override
  public List<Metric> metrics() {
    return List.of(Metric.RATE);
  }

  @Override
  public void run(Contestant contestant, Effort effort, Results results) throws Exception {
    int each = effort.size(messages);
    Effort.Part part = () -> contestant.cast(pairs, each);
    effort.warmUp(part);
    results.add(Metric.RATE, effort.rate(pairs * each, part));
  }
}
