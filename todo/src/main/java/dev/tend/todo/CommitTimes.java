package dev.tend.todo;

import dev.tend.todo.journal.StoreException;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;

/** What is measured of one file's commits, for {@code /metrics}; since the JVM started. */
final class CommitTimes {
  private static final Histogram SECONDS =
      Histogram.builder()
          .name("tend_commit_seconds")
          .help("How long a commit took, from the first row written until it was durable.")
          .labelNames("store")
          .classicOnly()
          .classicUpperBounds(0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5)
          .withoutExemplars()
          .register();

  private static final Histogram CHANGES =
      Histogram.builder()
          .name("tend_commit_changes")
          .help("How many changes a commit made durable together.")
          .labelNames("store")
          .classicOnly()
          .classicUpperBounds(0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 5_000)
          .withoutExemplars()
          .register();

  private static final Counter FAILURES =
      Counter.builder()
          .name("tend_commit_failures_total")
          .help("How many commits failed: refused and undone, or of unknown outcome.")
          .labelNames("store", "outcome")
          .withoutExemplars()
          .register();

  private final DistributionDataPoint seconds;
  private final DistributionDataPoint changes;
  private final CounterDataPoint refused;
  private final CounterDataPoint unknown;

  /**
   * @param store the file's name: {@code catalog}, {@code shard-1}
   */
  CommitTimes(String store) {
    seconds = SECONDS.labelValues(store);
    changes = CHANGES.labelValues(store);
    refused = FAILURES.labelValues(store, "refused");
    unknown = FAILURES.labelValues(store, "unknown");
  }

  void made(long nanos, int number) {
    seconds.observe(nanos / 1e9);
    changes.observe(number);
  }

  void failed(StoreException why) {
    (why instanceof StoreException.OutcomeUnknown ? unknown : refused).inc();
  }
}
