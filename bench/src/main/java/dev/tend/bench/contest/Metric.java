package dev.tend.bench.contest;

/** What is said of a program that was measured. */
public enum Metric {
  RATE("per second", true),
  P50("p50, µs", false),
  P99("p99, µs", false),
  TIME("ms", false),
  BYTES("bytes each", false),
  SLOWDOWN("times slower than with an empty one", false);

  private final String unit;
  private final boolean moreIsBetter;

  Metric(String unit, boolean moreIsBetter) {
    this.unit = unit;
    this.moreIsBetter = moreIsBetter;
  }

  public String unit() {
    return unit;
  }

  public boolean moreIsBetter() {
    return moreIsBetter;
  }
}
