package dev.tend.bench.runtime;

import java.util.List;
import java.util.Locale;

/** The values of several rounds: what is said of them is their median. */
public record Spread(double min, double median, double max) {

  /** At least one. */
  public static Spread of(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    double median =
        sorted.size() % 2 == 1
            ? sorted.get(middle)
            : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    return new Spread(sorted.getFirst(), median, sorted.getLast());
  }

  /** Whether some round of the one came out as some round of the other. */
  boolean overlaps(Spread other) {
    return min <= other.max && other.min <= max;
  }

  /** {@code 1.82 M (1.70 M–1.90 M)}; the median alone where there is one round. */
  @Override
  public String toString() {
    return min == max
        ? brief(median)
        : "%s (%s–%s)".formatted(brief(median), brief(min), brief(max));
  }

  /** Three digits. */
  static String brief(double value) {
    if (Math.abs(value) >= 999_500) {
      return digits(value / 1e6) + " M";
    }
    return Math.abs(value) >= 9_995 ? digits(value / 1e3) + " K" : digits(value);
  }

  private static String digits(double value) {
    double size = Math.abs(value);
    int decimals = size >= 99.95 ? 0 : size >= 9.995 ? 1 : 2;
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }
}
