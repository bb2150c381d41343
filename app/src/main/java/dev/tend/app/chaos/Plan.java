package dev.tend.app.chaos;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Which kills there are, and in what order: drawn before anything starts, from the seed alone. */
final class Plan {
  private static final int SHARDS = 4;
  private static final Duration SHORTEST = Duration.ofMillis(20);
  private static final Duration IN_A_BURST = Duration.ofMillis(100);

  /** The root bears three losses in a minute. */
  private static final int BURST = 4;

  private final Wish wish;
  private final Random random;
  private final Map<Target.Parent, Deque<Duration>> losses = new EnumMap<>(Target.Parent.class);
  private final List<Strike> strikes = new ArrayList<>();
  private Duration now = Duration.ZERO;

  private Plan(Wish wish) {
    this.wish = wish;
    this.random = new Random(wish.seed());
  }

  static List<Strike> of(Wish wish) {
    Plan plan = new Plan(wish);
    while (plan.now.compareTo(wish.time()) < 0) {
      switch (wish.mode()) {
        case JVM -> plan.add(plan.pause(), Target.JVM);
        case BELOW -> plan.bearable();
        case HARD -> plan.unbearable();
      }
    }
    return List.copyOf(plan.strikes);
  }

  /** Between kills: exponentially distributed, so that some come at once after another. */
  private Duration pause() {
    double seconds = -Math.log(1 - random.nextDouble()) / wish.rate();
    Duration drawn = Duration.ofNanos((long) (seconds * 1e9));
    return drawn.compareTo(SHORTEST) < 0 ? SHORTEST : drawn;
  }

  private void add(Duration after, Target target) {
    now = now.plus(after);
    int many = target == Target.WORKER ? SHARDS : wish.lists();
    strikes.add(new Strike(after, target, random.nextInt(many)));
  }

  /** A list instead of what its supervisor could not bear at that time. */
  private void bearable() {
    Duration after = pause();
    Target drawn = drawn();
    boolean borne = drawn.parent().map(parent -> isBorne(parent, now.plus(after))).orElse(true);
    add(after, borne ? drawn : Target.LIST);
  }

  private boolean isBorne(Target.Parent parent, Duration at) {
    Deque<Duration> recent = losses.computeIfAbsent(parent, _ -> new ArrayDeque<>());
    while (!recent.isEmpty() && recent.peek().plus(parent.period()).compareTo(at) <= 0) {
      recent.poll();
    }
    if (recent.size() >= parent.losses()) {
      return false;
    }
    recent.add(at);
    return true;
  }

  /** A few at random, whatever it leads to, and then one place until its supervisor gives up. */
  private void unbearable() {
    for (int i = 3 + random.nextInt(5); i > 0; i--) {
      add(pause(), drawn());
    }
    Target again = random.nextBoolean() ? Target.TODO : Target.WEB;
    for (int i = 0; i < BURST; i++) {
      add(i == 0 ? pause() : IN_A_BURST, again);
    }
    if (random.nextInt(3) == 0) {
      add(pause(), Target.ROOT);
    }
  }

  private Target drawn() {
    int all = 0;
    for (Target target : Target.values()) {
      all += target.weight();
    }
    int left = random.nextInt(all);
    for (Target target : Target.values()) {
      left -= target.weight();
      if (left < 0) {
        return target;
      }
    }
    throw new IllegalStateException("the weights have changed meanwhile");
  }
}
