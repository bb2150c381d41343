package dev.tend.otp.supervisor;

import static dev.tend.otp.supervisor.Children.BOOM;
import static dev.tend.otp.supervisor.Children.as;
import static dev.tend.otp.supervisor.Children.childSupervisor;
import static dev.tend.otp.supervisor.Children.end;
import static dev.tend.otp.supervisor.Children.ended;
import static dev.tend.otp.supervisor.Children.pid;
import static dev.tend.otp.supervisor.Children.pids;
import static dev.tend.otp.supervisor.Children.started;
import static dev.tend.otp.supervisor.Children.states;
import static dev.tend.otp.supervisor.Children.stop;
import static dev.tend.otp.supervisor.Children.supervisor;
import static dev.tend.otp.testkit.Eventually.eventually;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tend.otp.conformance.Case;
import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.ServerName;
import dev.tend.otp.process.StartOptions;
import dev.tend.otp.testkit.ManualTime;
import dev.tend.otp.testkit.OtpTest;
import dev.tend.otp.testkit.Probe;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who restarts with whom, how often, and what follows from a restart that fails. */
@OtpTest
class RestartStrategyTest {
  private final Children children = new Children();
  private final ManualTime time = new ManualTime();

  private Pid<Supervisor> timed(Strategy strategy, int maxRestarts, ChildSpec... specs) {
    return Supervisor.start(
            new Flags(strategy, maxRestarts, ofSeconds(10)),
            List.of(specs),
            StartOptions.defaults().withTime(time))
        .orThrow();
  }

  @ParameterizedTest
  @EnumSource
  @Case({
    "supervisor_SUITE: one_for_one",
    "supervisor_SUITE: one_for_all",
    "supervisor_SUITE: rest_for_one"
  })
  void intensity_exactly_at_and_one_above_the_limit(Strategy strategy) {
    Pid<Supervisor> sup = timed(strategy, 3, children.worker("a"), children.worker("b"));
    for (int i = 0; i < 3; i++) {
      end(pid(sup, i % 2 == 0 ? "a" : "b"), BOOM);
      assertThat(states(sup)).hasOnlyElementsOfType(ChildInfo.Running.class);
    }
    List<Object> last = pids(sup);
    end(pid(sup, "a"), BOOM);
    assertThat(ended(sup)).isEqualTo(ExitReason.SHUTDOWN);
    last.forEach(pid -> assertThat(((Pid<?>) pid).isAlive()).isFalse());
  }

  @Test
  @Case("supervisor_SUITE: multiple_restarts")
  void multiple_restarts() {
    Pid<Supervisor> sup = timed(Strategy.ONE_FOR_ONE, 1, children.worker("a"));
    for (int i = 0; i < 20; i++) {
      end(pid(sup, "a"), BOOM);
      states(sup);
      time.advance(ofMillis(10_001));
    }
    end(pid(sup, "a"), BOOM);
    states(sup);
    time.advance(ofSeconds(10));
    end(pid(sup, "a"), BOOM);
    assertThat(ended(sup)).isEqualTo(ExitReason.SHUTDOWN);
  }

  @Test
  @Case("supervisor_SUITE: one_for_one")
  void one_for_one() {
    check(Strategy.ONE_FOR_ONE, true, false, true);
  }

  @Test
  @Case("supervisor_SUITE: one_for_all")
  void one_for_all() {
    check(Strategy.ONE_FOR_ALL, false, false, false);
  }

  @Test
  @Case("supervisor_SUITE: rest_for_one")
  void rest_for_one() {
    check(Strategy.REST_FOR_ONE, true, false, false);
  }

  private void check(Strategy strategy, boolean firstStays, boolean midStays, boolean lastStays) {
    Pid<Supervisor> sup =
        supervisor(strategy, 2, children.worker(1), children.worker(2), children.worker(3));
    List<Object> before = pids(sup);
    end(pid(sup, 2), BOOM);
    List<Object> after = pids(sup);
    assertThat(
            List.of(
                before.get(0) == after.get(0),
                before.get(1) == after.get(1),
                before.get(2) == after.get(2)))
        .containsExactly(firstStays, midStays, lastStays);
    before.stream()
        .filter(pid -> !after.contains(pid))
        .forEach(pid -> assertThat(((Pid<?>) pid).isAlive()).isFalse());
    assertThat(Supervisor.countChildren(sup)).isEqualTo(new Counts(3, 3, 0, 3));
    stop(sup);
  }

  @ParameterizedTest
  @EnumSource
  @Case({
    "supervisor_SUITE: one_for_one_escalation",
    "supervisor_SUITE: one_for_all_escalation",
    "supervisor_SUITE: rest_for_one_escalation"
  })
  void escalation(Strategy strategy) {
    AtomicInteger failures = new AtomicInteger();
    Pid<Supervisor> sup =
        supervisor(
            strategy, 4, children.worker(1), children.naughty(2, failures), children.worker(3));
    List<Object> before = pids(sup);
    failures.set(-1);
    end(pid(sup, 2), BOOM);
    assertThat(ended(sup)).isEqualTo(ExitReason.SHUTDOWN);
    before.forEach(pid -> assertThat(((Pid<?>) pid).isAlive()).isFalse());
    assertThat(children.log.stream().filter("fail 2"::equals)).hasSize(4);
  }

