package dev.tend.otp.supervisor;

import static dev.tend.otp.supervisor.Children.BOOM;
import static dev.tend.otp.supervisor.Children.deaf;
import static dev.tend.otp.supervisor.Children.end;
import static dev.tend.otp.supervisor.Children.ended;
import static dev.tend.otp.supervisor.Children.stop;
import static dev.tend.otp.testkit.Eventually.eventually;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tend.otp.genserver.Init;
import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.StartOptions;
import dev.tend.otp.process.StartResult;
import dev.tend.otp.testkit.OtpTest;
import dev.tend.otp.testkit.Probe;
import dev.tend.otp.testkit.TestProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** OTP's {@code supervisor_SUITE}, for {@code simple_one_for_one}. */
@OtpTest
class DynamicSupervisorSuiteTest {
  private static final List<Restart> EACH = List.of(Restart.values());

  private final Children children = new Children();

  /** Runs a test in the parent of a dynamic supervisor. */
  private static void with(int maxRestarts, Test1 test) {
    TestProcess.run(() -> {
      Processes.trapExit(true);
      Pid<DynamicSupervisor> sup =
          DynamicSupervisor.startLink(maxRestarts, ofHours(1), StartOptions.defaults()).orThrow();
      test.run(sup);
      if (sup.isAlive()) {
        assertThat(stop(sup)).isEqualTo(ExitReason.SHUTDOWN);
      }
    });
  }

  interface Test1 {
    void run(Pid<DynamicSupervisor> sup) throws Exception;
  }

  private static Pid<?> add(Pid<DynamicSupervisor> sup, ChildSpec spec) {
    return ((ChildResult.Started) DynamicSupervisor.startChild(sup, spec)).pid();
  }

  private static Pid<?> only(Pid<DynamicSupervisor> sup) {
    return ((ChildInfo.Running) DynamicSupervisor.whichChildren(sup).getFirst().state()).pid();
  }

  @Test
  void child_adm_simple() {
    with(
        1,
        sup -> {
          Pid<?> first = add(sup, children.worker("x"));
          Pid<?> second = add(sup, children.worker("x"));
          Pid<Probe> foreign = Probe.started();
          assertThat(DynamicSupervisor.countChildren(sup)).isEqualTo(new Counts(2, 2, 0, 2));
          assertThat(DynamicSupervisor.terminateChild(sup, foreign))
              .isEqualTo(new ChildResult.NotFound());
          Processes.exit(foreign, ExitReason.KILL);
          assertThat(DynamicSupervisor.terminateChild(sup, first))
              .isEqualTo(new ChildResult.Done());
          assertThat(first.exitReason()).contains(ExitReason.SHUTDOWN);
          assertThat(DynamicSupervisor.terminateChild(sup, first))
              .isEqualTo(new ChildResult.Done());
          assertThat(only(sup)).isEqualTo(second);
        });
  }

  @Test
  void sup_start_child_returns_error_simple() {
    with(
        1,
        sup -> {
          assertThat(
                  DynamicSupervisor.startChild(
                      sup, Children.of("a", () -> new Probe().init(() -> Init.stop(BOOM)))))
              .isEqualTo(new ChildResult.StartFailed(BOOM));
          assertThat(DynamicSupervisor.whichChildren(sup)).isEmpty();
        });
  }

  @ParameterizedTest
  @EnumSource
  void sup_start_ignore_child_start_child_simple(Restart restart) {
    with(
        1,
        sup -> {
          assertThat(
                  DynamicSupervisor.startChild(
                      sup,
                      Children.of("a", () -> new Probe().init(Init::ignore)).withRestart(restart)))
              .isEqualTo(new ChildResult.Ignored());
          assertThat(DynamicSupervisor.whichChildren(sup)).isEmpty();
        });
  }

  @Test
  void simple_one_for_one() {
    with(
        1,
        sup -> {
          Pid<?> a = add(sup, children.worker("a"));
          Pid<?> b = add(sup, children.worker("b"));
          end(a, BOOM);
          assertThat(DynamicSupervisor.countChildren(sup)).isEqualTo(new Counts(2, 2, 0, 2));
          assertThat(b.isAlive()).isTrue();
          end(b, BOOM);
          assertThat(ended(sup)).isEqualTo(ExitReason.SHUTDOWN);
        });
  }

  @Test
  void simple_one_for_one_extra() {
    with(
        1,
        sup -> {
          assertThat(
                  DynamicSupervisor.startChild(
                      sup, Children.of("a", () -> new Probe().init(() -> Init.ok("new", "extra")))))
              .isEqualTo(new ChildResult.Started(only(sup), "extra"));
          end(only(sup), BOOM);
          assertThat(only(sup).isAlive()).isTrue();
        });
  }

  @Test
  void simple_one_for_one_escalation() {
    with(
        3,
        sup -> {
          AtomicInteger failures = new AtomicInteger();
          Pid<?> a = add(sup, children.naughty("a", failures));
          Pid<?> b = add(sup, children.worker("b"));
          failures.set(-1);
          end(a, BOOM);
          assertThat(ended(sup)).isEqualTo(ExitReason.SHUTDOWN);
          assertThat(b.isAlive()).isFalse();
        });
  }

