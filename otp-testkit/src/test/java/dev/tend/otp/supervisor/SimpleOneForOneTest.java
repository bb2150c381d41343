package dev.tend.otp.supervisor;

import static dev.tend.otp.supervisor.Children.BOOM;
import static dev.tend.otp.supervisor.Children.end;
import static dev.tend.otp.supervisor.Children.ended;
import static dev.tend.otp.supervisor.Children.started;
import static dev.tend.otp.supervisor.Children.stop;
import static dev.tend.otp.testkit.Eventually.eventually;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tend.otp.conformance.Case;
import dev.tend.otp.genserver.GenServer;
import dev.tend.otp.genserver.Init;
import dev.tend.otp.process.CallFailed;
import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.ProcessInfo;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.StartOptions;
import dev.tend.otp.process.StartResult;
import dev.tend.otp.testkit.ManualTime;
import dev.tend.otp.testkit.OtpTest;
import dev.tend.otp.testkit.Probe;
import dev.tend.otp.testkit.TestProcess;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code supervisor_SUITE}, as far as it is about {@code simple_one_for_one}. */
@OtpTest
class SimpleOneForOneTest {
  private static final List<Restart> EACH = List.of(Restart.values());

  private final Children children = new Children();
  private final ManualTime time = new ManualTime();
  private final ChildTemplate<String> worker = ChildTemplate.worker("worker", children::start);

  interface Body<A> {
    void run(Pid<SimpleOneForOne<A>> sup) throws Exception;
  }

  /** Runs a test in the parent of such a supervisor, which the test may leave dead. */
  private <A> void with(ChildTemplate<A> template, int maxRestarts, Body<A> body) {
    TestProcess.run(
        StartOptions.defaults().withTime(time),
        () -> {
          Processes.trapExit(true);
          Pid<SimpleOneForOne<A>> sup =
              SimpleOneForOne.startLink(
                      template,
                      Limits.defaults().withMaxRestarts(maxRestarts, ofHours(1)),
                      StartOptions.defaults())
                  .orThrow();
          body.run(sup);
          if (sup.isAlive()) {
            assertThat(stop(sup)).isEqualTo(ExitReason.SHUTDOWN);
          }
        });
  }

  private static <A> Pid<?> add(Pid<SimpleOneForOne<A>> sup, A argument) {
    return started(SimpleOneForOne.startChild(sup, argument));
  }

  private static <A> Pid<?> only(Pid<SimpleOneForOne<A>> sup) {
    List<ChildInfo> all = SimpleOneForOne.whichChildren(sup);
    assertThat(all).hasSize(1);
    return ((ChildInfo.Running) all.getFirst().state()).pid();
  }

  @Test
  @Case("supervisor_SUITE: child_adm_simple")
  void child_adm_simple() {
    with(
        worker,
        2,
        sup -> {
          assertThat(SimpleOneForOne.whichChildren(sup)).isEmpty();
          assertThat(SimpleOneForOne.countChildren(sup)).isEqualTo(new Counts(1, 0, 0, 0));
          Pid<?> first = add(sup, "x");
          assertThat(SimpleOneForOne.whichChildren(sup))
              .containsExactly(
                  new ChildInfo("worker", new ChildInfo.Running(first), ChildSpec.Type.WORKER));
          Pid<?> second = add(sup, "y");
          assertThat(SimpleOneForOne.whichChildren(sup))
              .extracting(ChildInfo::state)
              .containsExactlyInAnyOrder(
                  new ChildInfo.Running(first), new ChildInfo.Running(second));
          assertThat(SimpleOneForOne.countChildren(sup)).isEqualTo(new Counts(1, 2, 0, 2));

          assertThat(SimpleOneForOne.terminateChild(sup, first)).isEqualTo(new ChildResult.Done());
          assertThat(first.exitReason()).contains(ExitReason.SHUTDOWN);
          assertThat(SimpleOneForOne.terminateChild(sup, first)).isEqualTo(new ChildResult.Done());
          assertThat(only(sup)).isEqualTo(second);
          assertThat(SimpleOneForOne.countChildren(sup)).isEqualTo(new Counts(1, 1, 0, 1));

          Pid<Probe> foreign = Probe.started();
          assertThat(SimpleOneForOne.terminateChild(sup, foreign))
              .isEqualTo(new ChildResult.NotFound());
          assertThat(foreign.isAlive()).isTrue();
          Processes.exit(foreign, ExitReason.KILL);
          stop(sup);
          assertThatThrownBy(() -> SimpleOneForOne.startChild(sup, "z"))
              .isInstanceOf(CallFailed.class);
        });
  }

