package dev.tend.otp.supervisor;

import static dev.tend.otp.supervisor.Children.BOOM;
import static dev.tend.otp.supervisor.Children.end;
import static dev.tend.otp.supervisor.Children.ended;
import static dev.tend.otp.supervisor.Children.started;
import static dev.tend.otp.supervisor.Children.stop;
import static dev.tend.otp.supervisor.Children.supervisor;
import static dev.tend.otp.testkit.Eventually.eventually;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tend.otp.conformance.Case;
import dev.tend.otp.genserver.Init;
import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.ProcessInfo;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.ServerName;
import dev.tend.otp.process.StartOptions;
import dev.tend.otp.process.StartResult;
import dev.tend.otp.testkit.ManualTime;
import dev.tend.otp.testkit.OtpTest;
import dev.tend.otp.testkit.Probe;
import dev.tend.otp.testkit.TestProcess;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Elixir's {@code dynamic_supervisor_test.exs}. */
@OtpTest
class DynamicSupervisorTest {
  private static final Limits MANY = Limits.defaults().withMaxRestarts(100_000, ofHours(1));

  private final Children children = new Children();
  private final ManualTime time = new ManualTime();

  interface Body {
    void run(Pid<DynamicSupervisor> sup) throws Exception;
  }

  /** Runs a test in the parent of such a supervisor, which the test may leave dead. */
  private void with(Limits limits, Body body) {
    TestProcess.run(
        StartOptions.defaults().withTime(time),
        () -> {
          Processes.trapExit(true);
          Pid<DynamicSupervisor> sup =
              DynamicSupervisor.startLink(limits, StartOptions.defaults()).orThrow();
          body.run(sup);
          if (sup.isAlive()) {
            assertThat(stop(sup)).isEqualTo(ExitReason.SHUTDOWN);
          }
        });
  }

  private static Pid<?> add(Pid<DynamicSupervisor> sup, ChildSpec spec) {
    return started(DynamicSupervisor.startChild(sup, spec));
  }

  private static void hasWorkers(Pid<DynamicSupervisor> sup, int workers, int active) {
    assertThat(DynamicSupervisor.countChildren(sup))
        .isEqualTo(new Counts(workers, active, 0, workers));
  }

  @Test
  @Case("DynamicSupervisor: can be supervised directly")
  void can_be_supervised_directly() {
    ServerName<DynamicSupervisor> name = ServerName.local("dyn_sup_spec_test");
    Pid<Supervisor> top =
        supervisor(
            Strategy.ONE_FOR_ONE,
            1,
            DynamicSupervisor.childSpec(Limits.defaults(), StartOptions.named(name)));
    assertThat(DynamicSupervisor.whichChildren(name)).isEmpty();
    stop(top);
  }

  @Test
  @Case(
      "DynamicSupervisor: multiple supervisors can be supervised and identified with simple child"
          + " spec")
  void several_are_told_apart_by_their_names() {
    ServerName<DynamicSupervisor> one = ServerName.local("simple_name");
    ServerName<DynamicSupervisor> other = ServerName.local("other_name");
    Limits limits = Limits.defaults();
    Pid<Supervisor> top =
        supervisor(
            Strategy.ONE_FOR_ONE,
            1,
            DynamicSupervisor.childSpec(limits, StartOptions.named(one)),
            DynamicSupervisor.childSpec(limits, StartOptions.named(other)));
    ChildSpec noName = DynamicSupervisor.childSpec(limits, StartOptions.defaults());
    Pid<DynamicSupervisor> third = Children.as(started(Supervisor.startChild(top, noName)));
    assertThat(DynamicSupervisor.whichChildren(one)).isEmpty();
    assertThat(DynamicSupervisor.whichChildren(other)).isEmpty();
    assertThat(DynamicSupervisor.whichChildren(third)).isEmpty();
    assertThat(Supervisor.startChild(top, noName)).isEqualTo(new ChildResult.AlreadyStarted(third));
    stop(top);
  }

  @Test
  @Case("DynamicSupervisor: init/1: set default options")
  void default_limits() {
    assertThat(Limits.defaults()).isEqualTo(new Limits(3, ofSeconds(5), Integer.MAX_VALUE));
  }

