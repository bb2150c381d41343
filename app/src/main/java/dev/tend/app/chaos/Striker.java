package dev.tend.app.chaos;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Carries out a plan, strike after strike, for as long as there is load. */
final class Striker implements Runnable {
  private static final int LOOKS = 200;
  private static final int PATIENT_LOOKS = 1_000;
  private static final int BETWEEN_LOOKS = 20;

  /** So many changes are acknowledged at least between two kills of the JVM. */
  private static final int WORTH_A_KILL = 20;

  private final List<Strike> plan;
  private final Victim victim;
  private final Load load;
  private final Map<Target, Integer> kills = new EnumMap<>(Target.class);

  /** Who was killed last at each place: whoever is there later is another one. */
  private final Map<String, String> killed = new HashMap<>();

  Striker(List<Strike> plan, Victim victim, Load load) {
    this.plan = plan;
    this.victim = victim;
    this.load = load;
  }

  @Override
  public void run() {
    try {
      for (Strike strike : plan) {
        Thread.sleep(strike.after());
        if (load.over().isNow()) {
          return;
        }
        strike(strike);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void strike(Strike strike) throws InterruptedException {
    if (strike.target() == Target.JVM) {
      awaitLoad();
      victim.kill();
      count(strike.target());
      return;
    }
    for (int i = 0; i < LOOKS && !load.over().isNow(); i++) {
      if (isKilled(strike)) {
        count(strike.target());
        return;
      }
      Thread.sleep(BETWEEN_LOOKS);
    }
  }

  /** A server that has just started, on a busy machine, has nothing to lose yet. */
  private void awaitLoad() throws InterruptedException {
    long enough = load.ledger().acknowledged() + WORTH_A_KILL;
    for (int i = 0; i < PATIENT_LOOKS && load.ledger().acknowledged() < enough; i++) {
      Thread.sleep(BETWEEN_LOOKS);
    }
  }

  private boolean isKilled(Strike strike) throws InterruptedException {
    Victim.Life life = victim.life();
    String name = name(strike);
    String place = name + " of life " + life.number();
    try {
      Optional<String> pid = pid(strike.target(), name).filter(it -> !it.equals(killed.get(place)));
      if (pid.isEmpty() || load.wire().kill(pid.get(), life.token()).status() != 202) {
        return false;
      }
      killed.put(place, pid.get());
      return true;
    } catch (Lost restarting) {
      return false;
    }
  }

  private String name(Strike strike) {
    return switch (strike.target()) {
      case LIST -> load.shelves().get(strike.which() % load.shelves().size()).name();
      case WORKER -> strike.target().place() + " " + (strike.which() + 1);
      default -> strike.target().place();
    };
  }

  private Optional<String> pid(Target target, String name) throws Lost, InterruptedException {
    boolean list = target == Target.LIST;
    Reply status = load.wire().get(list ? "/status?find=" + name : "/status");
    if (status.status() != 200) {
      return Optional.empty();
    }
    return pid(list ? status.body().path("found") : status.body().path("tree"), name);
  }

  /** Of the first node of that name, at any depth. */
  private static Optional<String> pid(JsonNode node, String name) {
    if (node.path("name").asString("").equals(name) && node.path("pid").isString()) {
      return node.optional("pid").map(pid -> pid.asString(""));
    }
    for (JsonNode below : node.isArray() ? node : node.path("children")) {
      Optional<String> found = pid(below, name);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private synchronized void count(Target target) {
    kills.merge(target, 1, Integer::sum);
  }

  /** How many of each there were. */
  synchronized Map<Target, Integer> kills() {
    return new EnumMap<>(kills);
  }
}
