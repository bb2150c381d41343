package dev.tend.otp.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.testkit.OtpTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every combination of what a static child can be and can suffer, against {@link TreeModel}. */
@OtpTest
class StrategyProductTest {
  private static final List<Shutdown> SHUTDOWNS =
      List.of(
          new Shutdown.BrutalKill(),
          new Shutdown.Within(Duration.ofSeconds(5)),
          new Shutdown.Infinity());

  /** The real tree and its model, changed in step. */
  private static final class Pair {
    final RealTree real;
    final TreeModel model;
    final Pid<Supervisor> sup;

    Pair(RealTree.Naming naming, Strategy strategy, int maxRestarts, AutoShutdown autoShutdown) {
      real = new RealTree(naming);
      model = new TreeModel(strategy, maxRestarts, autoShutdown);
      sup = real.start(strategy, maxRestarts, autoShutdown);
    }

    void startChild(
        String id, Restart restart, boolean significant, Shutdown shutdown, boolean traps) {
      boolean tells = traps && !(shutdown instanceof Shutdown.BrutalKill);
      ChildSpec spec =
          ChildSpec.worker(id, () -> real.startChild(id, traps))
              .withRestart(restart)
              .withSignificant(significant)
              .withShutdown(shutdown);
      TreeModel.Entry known = model.find(id);
      TreeModel.Entry entry = new TreeModel.Entry(id, restart, significant, tells);
      entry.starts = known == null ? started(id) : 0;
      same(Supervisor.startChild(sup, spec), model.startChild(entry));
    }

    /** A child that was deleted may come again: lives are counted for each id for ever. */
    private int started(String id) {
      return (int) real.lives.values().stream().filter(l -> l.startsWith(id + "#")).count();
    }

    void terminateChild(String id) {
      same(Supervisor.terminateChild(sup, id), model.terminateChild(id));
    }

    void restartChild(String id) {
      same(Supervisor.restartChild(sup, id), model.restartChild(id));
    }

    void deleteChild(String id) {
      same(Supervisor.deleteChild(sup, id), model.deleteChild(id));
    }

    private static void same(ChildResult result, String expected) {
      assertThat(result.getClass().getSimpleName()).isEqualTo(expected);
    }

    /** Ends a running child; its life and reason. */
    void dies(String id, Dying how) {
      String life = model.find(id).toString();
      how.happensTo(real.pid(life));
      model.dies(id, how);
      assertThat(real.end(life)).isEqualTo(how.reason);
    }

    void check() {
      if (!model.alive) {
        assertThat(Children.ended(sup)).isEqualTo(ExitReason.SHUTDOWN);
        real.checkLives(List.of());
      } else {
        List<ChildInfo> tree = Supervisor.whichChildren(sup);
        assertThat(tree.stream().map(real::describe).toList()).isEqualTo(model.tree());
        assertThat(Supervisor.countChildren(sup)).isEqualTo(model.counts());
        real.checkLives(tree);
      }
      assertThat(real.log).isEqualTo(model.log);
    }

    void finish() {
      if (model.alive) {
        assertThat(Children.stop(sup)).isEqualTo(ExitReason.SHUTDOWN);
        model.end();
      }
      check();
    }

    /** For a test that has failed: nothing is to be left of it. */
    void abandon() {
      Processes.exit(sup, ExitReason.KILL);
      real.lives.keySet().forEach(pid -> Processes.exit(pid, ExitReason.KILL));
    }
  }

  static List<Arguments> product() {
    List<Arguments> product = new ArrayList<>();
    for (Strategy strategy : Strategy.values()) {
      for (Dying how : Dying.values()) {
        for (Restart restart : Restart.values()) {
          product.add(Arguments.of(strategy, how, restart));
        }
      }
    }
    return product;
  }