  @Test
  @Case("DynamicSupervisor: start_link/3: with registered process")
  void with_registered_process() {
    ServerName<DynamicSupervisor> name = ServerName.local("registered");
    TestProcess.run(() -> {
      Pid<DynamicSupervisor> sup =
          DynamicSupervisor.startLink(Limits.defaults(), StartOptions.named(name)).orThrow();
      assertThat(name.whereis()).contains(sup);
      assertThat(info(sup).links()).isEqualTo(1);
      assertThat(info(sup).kind()).isEqualTo("DynamicSupervisor");
      DynamicSupervisor.stop(name);
      assertThat(sup.exitReason()).contains(ExitReason.NORMAL);
    });
  }

  /** The one option of a thread that the JVM has: to be the operating system's. */
  @Test
  @Case("DynamicSupervisor: start_link/3: with spawn_opt")
  void on_a_platform_thread() {
    AtomicBoolean virtual = new AtomicBoolean(true);
    TestProcess.run(() -> {
      Pid<DynamicSupervisor> sup =
          DynamicSupervisor.startLink(Limits.defaults(), StartOptions.defaults().onPlatformThread())
              .orThrow();
      DynamicSupervisor.startChild(
          sup,
          ChildSpec.worker(
              "child",
              () -> {
                virtual.set(Thread.currentThread().isVirtual());
                return new StartResult.Ignored<>();
              }));
      DynamicSupervisor.stop(sup);
    });
    assertThat(virtual).isFalse();
  }

  private static ProcessInfo info(Pid<?> pid) {
    return Processes.snapshot().processes().stream()
        .filter(info -> info.pid() == pid)
        .findFirst()
        .orElseThrow();
  }

  @Test
  @Case("DynamicSupervisor: start_child/2: supports new child spec")
  void supports_child_spec() {
    with(Limits.defaults(), sup -> assertThat(add(sup, children.worker("t")).isAlive()).isTrue());
  }

  @Test
  @Case({
    "DynamicSupervisor: start_child/2: supports extra arguments",
    "DynamicSupervisor: start_child/2: restarting a child with extra_arguments successfully"
        + " restarts child"
  })
  void extra_arguments() {
    TestProcess.run(() -> {
      Pid<DynamicSupervisor.With<Children>> sup =
          DynamicSupervisor.With.startLink(children, Limits.defaults(), StartOptions.defaults())
              .orThrow();
      ChildTemplate<Children> spec =
          ChildTemplate.<Children>worker("t", extra -> extra.start("from_child"))
              .withRestart(Restart.TRANSIENT);
      Pid<?> child = started(DynamicSupervisor.With.startChild(sup, spec));
      assertThat(DynamicSupervisor.countChildren(sup)).isEqualTo(new Counts(1, 1, 0, 1));
      end(child, BOOM);
      assertThat(DynamicSupervisor.countChildren(sup)).isEqualTo(new Counts(1, 1, 0, 1));
      assertThat(children.log)
          .containsExactly("start from_child", "stop from_child", "start from_child");
      DynamicSupervisor.stop(sup);
    });
  }

  @Test
  @Case({
    "DynamicSupervisor: start_child/2: with invalid child spec",
    "DynamicSupervisor: start_child/2: with invalid valid shutdown"
  })
  void with_invalid_child_spec() {
    with(
        Limits.defaults(),
        sup -> {
          ChildSpec spec = children.worker(1);
          assertThat(
                  DynamicSupervisor.startChild(
                      sup, spec.withShutdown(new Shutdown.Within(ofMillis(-1)))))
              .isEqualTo(
                  new ChildResult.BadChildSpec(new BadSpec.InvalidShutdown(1, ofMillis(-1))));
          assertThat(
                  DynamicSupervisor.startChild(
                      sup, spec.withRestart(Restart.TEMPORARY).withSignificant(true)))
              .isEqualTo(new ChildResult.BadChildSpec(new BadSpec.InvalidSignificant(1)));
          hasWorkers(sup, 0, 0);
          assertThat(children.log).isEmpty();
        });
  }

