package dev.tend.bench;

import java.util.List;
import java.util.Locale;

/** The rates of several rounds of one measurement: what is said of them is their median. */
record Rounds(long slowest, long median, long quickest) {

  /** At least one. */
  static Rounds of(List<Long> rates) {
    List<Long> sorted = rates.stream().sorted().toList();
    return new Rounds(sorted.getFirst(), sorted.get(sorted.size() / 2), sorted.getLast());
  }

  /** {@code 1,823,739 (1,700,001–1,900,210)}. */
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%,d (%,d–%,d)", median, slowest, quickest);
  }
}
