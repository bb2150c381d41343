package dev.tend.otp.supervisor;

import static dev.tend.otp.supervisor.Children.started;
import static dev.tend.otp.testkit.Cost.nanosOf;
import static dev.tend.otp.testkit.Eventually.eventually;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tend.otp.conformance.Case;
import dev.tend.otp.genserver.GenServer;
import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.StartOptions;
import dev.tend.otp.process.StartResult;
import dev.tend.otp.testkit.Cost;
import dev.tend.otp.testkit.OtpTest;
import dev.tend.otp.testkit.Probe;
import dev.tend.otp.testkit.TestProcess;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What grows with the number of children grows about as it does, whatever the machine. */
@OtpTest
class ScaleTest {
  private static final int FEW = Boolean.getBoolean("tend.long") ? 10_000 : 4_000;

  /** Ten times as much work; a hundred times as long would be quadratic. */
  private static final long LIMIT = 40;

  private static void isLinear(IntConsumer work) {
    isLinearIn(FEW, count -> nanosOf(() -> work.accept(count)));
  }

  /**
   * @param size where it begins to show
   * @param nanos does it with so many children, and says how long what matters took
   */
  private static void isLinearIn(int size, IntToLongFunction nanos) {
    var _ = nanos.applyAsLong(size);
    Cost.assertBelow(LIMIT, () -> nanos.applyAsLong(size), () -> nanos.applyAsLong(10 * size));
  }

  /** Counts its starts, so that a test can wait for them. */
  private static final class Counted {
    final AtomicInteger starts = new AtomicInteger();
    final ConcurrentLinkedQueue<Pid<?>> pids = new ConcurrentLinkedQueue<>();

    ChildSpec worker(Object id) {
      return ChildSpec.worker(id, this::start);
    }

    ChildSpec significant(Object id) {
      return worker(id).withRestart(Restart.TRANSIENT).withSignificant(true);
    }

    StartResult<Probe> start() {
      StartResult<Probe> result = GenServer.startLink(new Probe(), StartOptions.defaults());
      pids.add(result.orThrow());
      starts.incrementAndGet();
      return result;
    }

    void killAll() {
      for (Pid<?> pid : List.copyOf(pids)) {
        Processes.exit(pid, ExitReason.KILL);
      }
    }

    void await(int count) {
      eventually(ofSeconds(50), () -> assertThat(starts).hasValue(count));
    }
  }

  private static Pid<Supervisor> supervisor(
      Strategy strategy, int maxRestarts, int count, Counted counted) {
    return Supervisor.start(
            new Flags(strategy, maxRestarts, ofHours(1)),
            IntStream.range(0, count).mapToObj(counted::worker).toList(),
            StartOptions.defaults())
        .orThrow();
  }

  @Test
  @Case("supervisor_SUITE: scale_start_stop_many_children")
  void scale_start_stop_many_children() {
    isLinear(count -> {
      Counted counted = new Counted();
      Pid<Supervisor> sup = supervisor(Strategy.ONE_FOR_ONE, 1, 0, counted);
      for (int i = 0; i < count; i++) {
        started(Supervisor.startChild(sup, counted.worker(i)));
      }
      assertThat(Supervisor.countChildren(sup).active()).isEqualTo(count);
      for (int i = 0; i < count; i++) {
        Supervisor.terminateChild(sup, i);
      }
      assertThat(Supervisor.countChildren(sup)).isEqualTo(new Counts(count, 0, 0, count));
      Children.stop(sup);
    });
  }

  @Test
  void start_and_stop_with_the_supervisor() {
    isLinear(count -> Children.stop(supervisor(Strategy.ONE_FOR_ONE, 1, count, new Counted())));
  }

  @Test
  void all_are_killed_and_restarted() {
    isLinear(count -> {
      Counted counted = new Counted();
      Pid<Supervisor> sup = supervisor(Strategy.ONE_FOR_ONE, Integer.MAX_VALUE, count, counted);
      counted.killAll();
      counted.await(2 * count);
      Children.stop(sup);
    });
  }