  @Test
  @Case("DynamicSupervisor: start_child/2: with different returns")
  void with_different_returns() {
    with(
        Limits.defaults(),
        sup -> {
          assertThat(
                  DynamicSupervisor.startChild(
                      sup, Children.of("ok3", () -> new Probe().init(() -> Init.ok(1, "extra")))))
              .isInstanceOfSatisfying(
                  ChildResult.Started.class,
                  started -> assertThat(started.info()).isEqualTo("extra"));
          add(sup, Children.plain("ok2"));
          assertThat(DynamicSupervisor.startChild(sup, Children.ignoring("ignore")))
              .isEqualTo(new ChildResult.Ignored());
          assertThat(
                  DynamicSupervisor.startChild(
                      sup, ChildSpec.worker("error", () -> new StartResult.Failed<>(BOOM))))
              .isEqualTo(new ChildResult.StartFailed(BOOM));
          assertThat(DynamicSupervisor.startChild(sup, unknown()))
              .isInstanceOf(ChildResult.StartFailed.class);
          hasWorkers(sup, 2, 2);
        });
  }

  @SuppressWarnings("NullAway")
  private static ChildSpec unknown() {
    return ChildSpec.worker("unknown", () -> null);
  }

  @Test
  @Case("DynamicSupervisor: start_child/2: with throw/error/exit")
  void with_throw_error_exit() {
    Error error = new AssertionError("oops");
    RuntimeException exception = new IllegalStateException("oops");
    with(
        Limits.defaults(),
        sup -> {
          assertThat(DynamicSupervisor.startChild(sup, throwing(exception)))
              .isEqualTo(new ChildResult.StartFailed(new ExitReason.Crash(exception)));
          assertThat(DynamicSupervisor.startChild(sup, throwing(error)))
              .isEqualTo(new ChildResult.StartFailed(new ExitReason.Crash(error)));
          assertThat(
                  DynamicSupervisor.startChild(
                      sup,
                      ChildSpec.worker(
                          "exit",
                          () -> {
                            throw Processes.exit(BOOM);
                          })))
              .isEqualTo(new ChildResult.StartFailed(BOOM));
          hasWorkers(sup, 0, 0);
        });
  }

  private static ChildSpec throwing(Throwable thrown) {
    return ChildSpec.worker(
        "throw",
        () -> {
          if (thrown instanceof Error error) {
            throw error;
          }
          throw (RuntimeException) thrown;
        });
  }

  @Test
  @Case("DynamicSupervisor: start_child/2: with max_children")
  void with_max_children() {
    with(
        Limits.defaults().withMaxChildren(0),
        sup ->
            assertThat(DynamicSupervisor.startChild(sup, children.worker("a")))
                .isEqualTo(new ChildResult.MaxChildren()));
    with(
        Limits.defaults().withMaxChildren(2),
        sup -> {
          Pid<?> first = add(sup, children.worker("a"));
          add(sup, children.worker("b"));
          assertThat(DynamicSupervisor.startChild(sup, children.worker("c")))
              .isEqualTo(new ChildResult.MaxChildren());
          DynamicSupervisor.terminateChild(sup, first);
          add(sup, children.worker("c"));
        });
  }

  @Test
  @Case("DynamicSupervisor: start_child/2: restarting on init children counted in max_children")
  void a_child_whose_restart_fails_counts() {
    AtomicBoolean fails = new AtomicBoolean();
    with(
        MANY.withMaxRestarts(Integer.MAX_VALUE, ofHours(1)).withMaxChildren(1),
        sup -> {
          Pid<?> child = add(sup, children.failing("f", fails));
          fails.set(true);
          end(child, ExitReason.SHUTDOWN);
          hasWorkers(sup, 1, 0);
          assertThat(DynamicSupervisor.startChild(sup, children.worker("a")))
              .isEqualTo(new ChildResult.MaxChildren());
        });
  }

  @Test
  @Case("DynamicSupervisor: start_child/2: restarting on exit children counted in max_children")
  void a_child_that_was_restarted_counts() {
    with(
        MANY.withMaxChildren(1),
        sup -> {
          end(add(sup, children.worker("a")), ExitReason.SHUTDOWN);
          hasWorkers(sup, 1, 1);
          assertThat(DynamicSupervisor.startChild(sup, children.worker("b")))
              .isEqualTo(new ChildResult.MaxChildren());
        });
  }

