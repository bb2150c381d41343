package dev.tend.bench.measure;

import java.util.List;

/**
 * The values of several rounds: what is said of them is their median.
 *
 * @param rounds how many values there were
 */
public record Spread(double min, double median, double max, int rounds) {
  /** By how much of the median the rounds may differ before they are said to disagree. */
  public static final double TOLERANCE = 0.25;

  /**
   * @param values at least one
   */
  public static Spread of(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    double median =
        sorted.size() % 2 == 1
            ? sorted.get(middle)
            : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    return new Spread(sorted.getFirst(), median, sorted.getLast(), sorted.size());
  }

  /** Whether some round of the one came out as some round of the other. */
  public boolean overlaps(Spread other) {
    return min <= other.max && other.min <= max;
  }

  /** The distance of the extremes, as a part of the median. */
  public double disagreement() {
    return max == min ? 0 : (max - min) / median;
  }

  /** Whether the rounds differ by more than {@link #TOLERANCE}. */
  public boolean disagrees() {
    return disagreement() > TOLERANCE;
  }

  /** {@code 1.82 M (1.70 M–1.90 M)}; the median alone where all rounds are alike. */
  @Override
  public String toString() {
    return min == max
        ? Figures.brief(median)
        : "%s (%s–%s)".formatted(Figures.brief(median), Figures.brief(min), Figures.brief(max));
  }
}
