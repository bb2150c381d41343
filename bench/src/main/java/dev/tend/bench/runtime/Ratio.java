package dev.tend.bench.runtime;

import java.util.Locale;

/**
 * How ours compares with another: above 1 ours is better, whatever better is.
 *
 * @param isSure whether every round of the one was better than every round of the other
 */
record Ratio(double factor, boolean isSure) {

  static Ratio of(Spread ours, Spread theirs, boolean moreIsBetter) {
    double more = ours.median() / theirs.median();
    return new Ratio(moreIsBetter ? more : 1 / more, !ours.overlaps(theirs));
  }

  /** {@code 2.1×}, with a question mark where the rounds disagree about who is ahead. */
  @Override
  public String toString() {
    String format = factor >= 9.95 ? "%.0f×" : factor >= 0.095 ? "%.1f×" : "%.2f×";
    return String.format(Locale.ROOT, format, factor) + (isSure ? "" : "?");
  }
}