  private void restarts(Restart restart, ExitReason reason, boolean again) {
    with(
        MANY,
        sup -> {
          end(add(sup, children.worker("a").withRestart(restart)), reason);
          hasWorkers(sup, again ? 1 : 0, again ? 1 : 0);
        });
  }

  static Stream<ExitReason> reasons() {
    return Stream.of(
        ExitReason.NORMAL,
        ExitReason.SHUTDOWN,
        new ExitReason.Shutdown("signal"),
        BOOM,
        ExitReason.KILL);
  }

  @ParameterizedTest
  @MethodSource("reasons")
  @Case("DynamicSupervisor: start_child/2: temporary child is not restarted regardless of reason")
  void temporary(ExitReason reason) {
    restarts(Restart.TEMPORARY, reason, false);
  }

  @ParameterizedTest
  @MethodSource("reasons")
  @Case(
      "DynamicSupervisor: start_child/2: transient child is restarted unless"
          + " normal/shutdown/{shutdown, _}")
  void transient_(ExitReason reason) {
    restarts(Restart.TRANSIENT, reason, !reason.isClean());
  }

  @ParameterizedTest
  @MethodSource("reasons")
  @Case("DynamicSupervisor: start_child/2: permanent child is restarted regardless of reason")
  void permanent(ExitReason reason) {
    restarts(Restart.PERMANENT, reason, true);
  }

  /** The second start of each has another result than the first. */
  @Test
  @Case("DynamicSupervisor: start_child/2: child is restarted with different values")
  void child_is_restarted_with_different_values() {
    with(
        MANY.withMaxRestarts(Integer.MAX_VALUE, ofHours(1)),
        sup -> {
          end(add(sup, second(Children.plain("ok2"))), ExitReason.SHUTDOWN);
          hasWorkers(sup, 1, 1);
          end(
              add(
                  sup,
                  second(Children.of("ok3", () -> new Probe().init(() -> Init.ok(1, "extra"))))),
              ExitReason.SHUTDOWN);
          hasWorkers(sup, 2, 2);
          end(add(sup, second(Children.ignoring("ignore"))), ExitReason.SHUTDOWN);
          hasWorkers(sup, 2, 2);
          end(
              add(sup, second(ChildSpec.worker("error", () -> new StartResult.Failed<>(BOOM)))),
              ExitReason.SHUTDOWN);
          hasWorkers(sup, 3, 2);
          end(add(sup, second(unknown())), ExitReason.SHUTDOWN);
          hasWorkers(sup, 4, 2);
          assertThat(DynamicSupervisor.whichChildren(sup))
              .filteredOn(info -> info.state() instanceof ChildInfo.Restarting)
              .hasSize(2);
        });
  }

  /** Starts a plain child first, and this one afterwards. */
  private static ChildSpec second(ChildSpec spec) {
    AtomicBoolean later = new AtomicBoolean();
    return ChildSpec.worker(
        spec.id(),
        () -> later.getAndSet(true) ? spec.start().get() : Children.plain("first").start().get());
  }

  @Test
  @Case("DynamicSupervisor: start_child/2: child is restarted when trying again")
  void child_is_restarted_when_trying_again() {
    AtomicInteger failures = new AtomicInteger();
    with(
        Limits.defaults().withMaxRestarts(2, ofSeconds(5)),
        sup -> {
          Pid<?> child = add(sup, children.naughty("n", failures));
          failures.set(1);
          end(child, ExitReason.SHUTDOWN);
          eventually(() -> hasWorkers(sup, 1, 1));
          assertThat(children.log).containsExactly("start n", "stop n", "fail n", "start n");
        });
  }

  @Test
  @Case({
    "DynamicSupervisor: start_child/2: child triggers maximum restarts",
    "DynamicSupervisor: start_child/2: child triggers maximum intensity when trying again"
  })
  void child_triggers_maximum_intensity() {
    for (int maxRestarts : List.of(1, 10)) {
      children.log.clear();
      AtomicInteger failures = new AtomicInteger();
      with(
          Limits.defaults().withMaxRestarts(maxRestarts, ofSeconds(5)),
          sup -> {
            Pid<?> child = add(sup, children.naughty("n", failures));
            failures.set(-1);
            end(child, ExitReason.SHUTDOWN);
            assertThat(ended(sup)).isEqualTo(ExitReason.SHUTDOWN);
            assertThat(children.log.stream().filter("fail n"::equals)).hasSize(maxRestarts);
          });
    }
  }