  /** One of five dies; the others are of all kinds, and one had been terminated. */
  @ParameterizedTest
  @MethodSource("product")
  void one_of_five_dies(Strategy strategy, Dying how, Restart restart) {
    for (Shutdown shutdown : SHUTDOWNS) {
      for (RealTree.Naming naming : RealTree.Naming.values()) {
        for (int place = 0; place < 5; place += 2) {
          oneOfFiveDies(strategy, how, restart, shutdown, naming, place, false);
          if (restart != Restart.PERMANENT) {
            oneOfFiveDies(strategy, how, restart, shutdown, naming, place, true);
          }
        }
      }
    }
  }

  private static void oneOfFiveDies(
      Strategy strategy,
      Dying how,
      Restart restart,
      Shutdown shutdown,
      RealTree.Naming naming,
      int place,
      boolean significant) {
    Pair pair =
        new Pair(
            naming, strategy, 1, significant ? AutoShutdown.ANY_SIGNIFICANT : AutoShutdown.NEVER);
    try {
      List<Restart> others =
          List.of(Restart.PERMANENT, Restart.TEMPORARY, Restart.TRANSIENT, Restart.PERMANENT);
      for (int i = 0, other = 0; i < 5; i++) {
        if (i == place) {
          pair.startChild("victim", restart, significant, shutdown, !how.bySignal());
        } else {
          pair.startChild("c" + i, others.get(other), false, shutdown, true);
          other++;
        }
      }
      pair.terminateChild("c1");
      pair.terminateChild("c3");
      pair.check();
      pair.dies("victim", how);
      pair.check();
      if (pair.model.alive && pair.model.find("c4") != null) {
        pair.dies("c4", Dying.CRASH);
        pair.check();
      }
      pair.finish();
    } catch (Throwable failure) {
      pair.abandon();
      throw new AssertionError(
          List.of(shutdown, naming, place, significant) + ": " + failure.getMessage(), failure);
    }
  }

  /** Any calls and deaths in any order. */
  @ParameterizedTest
  @EnumSource
  void anything_in_any_order(Strategy strategy) {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      AutoShutdown autoShutdown = pick(random, AutoShutdown.values());
      Pair pair = new Pair(pick(random, RealTree.Naming.values()), strategy, 2, autoShutdown);
      List<String> steps = new ArrayList<>();
      try {
        for (int step = 0; step < 30 && pair.model.alive; step++) {
          steps.add(step(pair, random, autoShutdown));
          pair.check();
        }
        pair.finish();
      } catch (Throwable failure) {
        pair.abandon();
        throw new AssertionError(
            "seed " + seed + ", " + autoShutdown + ", " + steps + ": " + failure.getMessage(),
            failure);
      }
    }
  }

  private static String step(Pair pair, Random random, AutoShutdown autoShutdown) {
    String id = "c" + random.nextInt(5);
    switch (random.nextInt(8)) {
      case 0 -> pair.terminateChild(id);
      case 1 -> pair.restartChild(id);
      case 2 -> pair.deleteChild(id);
      case 3, 4 -> {
        Restart restart = pick(random, Restart.values());
        boolean significant =
            autoShutdown != AutoShutdown.NEVER
                && restart != Restart.PERMANENT
                && random.nextBoolean();
        Shutdown shutdown = SHUTDOWNS.get(random.nextInt(SHUTDOWNS.size()));
        pair.startChild(id, restart, significant, shutdown, true);
        return "start " + id + " " + restart + " " + significant + " " + shutdown;
      }
      default -> {
        List<String> running =
            IntStream.range(0, 5)
                .mapToObj(i -> "c" + i)
                .filter(other -> pair.model.find(other) != null && pair.model.find(other).runs)
                .toList();
        if (!running.isEmpty()) {
          String victim = running.get(random.nextInt(running.size()));
          Dying how = pick(random, Dying.values());
          if (how.bySignal()) {
            how = Dying.KILL;
          }
          pair.dies(victim, how);
          return victim + " dies, " + how;
        }
      }
    }
    return "call for " + id;
  }

  private static <E> E pick(Random random, E[] values) {
    return values[random.nextInt(values.length)];
  }
}