  @Test
  @Case("supervisor_SUITE: one_for_all_other_child_fails_restart")
  void one_for_all_other_child_fails_restart() {
    AtomicInteger failures = new AtomicInteger();
    Pid<Supervisor> sup =
        supervisor(
            Strategy.ONE_FOR_ALL,
            3,
            children.worker(1),
            children.naughty(2, failures),
            children.worker(3));
    children.log.clear();
    failures.set(1);
    end(pid(sup, 3), BOOM);
    eventually(() -> assertThat(states(sup)).hasOnlyElementsOfType(ChildInfo.Running.class));
    assertThat(children.log)
        .containsExactly(
            "stop 3", "stop 2", "stop 1", "start 1", "fail 2", "stop 1", "start 1", "start 2",
            "start 3");
    stop(sup);
  }

  @Test
  @Case("supervisor_SUITE: rest_for_one_other_child_fails_restart")
  void rest_for_one_other_child_fails_restart() {
    AtomicInteger failures = new AtomicInteger();
    Pid<Supervisor> sup =
        supervisor(
            Strategy.REST_FOR_ONE,
            3,
            children.worker(1),
            children.naughty(2, failures),
            children.worker(3));
    children.log.clear();
    failures.set(1);
    end(pid(sup, 1), BOOM);
    eventually(() -> assertThat(states(sup)).hasOnlyElementsOfType(ChildInfo.Running.class));
    assertThat(children.log)
        .containsExactly("stop 1", "stop 3", "stop 2", "start 1", "fail 2", "start 2", "start 3");
    stop(sup);
  }

  /** A child that was terminated comes back with its group. */
  @Test
  @Case("supervisor_SUITE: tree")
  void tree() {
    AtomicInteger failures = new AtomicInteger();
    Flags four = new Flags(Strategy.ONE_FOR_ONE, 4, ofHours(1));
    Pid<Supervisor> top =
        supervisor(
            Strategy.ONE_FOR_ALL,
            4,
            childSupervisor("1", four, children.worker("x"), children.worker("y")),
            childSupervisor("2", four),
            childSupervisor("3", four).withRestart(Restart.TRANSIENT));
    Supervisor.terminateChild(top, "3");
    assertThat(Supervisor.countChildren(top)).isEqualTo(new Counts(3, 2, 3, 0));
    Pid<Supervisor> one = as(pid(top, "1"));
    Pid<Supervisor> two = as(pid(top, "2"));
    Pid<?> naughty = started(Supervisor.startChild(two, children.naughty("n", failures)));
    Pid<?> good = started(Supervisor.startChild(two, children.worker("g")));
    List<Object> before = pids(one);

    end(good, BOOM);
    assertThat(pid(two, "g")).isNotEqualTo(good);
    assertThat(pid(two, "n")).isEqualTo(naughty);
    assertThat(pids(one)).isEqualTo(before);

    failures.set(-1);
    end(naughty, BOOM);
    assertThat(ended(two)).isEqualTo(ExitReason.SHUTDOWN);
    assertThat(Supervisor.countChildren(top)).isEqualTo(new Counts(3, 3, 3, 0));
    assertThat(pid(top, "1")).isNotEqualTo(one);
    assertThat(Supervisor.whichChildren(as(pid(top, "1"))))
        .extracting(ChildInfo::id)
        .containsExactly("y", "x");
    assertThat(Supervisor.whichChildren(as(pid(top, "2")))).isEmpty();
    assertThat(Supervisor.whichChildren(as(pid(top, "3")))).isEmpty();
    before.forEach(pid -> assertThat(((Pid<?>) pid).isAlive()).isFalse());
    stop(top);
  }

  /** OTP-9212: supervisor and server have names, and these are free when they are started again. */
  @ParameterizedTest
  @ValueSource(strings = {"kill_supervisor", "kill_worker", "exit_worker", "restart_worker"})
  @Case("supervisor_SUITE: simple_global_supervisor")
  void simple_global_supervisor(String how) {
    ServerName<Supervisor> middle = ServerName.local("sup2");
    ServerName<Probe> server = ServerName.local("server");
    Flags flags = new Flags(Strategy.ONE_FOR_ALL, 3, ofSeconds(60));
    ChildSpec worker =
        ChildSpec.worker("child", () -> children.start("server", StartOptions.named(server)));
    Pid<Supervisor> top =
        supervisor(
            flags,
            ChildSpec.supervisor(
                "middle",
                () -> Supervisor.startLink(flags, List.of(worker), StartOptions.named(middle))));
    Pid<Supervisor> firstSup = middle.whereis().orElseThrow();
    Pid<Probe> firstServer = server.whereis().orElseThrow();
    switch (how) {
      case "kill_supervisor" -> Processes.exit(firstSup, ExitReason.KILL);
      case "kill_worker" -> Processes.exit(firstServer, ExitReason.KILL);
      case "exit_worker" -> end(firstServer, BOOM);
      default -> {
        assertThat(Supervisor.terminateChild(middle, "child")).isEqualTo(new ChildResult.Done());
        started(Supervisor.restartChild(middle, "child"));
      }
    }
    eventually(() -> {
      assertThat(server.whereis()).isPresent();
      assertThat(server.whereis()).isNotEqualTo(java.util.Optional.of(firstServer));
    });
    assertThat(middle.whereis().orElseThrow() == firstSup)
        .isEqualTo(!how.equals("kill_supervisor"));
    Processes.exit(top, ExitReason.KILL);
    eventually(() -> {
      assertThat(middle.whereis()).isEmpty();
      assertThat(server.whereis()).isEmpty();
    });
  }
}
