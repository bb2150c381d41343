package dev.tend.otp.supervisor;

import static dev.tend.otp.supervisor.Children.BOOM;
import static dev.tend.otp.supervisor.Children.deaf;
import static dev.tend.otp.supervisor.Children.end;
import static dev.tend.otp.supervisor.Children.ended;
import static dev.tend.otp.supervisor.Children.pid;
import static dev.tend.otp.supervisor.Children.pids;
import static dev.tend.otp.supervisor.Children.states;
import static dev.tend.otp.supervisor.Children.stop;
import static dev.tend.otp.supervisor.Children.supervisor;
import static dev.tend.otp.testkit.Eventually.eventually;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tend.otp.conformance.Case;
import dev.tend.otp.process.CallFailed;
import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.ProcessInfo;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.ServerName;
import dev.tend.otp.process.StartOptions;
import dev.tend.otp.testkit.ManualTime;
import dev.tend.otp.testkit.OtpTest;
import dev.tend.otp.testkit.Probe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code supervisor_SUITE}, group {@code sup_stop}, and how children are stopped in general. */
@OtpTest
class SupStopTest {
  private static final List<Restart> EACH = List.of(Restart.values());

  private final Children children = new Children();
  private final ManualTime time = new ManualTime();

  private Pid<Supervisor> timed(ChildSpec... specs) {
    return Supervisor.start(
            new Flags(Strategy.ONE_FOR_ONE, 2, Duration.ofHours(1)),
            List.of(specs),
            StartOptions.defaults().withTime(time))
        .orThrow();
  }

  private static List<ExitReason> reasons(List<Object> pids) {
    return pids.stream().map(pid -> ((Pid<?>) pid).exitReason().orElseThrow()).toList();
  }

  private static int timers(Pid<?> process) {
    return Processes.snapshot().processes().stream()
        .filter(info -> info.pid() == process)
        .mapToInt(ProcessInfo::timers)
        .sum();
  }

  private static List<ExitReason> stopped(Pid<Supervisor> sup) {
    List<Object> pids = pids(sup);
    assertThat(stop(sup)).isEqualTo(ExitReason.SHUTDOWN);
    return reasons(pids);
  }

  @Test
  @Case("supervisor_SUITE: sup_stop_infinity")
  void sup_stop_infinity() {
    assertThat(
            stopped(
                timed(
                    children.worker("w").withShutdown(new Shutdown.Infinity()),
                    ChildSpec.supervisor("s", () -> children.start("s")))))
        .containsExactly(ExitReason.SHUTDOWN, ExitReason.SHUTDOWN);
  }

  @Test
  @Case("supervisor_SUITE: sup_stop_timeout")
  void sup_stop_timeout() {
    Shutdown second = new Shutdown.Within(ofSeconds(1));
    Pid<Supervisor> sup =
        timed(children.worker("w").withShutdown(second), deaf("d").withShutdown(second));
    List<Object> pids = pids(sup);
    Thread stopping = Thread.startVirtualThread(() -> stop(sup));
    eventually(() -> assertThat(timers(sup)).isEqualTo(1));
    time.advance(Duration.ofMillis(999));
    assertThat(((Pid<?>) pids.get(1)).isAlive()).isTrue();
    time.advance(Duration.ofMillis(1));
    eventually(() -> assertThat(stopping.isAlive()).isFalse());
    assertThat(reasons(pids)).containsExactly(ExitReason.SHUTDOWN, ExitReason.KILLED);
  }

  @Test
  @Case("supervisor_SUITE: sup_stop_brutal_kill")
  void sup_stop_brutal_kill() {
    assertThat(
            stopped(
                timed(
                    children.worker("w"),
                    children.worker("k").withShutdown(new Shutdown.BrutalKill()))))
        .containsExactly(ExitReason.SHUTDOWN, ExitReason.KILLED);
  }

  @Test
  void a_time_that_never_ends_is_no_limit() {
    assertThat(
            stopped(
                timed(children.worker("w").withShutdown(new Shutdown.Within(ofDays(999_999_999))))))
        .containsExactly(ExitReason.SHUTDOWN);
  }

