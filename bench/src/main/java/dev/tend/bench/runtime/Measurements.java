package dev.tend.bench.runtime;

import dev.tend.bench.contest.Program;
import dev.tend.bench.measure.Ratio;
import dev.tend.bench.measure.Spread;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** All that has been measured so far. */
final class Measurements {
  private final Map<Cell, List<Double>> values = new LinkedHashMap<>();
  private final Map<String, String> abouts = new TreeMap<>();

  void add(Cell cell, double value) {
    values.computeIfAbsent(cell, c -> new ArrayList<>()).add(value);
  }

  void describe(String contender, String text) {
    abouts.put(contender, text);
  }

  /** What the contenders say of themselves. */
  List<String> abouts() {
    return abouts.values().stream().distinct().toList();
  }

  Optional<Spread> spread(String contender, Cell.Row row) {
    return Optional.ofNullable(values.get(new Cell(contender, row))).map(Spread::of);
  }

  Optional<Ratio> ratio(Contender contender, Cell.Row row) {
    return contender.name().equals(Contender.OURS)
        ? Optional.empty()
        : spread(Contender.OURS, row)
            .flatMap(ours ->
                spread(contender.name(), row)
                    .map(theirs -> Ratio.of(ours, theirs, row.metric().moreIsBetter())));
  }

  /** The lines of the table that anyone has a value in. */
  List<Cell.Row> rows(List<Program> programs) {
    return programs.stream()
        .flatMap(program -> program.metrics().stream().map(m -> new Cell.Row(program, m)))
        .filter(row -> values.keySet().stream().anyMatch(cell -> cell.row().equals(row)))
        .toList();
  }

  /** One line a value, the rounds of a cell in order. */
  void writeCsv(PrintWriter out) {
    out.println("program,metric,unit,contender,round,value");
    values.forEach((cell, list) -> {
      for (int round = 1; round <= list.size(); round++) {
        out.printf(
            "%s,%s,\"%s\",\"%s\",%d,%s%n",
            cell.row().program().id(),
            cell.row().metric(),
            cell.row().metric().unit(),
            cell.contender(),
            round,
            list.get(round - 1));
      }
    });
  }
}