  @Test
  @Case("DynamicSupervisor: start_child/2: with valid shutdown")
  void with_valid_shutdown() {
    with(
        Limits.defaults(),
        sup -> {
          for (Shutdown shutdown :
              List.of(new Shutdown.Within(ZERO), new Shutdown.Within(ofMillis(1)))) {
            Pid<?> child = add(sup, Children.plain("a").withShutdown(shutdown));
            assertThat(DynamicSupervisor.terminateChild(sup, child))
                .isEqualTo(new ChildResult.Done());
            assertThat(child.exitReason()).contains(ExitReason.SHUTDOWN);
          }
        });
  }

  private void stopsWith(Shutdown shutdown, ExitReason told, ExitReason expected) {
    with(
        Limits.defaults(),
        sup -> {
          ChildSpec spec =
              told.equals(ExitReason.SHUTDOWN)
                  ? Children.plain("c")
                  : Children.trapping(
                      "c",
                      () -> {
                        throw Processes.exit(told);
                      });
          List<Pid<?>> pids =
              Stream.of(1, 2, 3).<Pid<?>>map(i -> add(sup, spec.withShutdown(shutdown))).toList();
          assertThat(stop(sup)).isEqualTo(ExitReason.SHUTDOWN);
          pids.forEach(pid -> assertThat(pid.exitReason()).contains(expected));
        });
  }

  @Test
  @Case("DynamicSupervisor: terminate/2: terminates children with brutal kill")
  void terminates_with_brutal_kill() {
    stopsWith(new Shutdown.BrutalKill(), ExitReason.SHUTDOWN, ExitReason.KILLED);
  }

  @Test
  @Case("DynamicSupervisor: terminate/2: terminates children with infinity shutdown")
  void terminates_with_infinity() {
    stopsWith(new Shutdown.Infinity(), ExitReason.SHUTDOWN, ExitReason.SHUTDOWN);
  }

  @Test
  @Case(
      "DynamicSupervisor: terminate/2: terminates children with infinity shutdown and abnormal"
          + " reason")
  void terminates_with_infinity_and_abnormal_reason() {
    ExitReason oops = new ExitReason.Shutdown("oops");
    stopsWith(new Shutdown.Infinity(), oops, oops);
  }

  @Test
  @Case("DynamicSupervisor: terminate/2: terminates children with integer shutdown")
  void terminates_with_time() {
    stopsWith(new Shutdown.Within(ofSeconds(1)), ExitReason.SHUTDOWN, ExitReason.SHUTDOWN);
  }

  @Test
  @Case(
      "DynamicSupervisor: terminate/2: terminates children with integer shutdown and abnormal"
          + " reason")
  void terminates_with_time_and_abnormal_reason() {
    ExitReason oops = new ExitReason.Shutdown("oops");
    stopsWith(new Shutdown.Within(ofSeconds(1)), oops, oops);
  }

  @Test
  @Case(
      "DynamicSupervisor: terminate/2: terminates children with permanent restart and normal"
          + " reason")
  void terminates_permanent_children_that_end_normally() {
    stopsWith(new Shutdown.Infinity(), ExitReason.NORMAL, ExitReason.NORMAL);
  }

  /** Each has its own time, counted from the one moment at which all are told to stop. */
  @Test
  @Case("DynamicSupervisor: terminate/2: terminates children with expired integer shutdown")
  void terminates_with_expired_time() {
    with(
        Limits.defaults(),
        sup -> {
          ChildSpec deaf = Children.deaf("d");
          Pid<?> one = add(sup, deaf.withShutdown(new Shutdown.Within(ofSeconds(1))));
          Pid<?> good = add(sup, Children.plain("g").withShutdown(new Shutdown.Within(ZERO)));
          Pid<?> two = add(sup, deaf.withShutdown(new Shutdown.Within(ofSeconds(2))));
          Pid<?> also = add(sup, deaf.withShutdown(new Shutdown.Within(ofSeconds(2))));
          Thread stopping = Thread.startVirtualThread(() -> stop(sup));
          eventually(() -> assertThat(info(sup).timers()).isEqualTo(3));
          assertThat(good.exitReason()).contains(ExitReason.SHUTDOWN);
          time.advance(ofSeconds(1));
          assertThat(ended(one)).isEqualTo(ExitReason.KILLED);
          assertThat(two.isAlive() && also.isAlive()).isTrue();
          time.advance(ofSeconds(1));
          eventually(() -> assertThat(stopping.isAlive()).isFalse());
          assertThat(two.exitReason()).contains(ExitReason.KILLED);
          assertThat(also.exitReason()).contains(ExitReason.KILLED);
        });
  }