  /** Every restart type and reason: all of them die while a sibling keeps the supervisor. */
  @Test
  @Case("supervisor_SUITE: sup_stop_race")
  void sup_stop_race() {
    List<ExitReason> reasons =
        List.of(ExitReason.NORMAL, ExitReason.SHUTDOWN, new ExitReason.Shutdown("test"), BOOM);
    CountDownLatch stopping = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    List<ChildSpec> specs = new ArrayList<>();
    specs.add(children.worker("a").withRestart(Restart.TEMPORARY));
    for (Restart restart : EACH) {
      for (ExitReason reason : reasons) {
        specs.add(children.worker(restart + " " + reason).withRestart(restart));
      }
    }
    specs.add(
        Children.trapping(
                "z",
                () -> {
                  stopping.countDown();
                  awaitUninterrupted(go);
                })
            .withRestart(Restart.TEMPORARY));
    Pid<Supervisor> sup = timed(specs.toArray(ChildSpec[]::new));
    List<Object> pids = pids(sup);
    children.log.clear();
    Thread stop = Thread.startVirtualThread(() -> stop(sup));
    awaitUninterrupted(stopping);
    for (int i = 1; i < pids.size() - 1; i++) {
      end((Pid<?>) pids.get(i), reasons.get((i - 1) % 4));
    }
    go.countDown();
    eventually(() -> assertThat(stop.isAlive()).isFalse());
    assertThat(sup.exitReason()).contains(ExitReason.SHUTDOWN);
    assertThat(reasons(pids.subList(1, 5))).isEqualTo(reasons);
    assertThat(reasons(List.of(pids.getFirst(), pids.getLast())))
        .containsExactly(ExitReason.SHUTDOWN, ExitReason.SHUTDOWN);
    assertThat(children.log).noneMatch(line -> line.startsWith("start"));
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void children_dying_at_random_during_a_stop() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    ExitReason[] reasons = {ExitReason.SHUTDOWN, new ExitReason.Shutdown(1), BOOM, ExitReason.KILL};
    for (int round = 0; round < 200; round++) {
      ChildSpec[] specs =
          IntStream.range(0, 8)
              .mapToObj(i -> Children.plain(i).withRestart(EACH.get(random.nextInt(3))))
              .toArray(ChildSpec[]::new);
      Pid<Supervisor> sup = supervisor(Strategy.ONE_FOR_ONE, 1000, specs);
      List<Object> pids = pids(sup);
      Thread quitting =
          Thread.startVirtualThread(
              () -> pids.forEach(pid -> Processes.exit((Pid<?>) pid, reasons[random.nextInt(4)])));
      assertThat(stop(sup)).as("seed %d", seed).isEqualTo(ExitReason.SHUTDOWN);
      eventually(() -> assertThat(quitting.isAlive()).isFalse());
    }
  }

  /** By three: the middle child's crash, and then the end. */
  @ParameterizedTest
  @EnumSource
  @Case("supervisor_SUITE: order_of_children")
  void order_of_children(Strategy strategy) {
    List<String> ids = List.of("ch7", "ch3", "ch10", "ch2", "ch5");
    Pid<Supervisor> sup =
        supervisor(strategy, 2, ids.stream().map(children::worker).toArray(ChildSpec[]::new));
    assertThat(children.log)
        .containsExactly("start ch7", "start ch3", "start ch10", "start ch2", "start ch5");
    children.log.clear();
    end(pid(sup, "ch10"), BOOM);
    states(sup);
    List<String> restart =
        switch (strategy) {
          case ONE_FOR_ONE -> List.of("stop ch10", "start ch10");
          case ONE_FOR_ALL ->
              List.of(
                  "stop ch10",
                  "stop ch5",
                  "stop ch2",
                  "stop ch3",
                  "stop ch7",
                  "start ch7",
                  "start ch3",
                  "start ch10",
                  "start ch2",
                  "start ch5");
          case REST_FOR_ONE ->
              List.of("stop ch10", "stop ch5", "stop ch2", "start ch10", "start ch2", "start ch5");
        };
    assertThat(children.log).isEqualTo(restart);
    children.log.clear();
    stop(sup);
    assertThat(children.log)
        .containsExactly("stop ch5", "stop ch2", "stop ch10", "stop ch3", "stop ch7");
  }