  /** {@code which_child/2} of OTP 28. */
  @Test
  void which_child() {
    with(
        worker.withRestart(Restart.TEMPORARY),
        2,
        sup -> {
          Pid<?> child = add(sup, "a");
          assertThat(SimpleOneForOne.whichChild(sup, child))
              .contains(SimpleOneForOne.whichChildren(sup).getFirst());
          assertThat(SimpleOneForOne.whichChild(sup, Processes.self())).isEmpty();
          SimpleOneForOne.terminateChild(sup, child);
          assertThat(SimpleOneForOne.whichChild(sup, child)).isEmpty();
        });
  }

  @ParameterizedTest
  @EnumSource
  @Case("supervisor_SUITE: sup_start_map_simple")
  void sup_start_map_simple(Restart restart) {
    with(
        worker.withRestart(restart),
        2,
        sup -> {
          List<ChildSpec> specs =
              IntStream.range(0, 3)
                  .mapToObj(i -> SimpleOneForOne.getChildSpec(sup, add(sup, "c" + i)).orElseThrow())
                  .toList();
          for (ChildSpec spec : specs) {
            assertThat(spec)
                .isEqualTo(
                    new ChildSpec(
                        "worker",
                        spec.start(),
                        restart,
                        new Shutdown.Within(ofSeconds(5)),
                        ChildSpec.Type.WORKER,
                        false));
          }
          if (restart == Restart.TEMPORARY) {
            assertThat(specs).containsOnly(specs.getFirst());
            assertThat(specs.getFirst().start().get()).isInstanceOf(StartResult.Failed.class);
          }
          assertThat(SimpleOneForOne.getChildSpec(sup, Processes.self())).isEmpty();
        });
  }

  @Test
  @Case("supervisor_SUITE: sup_start_child_returns_error_simple")
  void sup_start_child_returns_error_simple() {
    with(
        ChildTemplate.<StartResult<Probe>>worker("a", result -> result),
        1,
        sup -> {
          assertThat(SimpleOneForOne.startChild(sup, new StartResult.Failed<>(BOOM)))
              .isEqualTo(new ChildResult.StartFailed(BOOM));
          assertThat(SimpleOneForOne.whichChildren(sup)).isEmpty();
        });
  }

  @ParameterizedTest
  @EnumSource
  @Case({
    "supervisor_SUITE: sup_start_ignore_temporary_child_start_child_simple",
    "supervisor_SUITE: sup_start_ignore_permanent_child_start_child_simple"
  })
  void sup_start_ignore_child_start_child_simple(Restart restart) {
    ChildTemplate<Boolean> mayIgnore =
        ChildTemplate.<Boolean>worker(
                "a", ignore -> ignore ? new StartResult.Ignored<Probe>() : children.start("a"))
            .withRestart(restart);
    with(
        mayIgnore,
        2,
        sup -> {
          assertThat(SimpleOneForOne.startChild(sup, true)).isEqualTo(new ChildResult.Ignored());
          Pid<?> second = add(sup, false);
          assertThat(only(sup)).isEqualTo(second);
          assertThat(SimpleOneForOne.countChildren(sup)).isEqualTo(new Counts(1, 1, 0, 1));
        });
  }

  @Test
  @Case("supervisor_SUITE: simple_one_for_one")
  void simple_one_for_one() {
    with(
        worker,
        2,
        sup -> {
          Pid<?> a = add(sup, "a");
          Pid<?> b = add(sup, "b");
          end(a, BOOM);
          assertThat(SimpleOneForOne.countChildren(sup)).isEqualTo(new Counts(1, 2, 0, 2));
          assertThat(SimpleOneForOne.whichChild(sup, b)).isPresent();
          assertThat(SimpleOneForOne.whichChild(sup, a)).isEmpty();
          assertThat(children.log).containsExactly("start a", "start b", "stop a", "start a");
          end(b, BOOM);
          Object third = SimpleOneForOne.whichChildren(sup).getFirst().state();
          end(((ChildInfo.Running) third).pid(), BOOM);
          assertThat(ended(sup)).isEqualTo(ExitReason.SHUTDOWN);
        });
  }

