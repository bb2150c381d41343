package dev.tend.bench.contest;

import java.time.Duration;
import java.util.Locale;

/**
 * How long and how large.
 *
 * @param warmUp how long a program is repeated before it is measured
 * @param measured how long it is repeated then
 * @param divisor what its sizes are divided by
 */
public record Effort(Duration warmUp, Duration measured, int divisor) {

  /** Part of a program, repeatable. */
  @FunctionalInterface
  interface Part {
    /** Runs it; the nanoseconds of what counts. */
    long run() throws Exception;
  }

  static Effort of(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "full" -> new Effort(Duration.ofMillis(800), Duration.ofMillis(800), 1);
      case "long" -> new Effort(Duration.ofSeconds(2), Duration.ofSeconds(10), 1);
      case "quick" -> new Effort(Duration.ofMillis(20), Duration.ofMillis(20), 100);
      default -> throw new IllegalArgumentException("neither full, long nor quick: " + name);
    };
  }

  int size(int full) {
    return Math.max(1, full / divisor);
  }

  /** Repeats a part until it runs as quickly as it will. */
  void warmUp(Part part) throws Exception {
    repeat(warmUp, part);
  }

  /** Repeats a part; the operations a second, where each run of it does so many. */
  double rate(int operations, Part part) throws Exception {
    Sum sum = repeat(measured, part);
    return 1e9 * operations * sum.runs / sum.nanos;
  }

  private record Sum(long runs, long nanos) {}

  /** At least once. */
  private static Sum repeat(Duration time, Part part) throws Exception {
    long end = System.nanoTime() + time.toNanos();
    long runs = 0;
    long nanos = 0;
    do {
      nanos += part.run();
      runs++;
    } while (System.nanoTime() < end);
    return new Sum(runs, nanos);
  }
}
