package dev.tend.otp.supervisor;

import static dev.tend.otp.supervisor.Children.BOOM;
import static dev.tend.otp.supervisor.Children.end;
import static dev.tend.otp.supervisor.Children.pid;
import static dev.tend.otp.supervisor.Children.started;
import static dev.tend.otp.supervisor.Children.states;
import static dev.tend.otp.supervisor.Children.stop;
import static dev.tend.otp.supervisor.Children.supervisor;
import static dev.tend.otp.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tend.otp.conformance.Case;
import dev.tend.otp.genserver.GenServer;
import dev.tend.otp.genserver.Init;
import dev.tend.otp.process.CallFailed;
import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.Rude;
import dev.tend.otp.process.ServerName;
import dev.tend.otp.process.ServerRef;
import dev.tend.otp.process.StartOptions;
import dev.tend.otp.testkit.OtpTest;
import dev.tend.otp.testkit.Probe;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What each call answers in each state of the child, on static supervisors. */
@OtpTest
class ChildAdmTest {
  private static final ChildResult DONE = new ChildResult.Done();
  private static final ChildResult NOT_FOUND = new ChildResult.NotFound();

  private final Children children = new Children();

  @Test
  @Case("supervisor_SUITE: child_adm")
  void child_adm() {
    ChildSpec spec = children.worker("a");
    Pid<Supervisor> sup = supervisor(Strategy.ONE_FOR_ONE, 2, spec);
    Pid<?> first = pid(sup, "a");
    assertThat(Supervisor.countChildren(sup)).isEqualTo(new Counts(1, 1, 0, 1));
    assertThat(Supervisor.startChild(sup, spec)).isEqualTo(new ChildResult.AlreadyStarted(first));

    assertThat(Supervisor.terminateChild(sup, "hej")).isEqualTo(NOT_FOUND);
    assertThat(Supervisor.terminateChild(sup, "a")).isEqualTo(DONE);
    assertThat(first.exitReason()).contains(ExitReason.SHUTDOWN);
    assertThat(states(sup)).containsExactly(new ChildInfo.Stopped());
    assertThat(Supervisor.countChildren(sup)).isEqualTo(new Counts(1, 0, 0, 1));
    assertThat(Supervisor.terminateChild(sup, "a")).isEqualTo(DONE);
    assertThat(Supervisor.startChild(sup, spec)).isEqualTo(new ChildResult.AlreadyPresent());

    Pid<?> second = started(Supervisor.restartChild(sup, "a"));
    assertThat(pid(sup, "a")).isEqualTo(second).isNotEqualTo(first);
    assertThat(Supervisor.restartChild(sup, "a")).isEqualTo(new ChildResult.Running());
    assertThat(Supervisor.restartChild(sup, "hej")).isEqualTo(NOT_FOUND);

    assertThat(Supervisor.deleteChild(sup, "a")).isEqualTo(new ChildResult.Running());
    assertThat(Supervisor.deleteChild(sup, "hej")).isEqualTo(NOT_FOUND);
    Supervisor.terminateChild(sup, "a");
    assertThat(Supervisor.deleteChild(sup, "a")).isEqualTo(DONE);
    assertThat(Supervisor.restartChild(sup, "a")).isEqualTo(NOT_FOUND);
    assertThat(states(sup)).isEmpty();
    assertThat(Supervisor.countChildren(sup)).isEqualTo(new Counts(0, 0, 0, 0));

    Pid<?> third = started(Supervisor.startChild(sup, spec));
    assertThat(Supervisor.terminateChild(sup, third)).isEqualTo(NOT_FOUND);
    assertThat(Supervisor.countChildren(sup)).isEqualTo(new Counts(1, 1, 0, 1));
    stop(sup);
  }

  @Test
  void an_id_that_throws_is_nobodys_and_the_children_live_on() {
    Pid<Supervisor> sup = supervisor(Strategy.ONE_FOR_ONE, 2, children.worker("a"));
    Pid<?> child = pid(sup, "a");
    Object id = new Rude("a"::hashCode);
    assertThat(Supervisor.startChild(sup, children.worker(id)))
        .isInstanceOf(ChildResult.StartFailed.class);
    assertThat(Supervisor.terminateChild(sup, id)).isEqualTo(NOT_FOUND);
    assertThat(Supervisor.restartChild(sup, id)).isEqualTo(NOT_FOUND);
    assertThat(Supervisor.deleteChild(sup, id)).isEqualTo(NOT_FOUND);
    assertThat(Supervisor.getChildSpec(sup, id)).isEmpty();
    assertThat(Supervisor.whichChild(sup, id)).isEmpty();
    assertThat(pid(sup, "a")).isEqualTo(child);
    assertThat(children.log).containsExactly("start a");
    stop(sup);
  }

