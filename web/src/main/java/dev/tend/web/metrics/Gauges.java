package dev.tend.web.metrics;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Figures read at one moment, in the library's form. */
final class Gauges {
  private final List<MetricSnapshot> all = new ArrayList<>();

  /** One value. */
  Gauges gauge(String name, String help, Number value) {
    return gauge(name, help, List.of(point(Labels.EMPTY, value.doubleValue())));
  }

  /** A value for each of what a label names. */
  Gauges gauge(String name, String help, String label, Map<String, ? extends Number> values) {
    return gauge(
        name,
        help,
        values.entrySet().stream()
            .map(value -> point(Labels.of(label, value.getKey()), value.getValue().doubleValue()))
            .toList());
  }

  private Gauges gauge(
      String name, String help, List<GaugeSnapshot.GaugeDataPointSnapshot> points) {
    all.add(new GaugeSnapshot(metadata(name, help), points));
    return this;
  }

  /**
   * What only grows.
   *
   * @param name without {@code _total}
   */
  Gauges counter(String name, String help, Number value) {
    all.add(
        CounterSnapshot.builder()
            .name(name)
            .help(help)
            .dataPoint(
                CounterSnapshot.CounterDataPointSnapshot.builder()
                    .value(value.doubleValue())
                    .build())
            .build());
    return this;
  }

  /**
   * What does not change, as labels.
   *
   * @param name without {@code _info}
   */
  Gauges info(String name, String help, Labels labels) {
    all.add(
        InfoSnapshot.builder()
            .name(name)
            .help(help)
            .dataPoint(InfoSnapshot.InfoDataPointSnapshot.builder().labels(labels).build())
            .build());
    return this;
  }

  MetricSnapshots all() {
    return new MetricSnapshots(all);
  }

  private static GaugeSnapshot.GaugeDataPointSnapshot point(Labels labels, double value) {
    return GaugeSnapshot.GaugeDataPointSnapshot.builder().labels(labels).value(value).build();
  }

  private static MetricMetadata metadata(String name, String help) {
    return new MetricMetadata(name, help);
  }
}
