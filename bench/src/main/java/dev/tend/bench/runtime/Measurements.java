package dev.tend.bench.runtime;

import dev.tend.bench.contest.Program;
import dev.tend.bench.measure.Csv;
import dev.tend.bench.measure.Ratio;
import dev.tend.bench.measure.Spread;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

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
  void writeCsv(Path file) throws IOException {
    Csv.write(
        file,
        List.of("program", "metric", "unit", "contender", "round", "value"),
        values.entrySet().stream().flatMap(cell -> lines(cell.getKey(), cell.getValue())));
  }

  private static Stream<List<?>> lines(Cell cell, List<Double> rounds) {
    return IntStream.range(0, rounds.size())
        .mapToObj(round ->
            List.of(
                cell.row().program().id(),
                cell.row().metric(),
                cell.row().metric().unit(),
                cell.contender(),
                round + 1,
                rounds.get(round)));
  }
}
