package dev.tend.web.metrics;

import dev.tend.web.status.Sampler;
import dev.tend.web.status.Status;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.instrumentation.jvm.JvmGarbageCollectorMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmMemoryMetrics;
import io.prometheus.metrics.instrumentation.jvm.ProcessMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.stream.Stream;

/**
 * All that is measured, of this server and of its JVM. One for the life of the server, whichever of
 * its processes restart.
 */
public final class Metrics {
  private static final Duration PACE = Duration.ofSeconds(10);

  private final ExpositionFormats formats = ExpositionFormats.init();
  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final RequestTimes requests = new RequestTimes(registry);
  private final Optional<Disk> disk;
  private final Gathered gathered;

  /** A text, and its content type. */
  @SuppressWarnings("ArrayRecordComponent") // made once, for one answer
  public record Text(String type, byte[] bytes) {}

  /**
   * @param version of the program
   * @param data the folder whose size is of interest
   */
  public Metrics(String version, Optional<Path> data, Status status) {
    disk = data.map(Disk::new);
    gathered = new Gathered(version, status, disk);
    registry.register(gathered);
    JvmMemoryMetrics.builder().register(registry);
    JvmGarbageCollectorMetrics.builder().register(registry);
    ProcessMetrics.builder().register(registry);
  }

  /** Where requests are counted. */
  public RequestTimes requests() {
    return requests;
  }

  /** Who counts the open event streams. */
  public void streamsAre(IntSupplier open) {
    gathered.streamsAre(open);
  }

  /** Starts to look at the data folder, until what this answers is closed. */
  public List<AutoCloseable> samplers() {
    return disk.<AutoCloseable>map(folder -> Sampler.of("web-disk", PACE, folder::sample)).stream()
        .toList();
  }

  /**
   * All of it, at this moment.
   *
   * @param accepted what the client reads, what it would rather have first; if that is not
   *     OpenMetrics, the text format 0.0.4, also for a Prometheus that would rather have its own
   *     binary form
   */
  public Text text(List<String> accepted) {
    ExpositionFormatWriter open = formats.getOpenMetricsTextFormatWriter();
    ExpositionFormatWriter text = formats.getPrometheusTextFormatWriter();
    ExpositionFormatWriter writer =
        accepted.stream()
            .map(type -> type.toLowerCase(Locale.ROOT))
            .flatMap(type ->
                open.accepts(type)
                    ? Stream.of(open)
                    : type.startsWith("text/plain") ? Stream.of(text) : Stream.empty())
            .findFirst()
            .orElse(text);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(32 * 1024);
    try {
      writer.write(bytes, snapshots());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Text(writer.getContentType(), bytes.toByteArray());
  }

  /** What belongs to the server, and what is one for the whole JVM. */
  private MetricSnapshots snapshots() {
    List<MetricSnapshot> all =
        Stream.of(registry, PrometheusRegistry.defaultRegistry)
            .flatMap(from -> from.scrape().stream())
            .toList();
    return new MetricSnapshots(all);
  }
}
