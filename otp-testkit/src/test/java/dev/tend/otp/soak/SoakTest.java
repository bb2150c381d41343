package dev.tend.otp.soak;

import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Processes;
import dev.tend.otp.supervisor.Flags;
import dev.tend.otp.supervisor.Strategy;
import dev.tend.otp.supervisor.Supervisor;
import dev.tend.otp.testkit.OtpTest;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random trees under random kills, faults, suspends and slow starts. A seed makes the same tree and
 * the same actions again; how their effects interleave is the machine's.
 *
 * <p>A {@link TreePlan} and an {@link Action.Script} come of the seed; the {@link Driver} does what
 * the script says to the {@link Tree}; the tree's processes keep a {@link Ledger}; whenever all is
 * quiet an {@link Inspection} compares.
 *
 * <p>{@code -Dsoak.seed=…} runs one seed, {@code -Dsoak.actions=…} so many of its actions, {@code
 * -Dsoak.seconds=…} so long each; by default the same few seeds for a minute in all, and under
 * {@code -Plong} others each time, for an hour.
 */
@OtpTest
class SoakTest {
  private static final boolean LONG = Boolean.getBoolean("tend.long");
  private static final int SEEDS = LONG ? 60 : 6;
  private static final long SECONDS = Long.getLong("soak.seconds", LONG ? 60 : 9);
  private static final long ACTIONS = Long.getLong("soak.actions", Long.MAX_VALUE);
  private static final int SHOWN = 30;

  static LongStream seeds() {
    Long one = Long.getLong("soak.seed");
    if (one != null) {
      return LongStream.of(one);
    }
    return LONG ? new Random().longs(SEEDS, 0, 1_000_000) : LongStream.rangeClosed(1, SEEDS);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  @Timeout(value = 1, unit = TimeUnit.HOURS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void aRandomTreeHolds(long seed) {
    Tree tree = new Tree(TreePlan.random(new Random(seed)));
    var registries =
        Supervisor.start(
                new Flags(Strategy.ONE_FOR_ONE, 0, Duration.ofSeconds(1)),
                List.of(tree.ledger.names.childSpec(), tree.ledger.topics.childSpec()),
                tree.options())
            .orThrow();
    Handler reports = new GivenUp(tree);
    OtpTest.Quiet.LOG.addHandler(reports);
    OtpTest.Quiet.LOG.setUseParentHandlers(false);
    OtpTest.Quiet.LOG.setLevel(Level.SEVERE);
    try {
      soak(tree, seed);
    } finally {
      tree.ledger.openGate();
      Supervisor.stop(registries);
      OtpTest.Quiet.LOG.setLevel(Level.OFF);
      OtpTest.Quiet.LOG.setUseParentHandlers(true);
      OtpTest.Quiet.LOG.removeHandler(reports);
    }
  }

  private static void soak(Tree tree, long seed) {
    Action.Script script = new Action.Script(tree.plan, new Random(~seed));
    Deque<Action> last = new ArrayDeque<>();
    long count = 0;
    try {
      Driver driver = new Driver(tree);
      long begin = System.nanoTime();
      boolean replays = ACTIONS < Long.MAX_VALUE;
      while (count < ACTIONS
          && (replays || System.nanoTime() - begin < TimeUnit.SECONDS.toNanos(SECONDS))) {
        Action action = script.next();
        count++;
        last.addLast(action);
        if (last.size() > SHOWN) {
          last.removeFirst();
        }
        driver.perform(action);
      }
      driver.settle();
      driver.stop();
      System.out.println("soak: seed " + seed + ", " + count + " actions");
    } catch (Throwable failure) {
      StringBuilder text = new StringBuilder();
      text.append("%s%nseed %d, action %d; to do it again: ".formatted(failure, seed, count));
      text.append("-Dtest=SoakTest -Dsoak.seed=%d -Dsoak.actions=%d%n".formatted(seed, count));
      last.forEach(action -> text.append("  ").append(action).append('\n'));
      text.append(Processes.snapshot().tree());
      killAll(tree);
      throw new AssertionError(text.toString(), failure);
    }
  }

  /** So that what one seed has left does not make the next one fail. */
  private static void killAll(Tree tree) {
    tree.ledger.openGate();
    tree.ledger.lives.keySet().forEach(pid -> Processes.exit(pid, ExitReason.KILL));
  }

  /** Hears of each supervisor that gives up, in its own thread. */
  private static final class GivenUp extends Handler {
    private final Tree tree;

    GivenUp(Tree tree) {
      this.tree = tree;
    }

    @Override
    public void publish(LogRecord entry) {
      if (entry.getMessage().contains("reached_max_restart_intensity")) {
        tree.gaveUp(Processes.self());
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
