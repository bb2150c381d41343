package dev.tend.bench.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The table, for a terminal and for a page. */
record Report(Measurements measurements, List<Contender> contenders, List<Cell.Row> rows) {
  static final String LEGEND =
      "median of the rounds (min–max); then by how much otp is better (above 1×) or worse; ?"
          + " where the rounds disagree about who is ahead; – where there is no equivalent.";

  /** A block for each row, a line for each contender. */
  String text() {
    StringBuilder text = new StringBuilder();
    for (Cell.Row row : rows) {
      text.append(row.title()).append('\n');
      for (Contender contender : contenders) {
        text.append("  %-30s  %s%n".formatted(contender.name(), cell(contender, row)));
      }
    }
    return text + "\n" + LEGEND + "\n";
  }

  String markdown() {
    List<String> lines = new ArrayList<>();
    lines.add(line("", contenders.stream().map(Contender::name).toList()));
    lines.add("|---".repeat(contenders.size() + 1) + "|");
    for (Cell.Row row : rows) {
      lines.add(line(row.title(), contenders.stream().map(c -> cell(c, row)).toList()));
    }
    return String.join("\n", lines) + "\n";
  }

  private static String line(String first, List<String> others) {
    return others.stream().collect(Collectors.joining(" | ", "| " + first + " | ", " |"));
  }

  private String cell(Contender contender, Cell.Row row) {
    String ratio = measurements.ratio(contender, row).map(r -> " · " + r).orElse("");
    return measurements.spread(contender.name(), row).map(s -> s + ratio).orElse("–");
  }
}
