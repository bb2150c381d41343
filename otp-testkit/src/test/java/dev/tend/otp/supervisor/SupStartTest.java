package dev.tend.otp.supervisor;

import static dev.tend.otp.supervisor.Children.BOOM;
import static dev.tend.otp.supervisor.Children.ignoring;
import static dev.tend.otp.supervisor.Children.pid;
import static dev.tend.otp.supervisor.Children.state;
import static dev.tend.otp.supervisor.Children.states;
import static dev.tend.otp.supervisor.Children.stop;
import static dev.tend.otp.supervisor.Children.supervisor;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tend.otp.conformance.Case;
import dev.tend.otp.genserver.GenServer;
import dev.tend.otp.genserver.Init;
import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.ServerName;
import dev.tend.otp.process.StartOptions;
import dev.tend.otp.process.StartResult;
import dev.tend.otp.testkit.ExitRecorder;
import dev.tend.otp.testkit.OtpTest;
import dev.tend.otp.testkit.Probe;
import dev.tend.otp.testkit.TestProcess;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code supervisor_SUITE}, groups {@code sup_start} and {@code sup_start_map}. */
@OtpTest
class SupStartTest {
  private static final Flags FLAGS = Flags.of(Strategy.ONE_FOR_ONE);

  private final Children children = new Children();

  @Test
  @Case("supervisor_SUITE: sup_start_normal")
  void sup_start_normal() {
    try (ExitRecorder recorder = new ExitRecorder()) {
      Processes.spawn(() -> {
        Pid<Supervisor> sup =
            Supervisor.startLink(FLAGS, List.of(), StartOptions.defaults()).orThrow();
        recorder.monitor(sup);
        throw Processes.exit(ExitReason.SHUTDOWN);
      });
      recorder.await(1);
      assertThat(recorder.reasons()).containsExactly(ExitReason.SHUTDOWN);
    }
  }

  /** What a linked starter gets, which traps exits, and that nothing else reaches it. */
  private static StartResult<Supervisor> start(Callable<SupervisorInit> init) {
    try (ExitRecorder starter = new ExitRecorder()) {
      Object[] result = new Object[1];
      ServerName<Supervisor> name = ServerName.local("sup_test");
      starter.within(() -> result[0] = Supervisor.startLink(init, StartOptions.named(name)));
      assertThat(starter.seen()).isEmpty();
      assertThat(name.whereis()).isEmpty();
      @SuppressWarnings("unchecked")
      StartResult<Supervisor> typed = (StartResult<Supervisor>) result[0];
      return typed;
    }
  }

  @Test
  @Case("supervisor_SUITE: sup_start_ignore_init")
  void sup_start_ignore_init() {
    assertThat(start(SupervisorInit.Ignore::new)).isEqualTo(new StartResult.Ignored<>());
  }

  /** All that a Java function can answer and should not. */
  @Test
  @Case("supervisor_SUITE: sup_start_error_return")
  @SuppressWarnings("NullAway")
  void sup_start_error_return() {
    assertThat(start(() -> null))
        .isInstanceOfSatisfying(
            StartResult.Failed.class,
            failed -> assertThat(failed.reason().toString()).contains("init answered null"));
  }

  @Test
  @Case("supervisor_SUITE: sup_start_fail")
  void sup_start_fail() {
    AssertionError fail = new AssertionError("fail");
    assertThat(
            start(() -> {
              throw fail;
            }))
        .isEqualTo(new StartResult.Failed<>(new ExitReason.Crash(fail)));
    assertThat(
            start(() -> {
              throw Processes.exit(BOOM);
            }))
        .isEqualTo(new StartResult.Failed<>(BOOM));
  }

  @Test
  void flags_and_children_are_computed_in_the_supervisors_own_process() {
    TestProcess.run(() -> {
      Pid<?>[] computedIn = new Pid<?>[1];
      Pid<Supervisor> sup =
          Supervisor.startLink(
                  () -> {
                    computedIn[0] = Processes.self();
                    return new SupervisorInit.Ok(FLAGS, List.of(children.worker("a")));
                  },
                  StartOptions.defaults())
              .orThrow();
      assertThat(computedIn[0]).isEqualTo(sup);
      assertThat(pid(sup, "a").isAlive()).isTrue();
    });
  }

