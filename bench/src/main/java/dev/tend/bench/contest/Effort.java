package dev.tend.bench.contest;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * How long and how large.
 *
 * @param warmUp how long a program is repeated before one looks whether it still becomes quicker
 * @param measured how long it is repeated then
 * @param divisor what its sizes are divided by
 */
public record Effort(Duration warmUp, Duration measured, int divisor) {
  private static final double QUICKER = 1.03;
  private static final int WARM_UPS = 16;
  private static final int IN_VAIN = 3;

  /** Part of a program, repeatable. */
  @FunctionalInterface
  interface Part {
    /** Runs it; the nanoseconds of what counts. */
    long run() throws Exception;
  }

  static Effort of(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "full" -> new Effort(Duration.ofMillis(500), Duration.ofMillis(1_000), 1);
      case "long" -> new Effort(Duration.ofMillis(500), Duration.ofSeconds(10), 1);
      case "quick" -> new Effort(Duration.ofMillis(20), Duration.ofMillis(20), 100);
      default -> throw new IllegalArgumentException("neither full, long nor quick: " + name);
    };
  }

  int size(int full) {
    return Math.max(1, full / divisor);
  }

  /**
   * Repeats a part until it runs as quickly as it will: some warm-ups in a row have not made it
   * quicker; or there have been enough of them.
   */
  void warmUp(Part part) throws Exception {
    double best = 0;
    int inVain = 0;
    for (int i = 0; i < WARM_UPS && inVain < IN_VAIN; i++) {
      long begin = System.nanoTime();
      double pace = (double) repeat(warmUp, part).runs / (System.nanoTime() - begin);
      inVain = pace > QUICKER * best ? 0 : inVain + 1;
      best = Math.max(best, pace);
    }
  }

  /** Repeats a part that takes its own times. */
  void repeat(Part part) throws Exception {
    repeat(measured, part);
  }

  /** Repeats a part; the operations a second, where each run of it does so many. */
  double rate(int operations, Part part) throws Exception {
    Sum sum = repeat(measured, part);
    return 1e9 * operations * sum.runs / sum.nanos;
  }

  /**
   * The same of the median run, for parts that are long and of which each is another case: where
   * two processes happen to run on one carrier they are several times as quick as on two.
   */
  double medianRate(int operations, Part part) throws Exception {
    List<Long> nanos = new ArrayList<>();
    long end = System.nanoTime() + measured.multipliedBy(4).toNanos();
    do {
      nanos.add(part.run());
    } while (System.nanoTime() < end);
    Collections.sort(nanos);
    return 1e9 * operations / nanos.get(nanos.size() / 2);
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
