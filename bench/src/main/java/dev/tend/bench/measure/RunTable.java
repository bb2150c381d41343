package dev.tend.bench.measure;

import java.util.List;

/** A run as lines of text. */
public final class RunTable {
  public static final String LEGEND =
      "A second: median of the rounds (slowest–quickest), all clients together. Latencies: of"
          + " rounds of their own, in which each call is timed; median of the rounds, of max the"
          + " worst.";

  private RunTable() {}

  /** A line for each experiment at each level, what to doubt, and what the columns are. */
  public static String of(Run run) {
    StringBuilder text = new StringBuilder();
    text.append(table(run)).append('\n');
    run.doubts().forEach(doubt -> text.append(doubt).append('\n'));
    return text.append(LEGEND).append('\n').toString();
  }

  public static List<String> heading() {
    return List.of("clients", "experiment", "a second", "", "p50", "p90", "p99", "p99.9", "max");
  }

  private static TextTable table(Run run) {
    TextTable table = new TextTable("rlrlrrrrr", heading());
    for (int level : run.levels()) {
      if (level != run.levels().getFirst()) {
        table.gap();
      }
      run.at(level).forEach(cell -> table.add(cells(cell)));
    }
    return table;
  }

  /** The cells of one line, in the order of {@link #heading()}. */
  public static List<String> cells(Measured cell) {
    return List.of(
        String.valueOf(cell.clients()),
        cell.experiment(),
        cell.rate().toString(),
        cell.rate().disagrees() ? "~" : "",
        Figures.time(cell.latency(Latency::p50).median()),
        Figures.time(cell.latency(Latency::p90).median()),
        Figures.time(cell.latency(Latency::p99).median()),
        Figures.time(cell.latency(Latency::p999).median()),
        Figures.time(cell.latency(Latency::max).max()));
  }
}