  @Test
  @Case("supervisor_SUITE: simple_one_for_one_extra")
  void simple_one_for_one_extra() {
    ChildTemplate<String> withInfo =
        ChildTemplate.worker(
            "a",
            info ->
                GenServer.startLink(
                    new Probe().init(() -> Init.ok("new", info)), StartOptions.defaults()));
    with(
        withInfo,
        1,
        sup -> {
          ChildResult result = SimpleOneForOne.startChild(sup, "extra");
          Pid<?> child = only(sup);
          assertThat(result).isEqualTo(new ChildResult.Started(child, "extra"));
          end(child, BOOM);
          assertThat(only(sup)).isNotEqualTo(child);
          end(only(sup), BOOM);
          assertThat(ended(sup)).isEqualTo(ExitReason.SHUTDOWN);
        });
  }

  private ChildTemplate<AtomicBoolean> failing() {
    return ChildTemplate.<AtomicBoolean>worker(
            "f", fails -> fails.get() ? new StartResult.Failed<>(BOOM) : children.start("f"))
        .withShutdown(new Shutdown.BrutalKill());
  }

  @Test
  @Case("supervisor_SUITE: simple_one_for_one_escalation")
  void simple_one_for_one_escalation() {
    AtomicBoolean fails = new AtomicBoolean();
    with(
        failing(),
        4,
        sup -> {
          Pid<?> a = add(sup, fails);
          Pid<?> b = add(sup, new AtomicBoolean());
          fails.set(true);
          end(a, BOOM);
          assertThat(ended(sup)).isEqualTo(ExitReason.SHUTDOWN);
          assertThat(b.exitReason()).contains(ExitReason.KILLED);
        });
  }

  @ParameterizedTest
  @EnumSource(names = {"PERMANENT", "TRANSIENT"})
  @Case("supervisor_SUITE: simple_one_for_one_restart_ignore")
  void simple_one_for_one_restart_ignore(Restart restart) {
    AtomicBoolean ignore = new AtomicBoolean();
    ChildTemplate<String> mayIgnore =
        ChildTemplate.<String>worker(
                "a", id -> ignore.get() ? new StartResult.Ignored<Probe>() : children.start(id))
            .withRestart(restart);
    with(
        mayIgnore,
        3,
        sup -> {
          Pid<?> a = add(sup, "a");
          ignore.set(true);
          end(a, BOOM);
          assertThat(SimpleOneForOne.whichChildren(sup)).isEmpty();
          assertThat(SimpleOneForOne.countChildren(sup)).isEqualTo(new Counts(1, 0, 0, 0));
        });
  }

  /** All children wait for each other in terminate: stopped one by one they would never meet. */
  @Test
  @Case("supervisor_SUITE: simple_one_for_one_shutdown")
  void simple_one_for_one_shutdown() {
    with(
        meeting(),
        1,
        sup -> {
          CyclicBarrier together = new CyclicBarrier(20);
          List<Pid<?>> pids =
              IntStream.range(0, 20).<Pid<?>>mapToObj(i -> add(sup, together)).toList();
          stop(sup);
          pids.forEach(pid -> assertThat(pid.exitReason()).contains(ExitReason.SHUTDOWN));
        });
  }