  @Test
  @Case("supervisor_SUITE: sup_start_ignore_child")
  void sup_start_ignore_child() {
    Pid<Supervisor> sup = supervisor(Strategy.ONE_FOR_ONE, 2);
    assertThat(Supervisor.startChild(sup, ignoring("a"))).isEqualTo(new ChildResult.Ignored());
    Supervisor.startChild(sup, children.worker("b"));
    assertThat(Supervisor.whichChildren(sup))
        .containsExactly(
            new ChildInfo("b", new ChildInfo.Running(pid(sup, "b")), ChildSpec.Type.WORKER),
            new ChildInfo("a", new ChildInfo.Stopped(), ChildSpec.Type.WORKER));
    assertThat(Supervisor.countChildren(sup)).isEqualTo(new Counts(2, 1, 0, 2));
    stop(sup);
  }

  @Test
  @Case("supervisor_SUITE: sup_start_ignore_temporary_child")
  void sup_start_ignore_temporary_child() {
    Pid<Supervisor> sup =
        supervisor(
            Strategy.ONE_FOR_ONE,
            2,
            ignoring("a").withRestart(Restart.TEMPORARY),
            children.worker("b"));
    assertThat(Supervisor.whichChild(sup, "a")).isEmpty();
    assertThat(Supervisor.countChildren(sup)).isEqualTo(new Counts(1, 1, 0, 1));
    stop(sup);
  }

  @Test
  @Case("supervisor_SUITE: sup_start_ignore_temporary_child_start_child")
  void sup_start_ignore_temporary_child_start_child() {
    Pid<Supervisor> sup = supervisor(Strategy.ONE_FOR_ONE, 2);
    assertThat(Supervisor.startChild(sup, ignoring("a").withRestart(Restart.TEMPORARY)))
        .isEqualTo(new ChildResult.Ignored());
    Supervisor.startChild(sup, children.worker("b").withRestart(Restart.TEMPORARY));
    assertThat(Supervisor.whichChildren(sup)).extracting(ChildInfo::id).containsExactly("b");
    assertThat(Supervisor.countChildren(sup)).isEqualTo(new Counts(1, 1, 0, 1));
    stop(sup);
  }

  @Test
  @Case("supervisor_SUITE: faulty_application_shutdown")
  void a_child_that_does_not_start_fails_the_supervisors_start() {
    NoSuchMethodError undef = new NoSuchMethodError("an undefined function");
    ChildSpec bad =
        Children.of(
            "bad",
            () ->
                new Probe()
                    .init(() -> {
                      throw undef;
                    }));
    ChildSpec never = children.worker("never");
    assertThat(
            start(() ->
                new SupervisorInit.Ok(
                    Flags.of(Strategy.ONE_FOR_ALL),
                    List.of(children.worker("first"), children.worker("second"), bad, never))))
        .isEqualTo(
            new StartResult.Failed<>(
                new ExitReason.Shutdown(
                    new FailedToStartChild("bad", new ExitReason.Crash(undef)))));
    assertThat(children.log)
        .containsExactly("start first", "start second", "stop second", "stop first");
  }

  @ParameterizedTest
  @ValueSource(strings = {"error", "stop", "throw", "null"})
  @Case("supervisor_SUITE: sup_start_child_returns_error")
  void sup_start_child_returns_error(String how) {
    Pid<Supervisor> sup = supervisor(Strategy.ONE_FOR_ONE, 1);
    assertThat(Supervisor.startChild(sup, ChildSpec.worker("a", () -> unsuccessful(how))))
        .isInstanceOf(ChildResult.StartFailed.class);
    assertThat(Supervisor.whichChildren(sup)).isEmpty();
    assertThat(Supervisor.startChild(sup, children.worker("a")))
        .isInstanceOf(ChildResult.Started.class);
    stop(sup);
  }

  @SuppressWarnings("NullAway")
  private static StartResult<?> unsuccessful(String how) {
    return switch (how) {
      case "error" -> new StartResult.Failed<>(BOOM);
      case "stop" ->
          GenServer.startLink(new Probe().init(() -> Init.stop(BOOM)), StartOptions.defaults());
      case "throw" -> throw new AssertionError("an Error");
      default -> null;
    };
  }

