package dev.tend.bench.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How one thing measured compares with another, a line for each level and figure. */
public record Comparison(String base, String other, List<Line> lines) {

  /**
   * @param base the rates or times of the one
   * @param other of the one that is compared with it
   * @param ratio above 1 the other is better
   */
  public record Line(int clients, Figure figure, Spread base, Spread other, Ratio ratio) {}

  /** What is compared. */
  public enum Figure {
    RATE("a second"),
    P50("p50"),
    P99("p99");

    private final String title;

    Figure(String title) {
      this.title = title;
    }

    private Spread of(Measured cell) {
      return switch (this) {
        case RATE -> cell.rate();
        case P50 -> cell.latency(Latency::p50);
        case P99 -> cell.latency(Latency::p99);
      };
    }

    private String text(Spread spread) {
      return this == RATE
          ? spread.toString()
          : "%s (%s–%s)"
              .formatted(
                  Figures.time(spread.median()),
                  Figures.time(spread.min()),
                  Figures.time(spread.max()));
    }
  }

  public Comparison {
    lines = List.copyOf(lines);
  }

  /** Two experiments of one run, at the levels at which both were measured. */
  public static Comparison within(Run run, String base, String other) {
    List<Line> lines = new ArrayList<>();
    for (int level : run.levels()) {
      lines.addAll(lines(run.find(base, level), run.find(other, level)));
    }
    return new Comparison(base, other, lines);
  }

  /** What two runs have in common: one comparison an experiment. */
  public static List<Comparison> between(Run base, String baseName, Run other, String otherName) {
    List<Comparison> comparisons = new ArrayList<>();
    for (String experiment : base.experiments()) {
      List<Line> lines = new ArrayList<>();
      for (int level : base.levels()) {
        lines.addAll(lines(base.find(experiment, level), other.find(experiment, level)));
      }
      if (!lines.isEmpty()) {
        comparisons.add(
            new Comparison(experiment + " in " + baseName, experiment + " in " + otherName, lines));
      }
    }
    return comparisons;
  }

  private static List<Line> lines(Optional<Measured> base, Optional<Measured> other) {
    if (base.isEmpty() || other.isEmpty()) {
      return List.of();
    }
    List<Line> lines = new ArrayList<>();
    for (Figure figure : Figure.values()) {
      Spread one = figure.of(base.get());
      Spread two = figure.of(other.get());
      Ratio ratio = Ratio.of(two, one, figure == Figure.RATE);
      lines.add(new Line(base.get().clients(), figure, one, two, ratio));
    }
    return lines;
  }

  /** A table; its ratios say how many times better the other is than the base. */
  @Override
  public String toString() {
    TextTable table =
        new TextTable(
            "rlrrrll", List.of("clients", "", base, other, "ratio", "from–to", "verdict"));
    for (Line line : lines) {
      table.add(
          List.of(
              line.figure() == Figure.RATE ? String.valueOf(line.clients()) : "",
              line.figure().title,
              line.figure().text(line.base()),
              line.figure().text(line.other()),
              Ratio.times(line.ratio().factor()),
              Ratio.times(line.ratio().low()) + "–" + Ratio.times(line.ratio().high()),
              line.ratio().verdict()));
    }
    return other + " against " + base + "; above 1× it is better\n\n" + table;
  }
}
