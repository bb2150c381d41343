package dev.tend.bench.measure;

import org.HdrHistogram.AbstractHistogram;

/** How long the operations of one round took, in nanoseconds, as whoever waited saw it. */
public record Latency(double p50, double p90, double p99, double p999, double max) {

  /**
   * @param nanos with at least one value
   */
  public static Latency of(AbstractHistogram nanos) {
    return new Latency(
        nanos.getValueAtPercentile(50),
        nanos.getValueAtPercentile(90),
        nanos.getValueAtPercentile(99),
        nanos.getValueAtPercentile(99.9),
        nanos.getMaxValue());
  }
}
