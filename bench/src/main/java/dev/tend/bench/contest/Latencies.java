package dev.tend.bench.contest;

import org.HdrHistogram.Histogram;

/** How long each of many operations took, to three digits. */
final class Latencies {
  private final Histogram nanos = new Histogram(3);

  void add(long[]... clients) {
    for (long[] client : clients) {
      for (long latency : client) {
        nanos.recordValue(latency);
      }
    }
  }

  double micros(double percentile) {
    return nanos.getValueAtPercentile(percentile) / 1e3;
  }
}