  @Test
  void simple_one_for_one_restart_ignore() {
    with(
        3,
        sup -> {
          AtomicBoolean ignore = new AtomicBoolean();
          Pid<?> a =
              add(
                  sup,
                  Children.of(
                      "a",
                      () -> new Probe().init(() -> ignore.get() ? Init.ignore() : Probe.ready())));
          ignore.set(true);
          end(a, BOOM);
          assertThat(DynamicSupervisor.whichChildren(sup)).isEmpty();
        });
  }

  /** All children wait for each other in terminate: stopped one by one they would never meet. */
  @Test
  void simple_one_for_one_shutdown() {
    CyclicBarrier together = new CyclicBarrier(20);
    with(
        1,
        sup -> {
          List<Pid<?>> pids = new ArrayList<>();
          for (int i = 0; i < 20; i++) {
            pids.add(add(sup, meeting(i, together)));
          }
          stop(sup);
          pids.forEach(pid -> assertThat(pid.exitReason()).contains(ExitReason.SHUTDOWN));
        });
  }

  private static ChildSpec meeting(int id, CyclicBarrier together) {
    return Children.of(
        id,
        () ->
            new Probe()
                .init(() -> {
                  Processes.trapExit(true);
                  return Probe.ready();
                })
                .terminate(reason -> {
                  try {
                    together.await();
                  } catch (Exception e) {
                    throw new IllegalStateException(e);
                  }
                }));
  }

  @Test
  void sup_stop_timeout_dynamic() {
    with(
        1,
        sup -> {
          Pid<?> deaf = add(sup, deaf("d").withShutdown(new Shutdown.Within(ofMillis(20))));
          Pid<?> good = add(sup, children.worker("g"));
          stop(sup);
          assertThat(deaf.exitReason()).contains(ExitReason.KILLED);
          assertThat(good.exitReason()).contains(ExitReason.SHUTDOWN);
        });
  }

  @Test
  void sup_stop_brutal_kill_dynamic() {
    with(
        1,
        sup -> {
          List<Pid<?>> pids = new ArrayList<>();
          for (int i = 0; i < 10; i++) {
            pids.add(add(sup, children.worker(i).withShutdown(new Shutdown.BrutalKill())));
          }
          stop(sup);
          pids.forEach(pid -> assertThat(pid.exitReason()).contains(ExitReason.KILLED));
        });
  }

  @Test
  void sup_stop_race_dynamic() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 100; round++) {
      with(
          1_000,
          sup -> {
            List<Pid<?>> pids = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
              pids.add(
                  add(sup, Children.of(i, Probe::new).withRestart(EACH.get(random.nextInt(3)))));
            }
            ExitReason[] reasons = {BOOM, ExitReason.KILL, ExitReason.SHUTDOWN};
            Thread.startVirtualThread(
                () -> pids.forEach(pid -> Processes.exit(pid, reasons[random.nextInt(3)])));
            assertThat(stop(sup)).as("seed %d", seed).isEqualTo(ExitReason.SHUTDOWN);
          });
    }
  }

  @Test
  void hanging_restart_loop_simple() {
    AtomicBoolean fail = new AtomicBoolean();
    with(
        Integer.MAX_VALUE,
        sup -> {
          Pid<?> a =
              add(
                  sup,
                  ChildSpec.worker(
                      "a",
                      () -> fail.get() ? new StartResult.Failed<>(BOOM) : children.start("a")));
          fail.set(true);
          end(a, BOOM);
          assertThat(DynamicSupervisor.whichChildren(sup).getFirst().state())
              .isEqualTo(new ChildInfo.Restarting());
          assertThat(DynamicSupervisor.countChildren(sup)).isEqualTo(new Counts(1, 0, 0, 1));
          Pid<?> b = add(sup, children.worker("b"));
          assertThat(DynamicSupervisor.terminateChild(sup, a)).isEqualTo(new ChildResult.Done());
          assertThat(only(sup)).isEqualTo(b);
          CountDownLatch none = new CountDownLatch(0);
          none.await();
        });
  }

  @Test
  void count_children() {
    with(
        1,
        sup -> {
          ChildSpec spec = Children.of("t", Probe::new).withRestart(Restart.TEMPORARY);
          List<Pid<?>> pids = new ArrayList<>();
          for (int i = 1; i <= 2_000; i++) {
            pids.add(add(sup, spec));
            if (i % 1_000 == 0) {
              assertThat(DynamicSupervisor.countChildren(sup)).isEqualTo(new Counts(i, i, 0, i));
            }
          }
          pids.forEach(pid -> Processes.exit(pid, ExitReason.KILL));
          eventually(() ->
              assertThat(DynamicSupervisor.countChildren(sup)).isEqualTo(new Counts(0, 0, 0, 0)));
        });
  }
}
