package dev.tend.otp.soak;

import dev.tend.otp.supervisor.Flags;
import dev.tend.otp.supervisor.Limits;
import dev.tend.otp.supervisor.Strategy;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The restarts of one supervisor, counted without it, by its children's starts. A start is a
 * restart unless it is a child's first one or somebody may have asked for it; how often a group was
 * restarted lies between its member with the most starts and the sum of all.
 *
 * <p>Time passes in steps; a start counts as of any moment of its step.
 */
final class Patience {
  private final int maxRestarts;
  private final Duration period;
  private final boolean alone;
  private final Set<String> notYetStarted;
  private final NavigableMap<Integer, Map<String, Integer>> starts = new TreeMap<>();
  private final NavigableMap<Integer, Map<String, Integer>> asked = new TreeMap<>();

  private Patience(int maxRestarts, Duration period, boolean alone, Set<String> children) {
    this.maxRestarts = maxRestarts;
    this.period = period;
    this.alone = alone;
    this.notYetStarted = children;
  }

  /** A supervisor's books as it starts; none for a worker. */
  static @Nullable Patience of(TreePlan plan) {
    return switch (plan) {
      case TreePlan.Leaf leaf -> null;
      case TreePlan.Crowd(var id, var restart, var significant, var simple, Limits limits, var m) ->
          new Patience(limits.maxRestarts(), limits.period(), true, new HashSet<>());
      case TreePlan.Branch(var id, var restart, var significant, Flags flags, var children) ->
          new Patience(
              flags.maxRestarts(),
              flags.period(),
              flags.strategy() == Strategy.ONE_FOR_ONE,
              children.stream().map(TreePlan::id).collect(Collectors.toCollection(HashSet::new)));
    };
  }

  synchronized void started(int step, String child) {
    if (!notYetStarted.remove(child)) {
      starts.computeIfAbsent(step, s -> new HashMap<>()).merge(child, 1, Integer::sum);
    }
  }

  /** Somebody asks for a start of this child, within this step. */
  synchronized void asked(int step, String child) {
    asked.computeIfAbsent(step, s -> new HashMap<>()).merge(child, 1, Integer::sum);
  }

  /** Whether there have certainly been more restarts than allowed, in a period that ends now. */
  synchronized boolean isExceeded(Steps steps, int now) {
    Map<String, Integer> sum = new HashMap<>();
    for (int step : starts.headMap(now, true).descendingKeySet()) {
      if (steps.longest(step).compareTo(period) > 0) {
        break;
      }
      Map<String, Integer> byRequest = asked.getOrDefault(step, Map.of());
      starts
          .get(step)
          .forEach((child, count) -> {
            int certain = Math.max(0, count - byRequest.getOrDefault(child, 0));
            sum.merge(child, certain, Integer::sum);
          });
    }
    int restarts =
        alone
            ? sum.values().stream().mapToInt(Integer::intValue).sum()
            : sum.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    return restarts > maxRestarts;
  }

  /** Whether there can have been as many restarts as allowed, before the one too many of now. */
  synchronized boolean canBeExhausted(Steps steps, int now) {
    int restarts = 0;
    for (int step : starts.headMap(now, true).descendingKeySet()) {
      if (steps.shortest(step, now).compareTo(period) > 0) {
        break;
      }
      restarts += starts.get(step).values().stream().mapToInt(Integer::intValue).sum();
    }
    return restarts >= maxRestarts;
  }

  /** What is long past does not count any more. */
  synchronized void forget(Steps steps, int now) {
    while (!starts.isEmpty() && steps.shortest(starts.firstKey(), now).compareTo(period) > 0) {
      starts.pollFirstEntry();
    }
    asked.headMap(starts.isEmpty() ? now : starts.firstKey()).clear();
  }

  @Override
  public synchronized String toString() {
    return maxRestarts + " in " + period + (alone ? "" : " as a group") + ", starts " + starts;
  }
}
