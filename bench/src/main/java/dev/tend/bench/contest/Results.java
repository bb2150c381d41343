package dev.tend.bench.contest;

/** Takes what has been measured of the program that runs. */
@FunctionalInterface
public interface Results {
  void add(Metric metric, double value);
}
