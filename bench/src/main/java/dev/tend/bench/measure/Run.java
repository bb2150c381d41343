package dev.tend.bench.measure;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;

/**
 * All that was measured together.
 *
 * @param about where, when and how: lines for people
 * @param measured in the order of the levels and, in each, of the experiments
 */
public record Run(List<String> about, List<Measured> measured) {

  public Run {
    about = List.copyOf(about);
    measured = List.copyOf(measured);
  }

  /** The numbers of clients, in the order they were asked for. */
  public SequencedSet<Integer> levels() {
    SequencedSet<Integer> levels = new LinkedHashSet<>();
    measured.forEach(cell -> levels.add(cell.clients()));
    return levels;
  }

  public SequencedSet<String> experiments() {
    SequencedSet<String> names = new LinkedHashSet<>();
    measured.forEach(cell -> names.add(cell.experiment()));
    return names;
  }

  public List<Measured> at(int clients) {
    return measured.stream().filter(cell -> cell.clients() == clients).toList();
  }

  public Optional<Measured> find(String experiment, int clients) {
    return measured.stream()
        .filter(cell -> cell.experiment().equals(experiment) && cell.clients() == clients)
        .findAny();
  }

  /** A sentence for each cell whose rounds differ too much to be trusted. */
  public List<String> doubts() {
    return measured.stream().filter(cell -> cell.rate().disagrees()).map(Run::doubt).toList();
  }

  private static String doubt(Measured cell) {
    return "~ the rounds disagree: %s, %s: slowest and quickest are %s of the median apart"
        .formatted(
            cell.experiment(),
            Words.clients(cell.clients()),
            Figures.percent(cell.rate().disagreement()));
  }
}