  static Stream<Consumer<ServerRef<Supervisor>>> everyCall() {
    return Stream.of(
        ref -> Supervisor.startChild(ref, Children.plain("a")),
        ref -> Supervisor.terminateChild(ref, "a"),
        ref -> Supervisor.restartChild(ref, "a"),
        ref -> Supervisor.deleteChild(ref, "a"),
        ref -> Supervisor.getChildSpec(ref, "a"),
        ref -> Supervisor.whichChild(ref, "a"),
        Supervisor::whichChildren,
        Supervisor::countChildren,
        Supervisor::stop);
  }

  @ParameterizedTest
  @MethodSource("everyCall")
  @Case("supervisor_SUITE: child_adm")
  void a_dead_supervisor_answers_noproc(Consumer<ServerRef<Supervisor>> call) {
    Pid<Supervisor> dead = supervisor(Strategy.ONE_FOR_ONE, 1);
    stop(dead);
    for (ServerRef<Supervisor> ref : List.of(dead, ServerName.<Supervisor>local("foo"))) {
      assertThatThrownBy(() -> call.accept(ref))
          .isInstanceOfSatisfying(
              CallFailed.class,
              e ->
                  assertThat(e.why())
                      .isEqualTo(new CallFailed.Refused(CallFailed.Refusal.NO_PROCESS)));
    }
  }

  @Test
  @Case("supervisor_SUITE: extra_return")
  void extra_return() {
    ChildSpec spec = Children.of("a", () -> new Probe().init(() -> Init.ok("new", "extra")));
    Pid<Supervisor> sup = supervisor(Strategy.ONE_FOR_ONE, 1, spec);
    Supervisor.terminateChild(sup, "a");
    assertThat(Supervisor.restartChild(sup, "a"))
        .isEqualTo(new ChildResult.Started(pid(sup, "a"), "extra"));
    Supervisor.terminateChild(sup, "a");
    Supervisor.deleteChild(sup, "a");
    ChildResult result = Supervisor.startChild(sup, spec);
    Pid<?> third = pid(sup, "a");
    assertThat(result).isEqualTo(new ChildResult.Started(third, "extra"));
    end(third, BOOM);
    assertThat(pid(sup, "a")).isNotEqualTo(third);
    assertThat(Supervisor.countChildren(sup)).isEqualTo(new Counts(1, 1, 0, 1));
    stop(sup);
  }

  /** {@code which_child/2} of OTP 28: the row that {@code which_children} shows. */
  @Test
  void which_child() {
    Pid<Supervisor> sup = supervisor(Strategy.ONE_FOR_ONE, 1);
    assertThat(Supervisor.whichChild(sup, "a")).isEmpty();
    Supervisor.startChild(sup, children.worker("a"));
    Supervisor.startChild(sup, Children.childSupervisor("s", Flags.of(Strategy.ONE_FOR_ONE)));
    Supervisor.terminateChild(sup, "a");
    assertThat(Supervisor.whichChildren(sup))
        .containsExactly(
            Supervisor.whichChild(sup, "s").orElseThrow(),
            new ChildInfo("a", new ChildInfo.Stopped(), ChildSpec.Type.WORKER));
    assertThat(Supervisor.whichChild(sup, "s").map(ChildInfo::type))
        .contains(ChildSpec.Type.SUPERVISOR);
    assertThat(Supervisor.countChildren(sup)).isEqualTo(new Counts(2, 1, 1, 1));
    Supervisor.deleteChild(sup, "a");
    assertThat(Supervisor.whichChild(sup, "a")).isEmpty();
    stop(sup);
  }

  /** As {@code supervisor.erl} counts: the supervisor never hears of this end. */
  @Test
  void a_child_that_has_unlinked_itself_and_ended_is_not_counted_as_active() {
    Pid<Supervisor> sup =
        supervisor(Strategy.ONE_FOR_ONE, 1, Children.plain("a"), Children.plain("b"));
    Pid<Probe> child = Children.as(pid(sup, "b"));
    child.call(
        new Probe.Run<>(() -> {
          Processes.unlink(sup);
          return true;
        }));
    end(child, ExitReason.KILL);
    assertThat(Supervisor.countChildren(sup)).isEqualTo(new Counts(2, 1, 0, 2));
    assertThat(Supervisor.restartChild(sup, "b")).isEqualTo(new ChildResult.Running());
    assertThat(Supervisor.terminateChild(sup, "b")).isEqualTo(new ChildResult.Done());
    stop(sup);
  }

