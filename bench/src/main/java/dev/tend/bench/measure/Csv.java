package dev.tend.bench.measure;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Comma-separated values (RFC 4180). */
public final class Csv {
  private Csv() {}

  /** One line for each round of each experiment at each level; times are nanoseconds. */
  public static void write(Run run, Path file) throws IOException {
    List<String> header =
        List.of(
            "experiment",
            "clients",
            "round",
            "per_second",
            "p50_ns",
            "p90_ns",
            "p99_ns",
            "p999_ns",
            "max_ns");
    write(file, header, run.measured().stream().flatMap(Csv::lines));
  }

  private static Stream<List<?>> lines(Measured cell) {
    return IntStream.range(0, cell.rates().size())
        .mapToObj(round -> {
          Latency latency = cell.latencies().get(round);
          return List.of(
              cell.experiment(),
              cell.clients(),
              round + 1,
              cell.rates().get(round),
              latency.p50(),
              latency.p90(),
              latency.p99(),
              latency.p999(),
              latency.max());
        });
  }

  /** The same for other lines, in the place of what the file had. */
  public static void write(Path file, List<String> header, Stream<? extends List<?>> lines)
      throws IOException {
    try (CsvWriter csv = CsvWriter.builder().build(file)) {
      csv.writeRecord(header);
      lines.forEach(line -> csv.writeRecord(line.stream().map(String::valueOf).toList()));
    }
  }
}
