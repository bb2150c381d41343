package dev.tend.otp.soak;

import dev.tend.otp.supervisor.AutoShutdown;
import dev.tend.otp.supervisor.Flags;
import dev.tend.otp.supervisor.Limits;
import dev.tend.otp.supervisor.Restart;
import dev.tend.otp.supervisor.Shutdown;
import dev.tend.otp.supervisor.Strategy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** A tree as data: what supervisors and workers there are and what each is like. */
sealed interface TreePlan {
  String id();

  Restart restart();

  boolean significant();

  /** A static supervisor. */
  record Branch(
      String id, Restart restart, boolean significant, Flags flags, List<TreePlan> children)
      implements TreePlan {}

  /** A dynamic supervisor, whose children are alike; Elixir's, or OTP's simple_one_for_one. */
  record Crowd(
      String id, Restart restart, boolean significant, boolean simple, Limits limits, Leaf member)
      implements TreePlan {}

  /** A worker. */
  record Leaf(
      String id,
      Restart restart,
      boolean significant,
      Shutdown shutdown,
      Naming naming,
      Set<Trait> traits)
      implements TreePlan {

    boolean is(Trait trait) {
      return traits.contains(trait);
    }
  }

  /** How a worker can be found. */
  enum Naming {
    NONE,
    LOCAL,
    /** A key of the unique registry is the name it starts under. */
    VIA,
    /** It enters itself in the unique registry. */
    KEY
  }

  /** What a worker is like, besides. */
  enum Trait {
    /** No GenServer, but a process that receives. */
    PLAIN,
    TRAPS,
    /** It stays in terminate until it is killed, or its supervisor dies. */
    STUBBORN,
    BOUNDED,
    TABLE,
    RESOURCE,
    TIMER,
    /** It has an entry in the duplicate registry. */
    SUBSCRIBES
  }

  /** The tree of a seed. */
  static Branch random(Random random) {
    return branch("r", 0, Restart.PERMANENT, false, random);
  }

  private static Branch branch(
      String id, int depth, Restart restart, boolean significant, Random random) {
    AutoShutdown auto =
        random.nextInt(4) > 0 ? AutoShutdown.NEVER : one(AutoShutdown.values(), random);
    Flags flags =
        new Flags(one(Strategy.values(), random), random.nextInt(5), period(random), auto);
    List<TreePlan> children = new ArrayList<>();
    int width = 2 + random.nextInt(depth == 0 ? 5 : 4);
    for (int i = 0; i < width; i++) {
      children.add(child(id + "." + i, depth + 1, auto, random));
    }
    return new Branch(id, restart, significant, flags, List.copyOf(children));
  }

  private static TreePlan child(String id, int depth, AutoShutdown auto, Random random) {
    Restart restart = random.nextBoolean() ? Restart.PERMANENT : one(Restart.values(), random);
    boolean significant =
        auto != AutoShutdown.NEVER && restart != Restart.PERMANENT && random.nextBoolean();
    int kind = random.nextInt(10);
    if (depth < 4 && (kind < 4 || depth == 1)) {
      return branch(id, depth, restart, significant, random);
    }
    if (kind == 4 || kind == 5) {
      Limits limits =
          Limits.defaults()
              .withMaxRestarts(random.nextInt(5), period(random))
              .withMaxChildren(4 + random.nextInt(8));
      Leaf member = leaf(id, one(Restart.values(), random), false, random);
      return new Crowd(id, restart, significant, random.nextBoolean(), limits, member);
    }
    return leaf(id, restart, significant, random);
  }

  private static Leaf leaf(String id, Restart restart, boolean significant, Random random) {
    Set<Trait> traits = EnumSet.noneOf(Trait.class);
    for (Trait trait : Trait.values()) {
      if (random.nextInt(3) == 0) {
        traits.add(trait);
      }
    }
    Shutdown shutdown =
        switch (random.nextInt(4)) {
          case 0 -> new Shutdown.BrutalKill();
          case 1 -> new Shutdown.Infinity();
          default -> new Shutdown.Within(Duration.ofMillis(random.nextInt(4)));
        };
    if (traits.contains(Trait.STUBBORN)) {
      traits.add(Trait.TRAPS);
      traits.remove(Trait.PLAIN);
      if (shutdown instanceof Shutdown.Infinity) {
        traits.remove(Trait.STUBBORN);
      }
    }
    Naming naming =
        traits.contains(Trait.PLAIN)
            ? one(new Naming[] {Naming.NONE, Naming.KEY}, random)
            : one(Naming.values(), random);
    return new Leaf(id, restart, significant, shutdown, naming, Set.copyOf(traits));
  }

  private static Duration period(Random random) {
    return Duration.ofSeconds(1 + random.nextInt(10));
  }

  private static <T> T one(T[] of, Random random) {
    return of[random.nextInt(of.length)];
  }
}