  @Test
  @Case("supervisor_SUITE: sup_start_restart_child_returns_error")
  void sup_start_restart_child_returns_error() {
    AtomicInteger failures = new AtomicInteger();
    Pid<Supervisor> sup = supervisor(Strategy.ONE_FOR_ONE, 1, children.naughty("a", failures));
    Supervisor.terminateChild(sup, "a");
    failures.set(1);
    assertThat(Supervisor.restartChild(sup, "a")).isEqualTo(new ChildResult.StartFailed(BOOM));
    assertThat(states(sup)).containsExactly(new ChildInfo.Stopped());
    stop(sup);
  }

  @Test
  @Case("supervisor_SUITE: already_started_outside_supervisor")
  void already_started_outside_supervisor() {
    ServerName<Probe> name = ServerName.local("taken");
    Pid<Probe> outside = new Probe().start(StartOptions.named(name)).orThrow();
    Pid<Supervisor> sup = supervisor(Strategy.ONE_FOR_ONE, 1);
    ChildSpec spec =
        ChildSpec.worker("a", () -> GenServer.startLink(new Probe(), StartOptions.named(name)));
    assertThat(Supervisor.startChild(sup, spec)).isEqualTo(new ChildResult.AlreadyStarted(outside));
    assertThat(states(sup)).isEmpty();
    assertThat(outside.isAlive()).isTrue();
    Processes.exit(outside, ExitReason.KILL);
    stop(sup);
  }

  @Test
  @Case("supervisor_SUITE: sup_start_map")
  void sup_start_map() {
    ChildSpec worker = children.worker("w");
    ChildSpec killed = children.worker("k").withShutdown(new Shutdown.BrutalKill());
    ChildSpec below = ChildSpec.supervisor("s", () -> children.start("s"));
    Pid<Supervisor> sup = supervisor(FLAGS, worker, killed, below);
    assertThat(Supervisor.getChildSpec(sup, "w"))
        .contains(
            new ChildSpec(
                "w",
                worker.start(),
                Restart.PERMANENT,
                new Shutdown.Within(ofSeconds(5)),
                ChildSpec.Type.WORKER,
                false));
    assertThat(Supervisor.getChildSpec(sup, "k").orElseThrow().shutdown())
        .isEqualTo(new Shutdown.BrutalKill());
    assertThat(Supervisor.getChildSpec(sup, "s"))
        .contains(
            new ChildSpec(
                "s",
                below.start(),
                Restart.PERMANENT,
                new Shutdown.Infinity(),
                ChildSpec.Type.SUPERVISOR,
                false));
    assertThat(Supervisor.getChildSpec(sup, "unknown")).isEmpty();
    assertThat(FLAGS)
        .isEqualTo(new Flags(Strategy.ONE_FOR_ONE, 1, ofSeconds(5), AutoShutdown.NEVER));
    stop(sup);
  }

  @Test
  void a_second_supervisor_of_the_name_is_refused() {
    ServerName<Supervisor> name = ServerName.local("only_one");
    Pid<Supervisor> sup = Supervisor.start(FLAGS, List.of(), StartOptions.named(name)).orThrow();
    assertThat(Supervisor.start(FLAGS, List.of(children.worker("a")), StartOptions.named(name)))
        .isEqualTo(new StartResult.AlreadyStarted<>(sup));
    assertThat(children.log).isEmpty();
    stop(sup);
  }

  @Test
  void the_parents_death_ends_supervisor_and_children() {
    try (ExitRecorder parent = new ExitRecorder()) {
      Object[] sup = new Object[1];
      parent.within(() ->
          sup[0] =
              Supervisor.startLink(FLAGS, List.of(children.worker("a")), StartOptions.defaults())
                  .orThrow());
      Pid<Supervisor> supervisor = Children.as((Pid<?>) sup[0]);
      Pid<?> child = pid(supervisor, "a");
      assertThat(state(supervisor, "a")).isEqualTo(new ChildInfo.Running(child));
      Processes.exit(parent.pid(), ExitReason.KILL);
      assertThat(Children.ended(supervisor)).isEqualTo(ExitReason.KILLED);
      assertThat(child.exitReason()).contains(ExitReason.SHUTDOWN);
    }
  }
}
