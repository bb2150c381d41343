package dev.tend.otp.supervisor;

import static dev.tend.otp.supervisor.Children.BOOM;
import static dev.tend.otp.supervisor.Children.end;
import static dev.tend.otp.supervisor.Children.pid;
import static dev.tend.otp.supervisor.Children.states;
import static dev.tend.otp.supervisor.Children.stop;
import static dev.tend.otp.supervisor.Children.supervisor;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tend.otp.conformance.Case;
import dev.tend.otp.genserver.GenServer;
import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.Rude;
import dev.tend.otp.process.StartOptions;
import dev.tend.otp.process.StartResult;
import dev.tend.otp.testkit.OtpTest;
import dev.tend.otp.testkit.Probe;
import dev.tend.otp.testkit.TestProcess;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Which exits of which children are followed by a restart. */
@OtpTest
class TerminationTest {
  private static final Counts NONE = new Counts(0, 0, 0, 0);
  private static final Counts STOPPED = new Counts(1, 0, 0, 1);
  private static final Counts RUNNING = new Counts(1, 1, 0, 1);

  private final Children children = new Children();

  private void check(Restart restart, Counts expected, ExitReason... reasons) {
    for (ExitReason reason : reasons) {
      Pid<Supervisor> sup =
          supervisor(Strategy.ONE_FOR_ONE, 2, children.worker("a").withRestart(restart));
      Pid<?> first = pid(sup, "a");
      end(first, reason);
      assertThat(Supervisor.countChildren(sup)).as("%s %s", restart, reason).isEqualTo(expected);
      if (expected.equals(RUNNING)) {
        assertThat(pid(sup, "a")).isNotEqualTo(first);
      }
      stop(sup);
    }
  }

  /** It traps exits, and ends for another reason than it was told. */
  private static ChildSpec endsWith(ExitReason reason) {
    return ChildSpec.worker(
        "rude",
        () ->
            GenServer.startLink(
                new Probe()
                    .init(() -> {
                      Processes.trapExit(true);
                      return Probe.ready();
                    })
                    .terminate(told -> {
                      throw Processes.exit(reason);
                    }),
                StartOptions.defaults()));
  }

  static Stream<ExitReason> rude() {
    Rude detail =
        new Rude(() -> {
          throw new IllegalStateException("has no hash");
        });
    return Stream.of(new ExitReason.Shutdown(detail), new ExitReason.Term(detail));
  }

  @ParameterizedTest
  @MethodSource("rude")
  void a_child_may_end_with_what_throws_when_it_is_compared(ExitReason reason) {
    Pid<Supervisor> sup = supervisor(Strategy.ONE_FOR_ONE, 2, endsWith(reason));
    assertThat(Supervisor.terminateChild(sup, "rude")).isEqualTo(new ChildResult.Done());
    stop(sup);
    TestProcess.run(() -> {
      Processes.trapExit(true);
      Pid<DynamicSupervisor> dynamic =
          DynamicSupervisor.startLink(Limits.defaults(), StartOptions.defaults()).orThrow();
      DynamicSupervisor.startChild(dynamic, endsWith(reason));
      DynamicSupervisor.startChild(dynamic, endsWith(reason));
      assertThat(Processes.stop(dynamic, ExitReason.SHUTDOWN, ofSeconds(20)))
          .contains(ExitReason.SHUTDOWN);
    });
  }

  @Test
  @Case("supervisor_SUITE: permanent_normal")
  void permanent_normal() {
    check(Restart.PERMANENT, RUNNING, ExitReason.NORMAL);
  }

  @Test
  @Case("supervisor_SUITE: transient_normal")
  void transient_normal() {
    check(Restart.TRANSIENT, STOPPED, ExitReason.NORMAL);
  }

  @Test
  @Case("supervisor_SUITE: temporary_normal")
  void temporary_normal() {
    check(Restart.TEMPORARY, NONE, ExitReason.NORMAL);
  }

  @Test
  @Case("supervisor_SUITE: permanent_shutdown")
  void permanent_shutdown() {
    check(Restart.PERMANENT, RUNNING, ExitReason.SHUTDOWN, new ExitReason.Shutdown("info"));
  }

