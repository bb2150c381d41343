package dev.tend.bench.contest;

import java.util.List;

/** Clients put requests to servers, each client one after the other. */
record CallProgram(int clients, int servers) implements Program {
  private static final int CALLS = 50_000;

  @Override
  public String id() {
    return "call-" + clients + "-" + servers;
  }

  @Override
  public String title() {
    return "call " + clients + " → " + servers;
  }

  @Override
  public List<Metric> metrics() {
    return List.of(Metric.RATE, Metric.P50, Metric.P99);
  }

  @Override
  public void run(Contestant contestant, Effort effort, Results results) throws Exception {
    int each = effort.size(Math.max(1_000, CALLS / clients));
    long[][] nanos = new long[clients][each];
    Latencies latencies = new Latencies();
    effort.warmUp(() -> contestant.call(servers, nanos));
    double rate =
        effort.rate(
            clients * each,
            () -> {
              long time = contestant.call(servers, nanos);
              latencies.add(nanos);
              return time;
            });
    results.add(Metric.RATE, rate);
    results.add(Metric.P50, latencies.micros(50));
    results.add(Metric.P99, latencies.micros(99));
  }
}