  /** How a child ends, and whether its specification is known after that. */
  enum End {
    KILLED,
    NORMAL,
    ABNORMAL,
    TERMINATED
  }

  @ParameterizedTest
  @EnumSource
  @Case("supervisor_SUITE: do_not_save_child_specs_for_temporary_children")
  void do_not_save_child_specs_for_temporary_children(Strategy strategy) {
    for (End how : End.values()) {
      Pid<Supervisor> sup = supervisor(strategy, 2);
      boolean restarted = how != End.TERMINATED;
      assertThat(againAfter(how, sup, Restart.PERMANENT))
          .isInstanceOf(
              restarted ? ChildResult.AlreadyStarted.class : ChildResult.AlreadyPresent.class);
      boolean again = how == End.KILLED || how == End.ABNORMAL;
      assertThat(againAfter(how, sup, Restart.TRANSIENT))
          .isInstanceOf(
              again ? ChildResult.AlreadyStarted.class : ChildResult.AlreadyPresent.class);
      assertThat(againAfter(how, sup, Restart.TEMPORARY)).isInstanceOf(ChildResult.Started.class);
      stop(sup);
    }
  }

  private ChildResult againAfter(End how, Pid<Supervisor> sup, Restart restart) {
    ChildSpec spec = children.worker(restart).withRestart(restart);
    Pid<?> child = started(Supervisor.startChild(sup, spec));
    switch (how) {
      case KILLED -> end(child, ExitReason.KILL);
      case NORMAL -> end(child, ExitReason.NORMAL);
      case ABNORMAL -> end(child, BOOM);
      case TERMINATED -> assertThat(Supervisor.terminateChild(sup, restart)).isEqualTo(DONE);
    }
    return Supervisor.startChild(sup, spec);
  }

  @ParameterizedTest
  @EnumSource
  @Case("supervisor_SUITE: do_not_save_start_parameters_for_temporary_children")
  void do_not_save_start_parameters_for_temporary_children(Strategy strategy) {
    Pid<Supervisor> sup = supervisor(strategy, 2);
    WeakReference<Object> permanent = startWithArgument(sup, Restart.PERMANENT);
    WeakReference<Object> lasting = startWithArgument(sup, Restart.TRANSIENT);
    WeakReference<Object> temporary = startWithArgument(sup, Restart.TEMPORARY);
    eventually(() -> {
      System.gc();
      assertThat(temporary.get()).isNull();
    });
    assertThat(permanent.get()).isNotNull();
    assertThat(lasting.get()).isNotNull();
    stop(sup);
  }

  /** So does one of the list that the supervisor starts with. */
  @Test
  void a_temporary_child_started_with_its_supervisor_leaves_no_parameters_either() {
    WeakReference<?>[] large = new WeakReference<?>[1];
    Pid<Supervisor> sup =
        Supervisor.start(
                () -> {
                  byte[] argument = new byte[1_000];
                  large[0] = new WeakReference<>(argument);
                  return new SupervisorInit.Ok(
                      Flags.of(Strategy.ONE_FOR_ONE), List.of(taking(argument, Restart.TEMPORARY)));
                },
                StartOptions.defaults())
            .orThrow();
    eventually(() -> {
      System.gc();
      assertThat(large[0].get()).isNull();
    });
    assertThat(Supervisor.getChildSpec(sup, Restart.TEMPORARY).map(ChildSpec::restart))
        .isEqualTo(Optional.of(Restart.TEMPORARY));
    stop(sup);
  }

  private static WeakReference<Object> startWithArgument(Pid<Supervisor> sup, Restart restart) {
    byte[] argument = new byte[1_000];
    started(Supervisor.startChild(sup, taking(argument, restart)));
    return new WeakReference<>(argument);
  }

  private static ChildSpec taking(byte[] argument, Restart restart) {
    return ChildSpec.worker(
            restart,
            () -> {
              assertThat(argument).hasSize(1_000);
              return GenServer.startLink(new Probe(), StartOptions.defaults());
            })
        .withRestart(restart);
  }
}