  @Test
  @Case("supervisor_SUITE: transient_shutdown")
  void transient_shutdown() {
    check(Restart.TRANSIENT, STOPPED, ExitReason.SHUTDOWN, new ExitReason.Shutdown("info"));
  }

  @Test
  @Case("supervisor_SUITE: temporary_shutdown")
  void temporary_shutdown() {
    check(Restart.TEMPORARY, NONE, ExitReason.SHUTDOWN, new ExitReason.Shutdown("info"));
  }

  @Test
  @Case("supervisor_SUITE: permanent_abnormal")
  void permanent_abnormal() {
    check(Restart.PERMANENT, RUNNING, BOOM, ExitReason.KILL);
  }

  @Test
  @Case("supervisor_SUITE: transient_abnormal")
  void transient_abnormal() {
    check(Restart.TRANSIENT, RUNNING, BOOM, ExitReason.KILL);
  }

  @Test
  @Case("supervisor_SUITE: temporary_abnormal")
  void temporary_abnormal() {
    check(Restart.TEMPORARY, NONE, BOOM, ExitReason.KILL);
  }

  /** In OTP it would end with {@code {shutdown, {gen_server, call, _}}}, and stay stopped. */
  @Test
  void a_transient_caller_of_a_server_that_is_shut_down_is_started_again()
      throws InterruptedException {
    Pid<Supervisor> sup =
        supervisor(
            Strategy.ONE_FOR_ONE,
            1,
            Children.plain("caller").withRestart(Restart.TRANSIENT),
            Children.plain("called"));
    Pid<Probe> caller = Children.as(pid(sup, "caller"));
    Pid<Probe> called = Children.as(pid(sup, "called"));
    CountDownLatch asked = new CountDownLatch(1);
    Probe.Handle<Object> unanswered =
        new Probe.Handle<>((from, state) -> {
          asked.countDown();
          return Probe.on(state);
        });
    caller.cast(new Probe.Tell(() -> called.call(unanswered)));
    asked.await();
    Supervisor.terminateChild(sup, "called");
    assertThat(Children.ended(caller)).isInstanceOf(ExitReason.Crash.class);
    assertThat(pid(sup, "caller")).isNotEqualTo(caller);
    stop(sup);
  }

  @ParameterizedTest
  @EnumSource(
      value = Strategy.class,
      names = {"ONE_FOR_ALL", "REST_FOR_ONE"})
  @Case("supervisor_SUITE: temporary_bystander")
  void temporary_bystander(Strategy strategy) {
    Pid<Supervisor> sup =
        supervisor(
            strategy,
            2,
            children.worker("a"),
            children.worker("b").withRestart(Restart.TEMPORARY),
            children.worker("c"));
    Pid<?> bystander = pid(sup, "b");
    end(pid(sup, "a"), ExitReason.NORMAL);
    assertThat(Supervisor.whichChildren(sup)).extracting(ChildInfo::id).containsExactly("c", "a");
    assertThat(states(sup)).hasOnlyElementsOfType(ChildInfo.Running.class);
    assertThat(bystander.exitReason()).contains(ExitReason.SHUTDOWN);
    stop(sup);
  }

  /** A child need not be a behaviour: one that returns has ended with normal. */
  @ParameterizedTest
  @EnumSource
  void plain_processes(Restart restart) {
    ChildSpec returns = plain(restart, Processes::receive);
    ChildSpec throwing =
        plain(
            restart,
            () -> {
              Processes.receive();
              throw new StackOverflowError("thrown by a child");
            });
    for (ChildSpec spec : List.of(returns, throwing)) {
      Pid<Supervisor> sup = supervisor(Strategy.ONE_FOR_ONE, 1, spec);
      Pid<?> first = pid(sup, "plain");
      Processes.send(first, "go");
      Children.ended(first);
      boolean again =
          restart == Restart.PERMANENT || (restart == Restart.TRANSIENT && spec == throwing);
      Counts stopped = restart == Restart.TEMPORARY ? NONE : STOPPED;
      assertThat(Supervisor.countChildren(sup)).isEqualTo(again ? RUNNING : stopped);
      stop(sup);
    }
  }

  private static ChildSpec plain(Restart restart, Runnable body) {
    return ChildSpec.worker(
            "plain", () -> new StartResult.Ok<Object>(Children.as(Processes.spawnLink(body)), null))
        .withRestart(restart);
  }
}