  @Test
  @Case("supervisor_SUITE: child_unlink")
  void child_unlink() {
    Pid<Supervisor> sup = supervisor(Strategy.ONE_FOR_ONE, 1, Children.plain("naughty"));
    Pid<Probe> child = Children.as(pid(sup, "naughty"));
    child.call(
        new Probe.Run<>(() -> {
          Processes.unlink(sup);
          return true;
        }));
    assertThat(Supervisor.terminateChild(sup, "naughty")).isEqualTo(new ChildResult.Done());
    assertThat(child.exitReason()).contains(ExitReason.SHUTDOWN);
    stop(sup);
  }

  /** {@code stop/1} and {@code stop/3} of OTP 29. */
  @Test
  void stop_waits_for_supervisor_and_children() {
    ServerName<Supervisor> name = ServerName.local("sup_test");
    Pid<Supervisor> sup =
        Supervisor.start(
                Flags.of(Strategy.ONE_FOR_ONE),
                List.of(children.worker("a")),
                StartOptions.named(name))
            .orThrow();
    Supervisor.stop(name);
    assertThat(sup.exitReason()).contains(ExitReason.NORMAL);
    assertThat(children.log).containsExactly("start a", "stop a");
    assertThatThrownBy(() -> Supervisor.stop(name)).isInstanceOf(CallFailed.class);
    assertThatThrownBy(() -> Supervisor.stop(sup)).isInstanceOf(CallFailed.class);

    Pid<Supervisor> other = supervisor(Strategy.ONE_FOR_ONE, 1);
    assertThat(Supervisor.stop(other, BOOM, ofSeconds(20))).isEqualTo(BOOM);
  }

  @Test
  void stop_gives_up_when_the_time_is_over() {
    Pid<Supervisor> sup =
        supervisor(Strategy.ONE_FOR_ONE, 1, deaf("d").withShutdown(new Shutdown.Infinity()));
    Pid<?> child = pid(sup, "d");
    assertThatThrownBy(() -> Supervisor.stop(sup, ExitReason.SHUTDOWN, Duration.ofMillis(1)))
        .isInstanceOfSatisfying(
            CallFailed.class,
            failed -> assertThat(failed.why()).isEqualTo(new CallFailed.Timeout(true)));
    Processes.exit(child, ExitReason.KILL);
    assertThat(ended(sup)).isEqualTo(ExitReason.SHUTDOWN);
  }

  @Test
  void a_timeout_below_zero_is_refused_and_nothing_asked() {
    Pid<Supervisor> sup = supervisor(Strategy.ONE_FOR_ONE, 1);
    assertThatThrownBy(() -> Supervisor.stop(sup, BOOM, ofSeconds(-1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(Supervisor.stop(sup, ExitReason.SHUTDOWN, ofSeconds(20)))
        .isEqualTo(ExitReason.SHUTDOWN);
  }

  /** As {@code gen_server:stop/3} answers {@code calling_self}. */
  @Test
  void a_supervisor_cannot_wait_for_its_own_end() {
    Pid<Supervisor> sup = supervisor(Strategy.ONE_FOR_ONE, 1);
    ChildSpec stopping =
        ChildSpec.worker(
            "stopping",
            () -> {
              Supervisor.stop(sup);
              throw new AssertionError("not reached");
            });
    assertThat(Supervisor.startChild(sup, stopping))
        .isInstanceOfSatisfying(
            ChildResult.StartFailed.class,
            failed ->
                assertThat(((ExitReason.Crash) failed.reason()).cause())
                    .isInstanceOfSatisfying(
                        CallFailed.class,
                        why ->
                            assertThat(why.why())
                                .isEqualTo(
                                    new CallFailed.Refused(CallFailed.Refusal.CALLING_SELF))));
    Supervisor.stop(sup);
  }
}
