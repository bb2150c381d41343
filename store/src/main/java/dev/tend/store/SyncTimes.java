package dev.tend.store;

import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Histogram;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How long syncs took, for {@code /metrics}; since the JVM started. */
final class SyncTimes {
  private static final Histogram SECONDS =
      Histogram.builder()
          .name("tend_sync_seconds")
          .help("How long the end of a transaction took, which waits for the disk.")
          .labelNames("store")
          .classicOnly()
          .classicUpperBounds(
              0.0002, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5)
          .withoutExemplars()
          .register();

  private static final Pattern OURS = Pattern.compile("(catalog|shard-\\d+)\\.db");

  private SyncTimes() {}

  /** Those of a file: {@code shard-1} of {@code shard-1.db}; one that is none of ours, the rest. */
  static DistributionDataPoint of(Path file) {
    Matcher name = OURS.matcher(String.valueOf(file.getFileName()));
    return SECONDS.labelValues(name.matches() ? name.group(1) : "other");
  }
}
