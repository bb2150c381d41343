package dev.tend.bench.measure;

import java.util.Locale;

/**
 * How one compares with another: above 1 the first is better, whatever better is.
 *
 * @param factor of the medians
 * @param low of the first's worst round and the other's best
 * @param high of the first's best round and the other's worst
 * @param isSure whether every round of the one was better than every round of the other
 * @param chance how likely two that are alike would come out so far apart, if no round had to do
 *     with another: the part of all orders of the rounds in which one side is wholly ahead
 */
public record Ratio(double factor, double low, double high, boolean isSure, double chance) {
  private static final double TOO_LIKELY = 0.5;

  /**
   * @param moreIsBetter false for times
   */
  public static Ratio of(Spread ours, Spread theirs, boolean moreIsBetter) {
    boolean sure = !ours.overlaps(theirs);
    double chance = 2 / binomial(ours.rounds() + theirs.rounds(), ours.rounds());
    return moreIsBetter
        ? new Ratio(
            ours.median() / theirs.median(),
            ours.min() / theirs.max(),
            ours.max() / theirs.min(),
            sure,
            chance)
        : new Ratio(
            theirs.median() / ours.median(),
            theirs.min() / ours.max(),
            theirs.max() / ours.min(),
            sure,
            chance);
  }

  /** {@code apart (by chance: 0.8 %)}, or {@code not told apart}. */
  public String verdict() {
    if (!isSure) {
      return "not told apart";
    }
    return chance >= TOO_LIKELY
        ? "not told apart: too few rounds"
        : "apart (by chance: " + Figures.percent(chance) + ")";
  }

  private static double binomial(int n, int k) {
    double orders = 1;
    for (int i = 1; i <= k; i++) {
      orders = orders * (n - k + i) / i;
    }
    return orders;
  }

  /** {@code 2.1×}, with a question mark where the rounds disagree about who is ahead. */
  @Override
  public String toString() {
    return times(factor) + (isSure ? "" : "?");
  }

  /** {@code 28×}, {@code 2.1×}, {@code 0.02×}. */
  public static String times(double factor) {
    String format = factor >= 9.95 ? "%.0f×" : factor >= 0.095 ? "%.1f×" : "%.2f×";
    return String.format(Locale.ROOT, format, factor);
  }
}