  @Test
  @Case("DynamicSupervisor: terminate/2: terminates with mixed children")
  void terminates_mixed_children() {
    with(
        Limits.defaults(),
        sup -> {
          Pid<?> one = add(sup, Children.plain("1").withShutdown(new Shutdown.Infinity()));
          Pid<?> two = add(sup, Children.plain("2").withShutdown(new Shutdown.BrutalKill()));
          stop(sup);
          assertThat(one.exitReason()).contains(ExitReason.SHUTDOWN);
          assertThat(two.exitReason()).contains(ExitReason.KILLED);
        });
  }

  private void terminates(Shutdown shutdown, ExitReason expected) {
    with(
        Limits.defaults(),
        sup -> {
          Pid<?> child = add(sup, Children.plain("c").withShutdown(shutdown));
          assertThat(DynamicSupervisor.terminateChild(sup, child))
              .isEqualTo(new ChildResult.Done());
          assertThat(child.exitReason()).contains(expected);
          assertThat(DynamicSupervisor.terminateChild(sup, child))
              .isEqualTo(new ChildResult.NotFound());
          hasWorkers(sup, 0, 0);
        });
  }

  @Test
  @Case("DynamicSupervisor: terminate_child/2: terminates child with brutal kill")
  void terminates_child_with_brutal_kill() {
    terminates(new Shutdown.BrutalKill(), ExitReason.KILLED);
  }

  @Test
  @Case("DynamicSupervisor: terminate_child/2: terminates child with integer shutdown")
  void terminates_child_with_time() {
    terminates(new Shutdown.Within(ofSeconds(1)), ExitReason.SHUTDOWN);
  }

  @Test
  @Case("DynamicSupervisor: terminate_child/2: terminates restarting child")
  void terminates_restarting_child() {
    AtomicBoolean fails = new AtomicBoolean();
    with(
        MANY.withMaxRestarts(Integer.MAX_VALUE, ofHours(1)),
        sup -> {
          Pid<?> child = add(sup, children.failing("f", fails));
          fails.set(true);
          end(child, ExitReason.SHUTDOWN);
          assertThat(DynamicSupervisor.terminateChild(sup, child))
              .isEqualTo(new ChildResult.Done());
          assertThat(DynamicSupervisor.terminateChild(sup, child))
              .isEqualTo(new ChildResult.NotFound());
          hasWorkers(sup, 0, 0);
        });
  }

  /** Names are not typed when the program runs, and one supervisor is not the other. */
  @Test
  void what_another_kind_of_supervisor_would_take_is_a_start_that_failed() {
    TestProcess.run(() -> {
      ServerName<DynamicSupervisor> plain = ServerName.local("plain");
      ServerName<DynamicSupervisor.With<String>> with = ServerName.local("with");
      StartOptions options = StartOptions.defaults();
      Pid<?> first =
          DynamicSupervisor.startLink(Limits.defaults(), options.withName(plain)).orThrow();
      Pid<?> second =
          DynamicSupervisor.With.startLink("", Limits.defaults(), options.withName(with)).orThrow();
      assertThat(DynamicSupervisor.startChild(ServerName.local("with"), Children.plain("a")))
          .isInstanceOf(ChildResult.StartFailed.class);
      ChildTemplate<String> template = ChildTemplate.worker("b", text -> children.start(text));
      assertThat(DynamicSupervisor.With.startChild(ServerName.local("plain"), template))
          .isInstanceOf(ChildResult.StartFailed.class);
      assertThat(plain.whereis().orElseThrow()).isSameAs(first);
      assertThat(with.whereis().orElseThrow()).isSameAs(second);
      assertThat(DynamicSupervisor.countChildren(plain).specs()).isZero();
    });
  }
}