  /**
   * The first of them ends the supervisor, which then finds all the others dead: it is held in the
   * start of one more until they are.
   */
  @Test
  void all_are_killed_and_the_supervisor_gives_up() {
    isLinearIn(
        5 * FEW,
        count -> {
          Counted counted = new Counted();
          Pid<Supervisor> sup = supervisor(Strategy.ONE_FOR_ONE, 0, count, counted);
          CountDownLatch held = new CountDownLatch(1);
          CountDownLatch killed = new CountDownLatch(1);
          ChildSpec gate =
              ChildSpec.worker(
                  "gate",
                  () -> {
                    held.countDown();
                    await(killed);
                    return new StartResult.Ignored<Probe>();
                  });
          Thread starting = Thread.startVirtualThread(() -> Supervisor.startChild(sup, gate));
          await(held);
          counted.killAll();
          long nanos =
              nanosOf(() -> {
                killed.countDown();
                assertThat(Children.ended(sup)).isEqualTo(ExitReason.SHUTDOWN);
              });
          eventually(() -> assertThat(starting.isAlive()).isFalse());
          return nanos;
        });
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void all_significant_children_end_the_first_started_first() {
    isLinearIn(
        2 * FEW,
        count -> {
          Counted counted = new Counted();
          Pid<Supervisor> sup =
              Supervisor.start(
                      new Flags(Strategy.ONE_FOR_ONE, 1, ofHours(1), AutoShutdown.ALL_SIGNIFICANT),
                      IntStream.range(0, count).mapToObj(counted::significant).toList(),
                      StartOptions.defaults())
                  .orThrow();
          return nanosOf(() -> {
            for (Pid<?> pid : counted.pids) {
              Processes.exit(pid, ExitReason.SHUTDOWN);
            }
            assertThat(Children.ended(sup)).isEqualTo(ExitReason.SHUTDOWN);
          });
        });
  }

  @ParameterizedTest
  @EnumSource(names = {"ONE_FOR_ALL", "REST_FOR_ONE"})
  void one_is_killed_and_all_are_restarted(Strategy strategy) {
    isLinear(count -> {
      Counted counted = new Counted();
      Pid<Supervisor> sup = supervisor(strategy, 1, count, counted);
      Processes.exit(counted.pids.element(), ExitReason.KILL);
      counted.await(2 * count);
      Children.stop(sup);
    });
  }

  private interface Body {
    void run(Pid<SimpleOneForOne<Counted>> sup) throws Exception;
  }

  private static void simple(Restart restart, int maxRestarts, Body body) {
    TestProcess.run(() -> {
      Processes.trapExit(true);
      Pid<SimpleOneForOne<Counted>> sup =
          SimpleOneForOne.startLink(
                  ChildTemplate.<Counted>worker("t", Counted::start).withRestart(restart),
                  Limits.defaults().withMaxRestarts(maxRestarts, ofHours(1)),
                  StartOptions.defaults())
              .orThrow();
      body.run(sup);
      if (sup.isAlive()) {
        assertThat(Children.stop(sup)).isEqualTo(ExitReason.SHUTDOWN);
      }
    });
  }

  @Test
  @Case("supervisor_SUITE: simple_one_for_one_scale_many_temporary_children")
  void simple_one_for_one_scale_many_temporary_children() {
    isLinear(count ->
        simple(
            Restart.TEMPORARY,
            1,
            sup -> {
              Counted counted = new Counted();
              for (int i = 0; i < count; i++) {
                started(SimpleOneForOne.startChild(sup, counted));
              }
              for (Pid<?> pid : List.copyOf(counted.pids).subList(0, count / 2)) {
                SimpleOneForOne.terminateChild(sup, pid);
              }
              assertThat(SimpleOneForOne.countChildren(sup).active()).isEqualTo(count / 2);
            }));
  }

  @Test
  void dynamic_children_are_killed_and_restarted() {
    isLinear(count ->
        simple(
            Restart.PERMANENT,
            Integer.MAX_VALUE,
            sup -> {
              Counted counted = new Counted();
              for (int i = 0; i < count; i++) {
                started(SimpleOneForOne.startChild(sup, counted));
              }
              counted.killAll();
              counted.await(2 * count);
            }));
  }

  @Test
  void dynamic_children_are_killed_and_the_supervisor_gives_up() {
    isLinear(count ->
        simple(
            Restart.PERMANENT,
            0,
            sup -> {
              Counted counted = new Counted();
              for (int i = 0; i < count; i++) {
                started(SimpleOneForOne.startChild(sup, counted));
              }
              counted.killAll();
              Children.ended(sup);
            }));
  }

  private static void idle(int count) {
    List<Pid<Probe>> servers = IntStream.range(0, count).mapToObj(i -> Probe.started()).toList();
    for (Pid<Probe> server : servers) {
      assertThat(server.call(new Probe.State()) == "new").isTrue();
    }
    for (Pid<Probe> server : servers) {
      Processes.exit(server, ExitReason.SHUTDOWN);
      assertThat(server.isAlive()).isFalse();
    }
  }

  @Test
  void idle_servers() {
    isLinear(ScaleTest::idle);
  }

  @Test
  void a_hundred_thousand_idle_servers() {
    idle(100_000);
  }
}
