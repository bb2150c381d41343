package dev.tend.bench.measure;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Comma-separated values (RFC 4180). */
public final class Csv {
  private Csv() {}

  /** One line for each round of each experiment at each level; times are nanoseconds. */
  public static String of(Run run) {
    StringBuilder text = new StringBuilder();
    text.append("experiment,clients,round,per_second,p50_ns,p90_ns,p99_ns,p999_ns,max_ns\n");
    for (Measured cell : run.measured()) {
      for (int round = 0; round < cell.rates().size(); round++) {
        Latency latency = cell.latencies().get(round);
        text.append(
            line(
                cell.experiment(),
                cell.clients(),
                round + 1,
                cell.rates().get(round),
                latency.p50(),
                latency.p90(),
                latency.p99(),
                latency.p999(),
                latency.max()));
      }
    }
    return text.toString();
  }

  /** One line, with its end. */
  public static String line(Object... values) {
    return Arrays.stream(values).map(Csv::field).collect(Collectors.joining(",")) + "\n";
  }

  private static String field(Object value) {
    String text = value.toString();
    boolean plain = text.chars().noneMatch(c -> c == '"' || c == ',' || c == '\n' || c == '\r');
    return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}
