package dev.tend.bench;

import java.time.Duration;
import java.util.List;

/**
 * How experiments are measured.
 *
 * @param levels how many clients at once, one measurement after the other
 * @param operations how often each client calls the function, until it is begun anew
 * @param rounds how many values each experiment gets at each level, after a warm-up
 * @param least how long one value is measured at least: the clients begin anew until then
 */
public record Plan(List<Integer> levels, int operations, int rounds, Duration least) {

  public Plan {
    levels = levels.stream().distinct().toList();
    if (levels.isEmpty() || levels.stream().anyMatch(level -> level < 1)) {
      throw new IllegalArgumentException("levels are numbers from 1, one at least: " + levels);
    }
    if (operations < 1 || rounds < 1 || least.isNegative()) {
      throw new IllegalArgumentException("at least one operation and one round, and no less time");
    }
  }

  /** 1, 10 and 100 clients, the seed's 100,000 operations, five rounds of 0.25 s or more. */
  public static Plan standard() {
    return new Plan(List.of(1, 10, 100), 100_000, 5, Duration.ofMillis(250));
  }

  public Plan withLevels(Integer... numbers) {
    return new Plan(List.of(numbers), operations, rounds, least);
  }

  public Plan withOperations(int number) {
    return new Plan(levels, number, rounds, least);
  }

  public Plan withRounds(int number) {
    return new Plan(levels, operations, number, least);
  }

  public Plan withLeast(Duration duration) {
    return new Plan(levels, operations, rounds, duration);
  }

  /** Of a client whose every call is timed: a tenth, but a thousand where there are as many. */
  int timedOperations() {
    return Math.min(operations, Math.max(1_000, operations / 10));
  }
}
