package dev.tend.todo;

import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Histogram;
import java.util.List;

/**
 * How long lists took to answer, for {@code /metrics}; since the JVM started. A read of a list that
 * is published asks nobody and is not measured here.
 */
final class CallTimes {
  private static final Histogram SECONDS =
      Histogram.builder()
          .name("tend_list_call_seconds")
          .help("How long a list took to answer: one change, a batch of them, or its loading.")
          .labelNames("call", "outcome")
          .classicOnly()
          .classicUpperBounds(
              0.0002, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10)
          .withoutExemplars()
          .register();

  private static final DistributionDataPoint CHANGED = SECONDS.labelValues("change", "answered");
  private static final DistributionDataPoint NOT_NOW = SECONDS.labelValues("change", "unavailable");
  private static final DistributionDataPoint UNKNOWN = SECONDS.labelValues("change", "unknown");
  private static final DistributionDataPoint BATCHES = SECONDS.labelValues("batch", "answered");
  private static final DistributionDataPoint LOADED = SECONDS.labelValues("load", "answered");
  private static final DistributionDataPoint NOT_LOADED =
      SECONDS.labelValues("load", "unavailable");

  private CallTimes() {}

  static Outcome change(long began, Outcome outcome) {
    DistributionDataPoint of =
        switch (outcome) {
          case Outcome.Unavailable _ -> NOT_NOW;
          case Outcome.Unknown _ -> UNKNOWN;
          default -> CHANGED;
        };
    of.observe(seconds(began));
    return outcome;
  }

  static List<Outcome> batch(long began, List<Outcome> outcomes) {
    BATCHES.observe(seconds(began));
    return outcomes;
  }

  static Reading load(long began, Reading reading) {
    (reading instanceof Reading.Unavailable ? NOT_LOADED : LOADED).observe(seconds(began));
    return reading;
  }

  private static double seconds(long began) {
    return (System.nanoTime() - began) / 1e9;
  }
}