  private static ChildTemplate<CyclicBarrier> meeting() {
    return ChildTemplate.worker(
        "m",
        together ->
            GenServer.startLink(
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
                    }),
                StartOptions.defaults()));
  }

  /** OTP-16804. */
  @ParameterizedTest
  @EnumSource
  @Case({
    "supervisor_SUITE: simple_one_for_one_corruption",
    "supervisor_SUITE: do_not_save_start_parameters_for_temporary_children"
  })
  void temporary_children_never_retain_start_arguments(Restart restart) {
    ChildTemplate<byte[]> taking =
        ChildTemplate.<byte[]>worker("t", argument -> children.start(argument.length))
            .withRestart(restart);
    with(
        taking,
        10,
        sup -> {
          List<WeakReference<byte[]>> arguments = new ArrayList<>();
          for (int i = 0; i < 10; i++) {
            byte[] argument = new byte[1_000 + i];
            add(sup, argument);
            arguments.add(new WeakReference<>(argument));
          }
          boolean kept = restart != Restart.TEMPORARY;
          eventually(() -> {
            System.gc();
            assertThat(arguments).allMatch(argument -> (argument.get() != null) == kept);
          });
        });
  }

  @Test
  @Case("supervisor_SUITE: sup_stop_timeout_dynamic")
  void sup_stop_timeout_dynamic() {
    AtomicReference<Pid<?>> never = new AtomicReference<>();
    ChildTemplate<Boolean> second =
        ChildTemplate.<Boolean>worker(
                "d", deaf -> deaf ? Children.deaf("d").start().get() : children.start("g"))
            .withRestart(Restart.TEMPORARY)
            .withShutdown(new Shutdown.Within(ofSeconds(1)));
    with(
        second,
        1,
        sup -> {
          Pid<?> good = add(sup, false);
          never.set(add(sup, true));
          Thread stopping = Thread.startVirtualThread(() -> stop(sup));
          eventually(() -> {
            assertThat(good.exitReason()).contains(ExitReason.SHUTDOWN);
            assertThat(timers(sup)).isEqualTo(1);
          });
          time.advance(ofSeconds(1));
          eventually(() -> assertThat(stopping.isAlive()).isFalse());
          assertThat(sup.exitReason()).contains(ExitReason.SHUTDOWN);
          assertThat(never.get().exitReason()).contains(ExitReason.KILLED);
        });
  }

  private static int timers(Pid<?> process) {
    return Processes.snapshot().processes().stream()
        .filter(info -> info.pid() == process)
        .mapToInt(ProcessInfo::timers)
        .sum();
  }

  @Test
  @Case("supervisor_SUITE: sup_stop_brutal_kill_dynamic")
  void sup_stop_brutal_kill_dynamic() {
    with(
        worker.withRestart(Restart.TEMPORARY).withShutdown(new Shutdown.BrutalKill()),
        1,
        sup -> {
          List<Pid<?>> pids =
              IntStream.range(0, 10).<Pid<?>>mapToObj(i -> add(sup, "c" + i)).toList();
          stop(sup);
          pids.forEach(pid -> assertThat(pid.exitReason()).contains(ExitReason.KILLED));
          assertThat(children.log).noneMatch(line -> line.startsWith("stop"));
        });
  }

  @ParameterizedTest
  @EnumSource
  @Case("supervisor_SUITE: sup_stop_non_shutdown_exit_dynamic")
  void sup_stop_non_shutdown_exit_dynamic(Restart restart) {
    List<ExitReason> reasons =
        List.of(ExitReason.NORMAL, ExitReason.SHUTDOWN, new ExitReason.Shutdown("test"), BOOM);
    ChildTemplate<ExitReason> leaving =
        ChildTemplate.<ExitReason>worker(
                "l",
                reason ->
                    Children.trapping(
                            "l",
                            () -> {
                              throw Processes.exit(reason);
                            })
                        .start()
                        .get())
            .withRestart(restart);
    with(
        leaving,
        2,
        sup -> {
          List<Pid<?>> pids = reasons.stream().<Pid<?>>map(reason -> add(sup, reason)).toList();
          assertThat(stop(sup)).isEqualTo(ExitReason.SHUTDOWN);
          assertThat(pids.stream().map(pid -> pid.exitReason().orElseThrow())).isEqualTo(reasons);
        });
  }

  @Test
  void children_dying_at_random_during_a_stop() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    ExitReason[] reasons = {BOOM, ExitReason.KILL, ExitReason.SHUTDOWN};
    for (int round = 0; round < 100; round++) {
      with(
          ChildTemplate.<String>worker("p", id -> Children.plain(id).start().get())
              .withRestart(EACH.get(random.nextInt(3))),
          1_000,
          sup -> {
            List<Pid<?>> pids =
                IntStream.range(0, 20).<Pid<?>>mapToObj(i -> add(sup, "c")).toList();
            Thread quitting =
                Thread.startVirtualThread(
                    () -> pids.forEach(pid -> Processes.exit(pid, reasons[random.nextInt(3)])));
            assertThat(stop(sup)).as("seed %d", seed).isEqualTo(ExitReason.SHUTDOWN);
            eventually(() -> assertThat(quitting.isAlive()).isFalse());
          });
    }
  }

  @Test
  @Case("supervisor_SUITE: hanging_restart_loop_simple")
  void hanging_restart_loop_simple() {
    AtomicBoolean fails = new AtomicBoolean();
    with(
        failing(),
        Integer.MAX_VALUE,
        sup -> {
          Pid<?> a = add(sup, fails);
          fails.set(true);
          end(a, BOOM);
          assertThat(SimpleOneForOne.whichChildren(sup).getFirst().state())
              .isEqualTo(new ChildInfo.Restarting());
          assertThat(SimpleOneForOne.whichChild(sup, a).orElseThrow().state())
              .isEqualTo(new ChildInfo.Restarting());
          assertThat(SimpleOneForOne.countChildren(sup)).isEqualTo(new Counts(1, 0, 0, 1));
          assertThat(SimpleOneForOne.terminateChild(sup, a)).isEqualTo(new ChildResult.Done());
          assertThat(SimpleOneForOne.whichChildren(sup)).isEmpty();
          fails.set(false);
          Pid<?> b = add(sup, fails);
          fails.set(true);
          end(b, BOOM);
          assertThat(stop(sup)).isEqualTo(ExitReason.SHUTDOWN);
        });
  }

  @Test
  @Case("supervisor_SUITE: count_restarting_children")
  void count_restarting_children() {
    AtomicBoolean fails = new AtomicBoolean();
    with(
        failing(),
        Integer.MAX_VALUE,
        sup -> {
          for (int i = 1; i <= 3; i++) {
            add(sup, fails);
            assertThat(SimpleOneForOne.countChildren(sup)).isEqualTo(new Counts(1, i, 0, i));
          }
          running(sup).forEach(pid -> end(pid, BOOM));
          assertThat(SimpleOneForOne.countChildren(sup)).isEqualTo(new Counts(1, 3, 0, 3));
          List<Pid<?>> second = running(sup);
          fails.set(true);
          end(second.get(0), BOOM);
          end(second.get(1), BOOM);
          assertThat(SimpleOneForOne.countChildren(sup)).isEqualTo(new Counts(1, 1, 0, 3));
          fails.set(false);
          eventually(() ->
              assertThat(SimpleOneForOne.countChildren(sup)).isEqualTo(new Counts(1, 3, 0, 3)));
          int left = 3;
          for (Pid<?> pid : running(sup)) {
            SimpleOneForOne.terminateChild(sup, pid);
            left--;
            assertThat(SimpleOneForOne.countChildren(sup)).isEqualTo(new Counts(1, left, 0, left));
          }
        });
  }

  private static <A> List<Pid<?>> running(Pid<SimpleOneForOne<A>> sup) {
    return SimpleOneForOne.whichChildren(sup).stream()
        .<Pid<?>>map(info -> ((ChildInfo.Running) info.state()).pid())
        .toList();
  }

  @ParameterizedTest
  @EnumSource
  @Case({"supervisor_SUITE: count_children", "supervisor_SUITE: count_children_supervisor"})
  void count_children(ChildSpec.Type type) {
    ChildTemplate<String> template =
        type == ChildSpec.Type.WORKER
            ? ChildTemplate.worker("c", id -> Children.plain(id).start().get())
            : ChildTemplate.supervisor("c", id -> Children.plain(id).start().get());
    with(
        template.withRestart(Restart.TEMPORARY),
        1,
        sup -> {
          List<Pid<?>> pids = new ArrayList<>();
          for (int i = 1; i <= 2_000; i++) {
            pids.add(add(sup, "c"));
            if (i % 1_000 == 0) {
              assertThat(SimpleOneForOne.countChildren(sup))
                  .isEqualTo(
                      type == ChildSpec.Type.WORKER
                          ? new Counts(1, i, 0, i)
                          : new Counts(1, i, i, 0));
              assertThat(running(sup)).containsExactlyInAnyOrderElementsOf(pids);
            }
          }
          pids.forEach(pid -> Processes.exit(pid, ExitReason.KILL));
          eventually(() ->
              assertThat(SimpleOneForOne.countChildren(sup)).isEqualTo(new Counts(1, 0, 0, 0)));
        });
  }
}
