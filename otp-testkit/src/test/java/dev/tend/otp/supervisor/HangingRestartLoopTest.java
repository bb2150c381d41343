package dev.tend.otp.supervisor;

import static dev.tend.otp.supervisor.Children.BOOM;
import static dev.tend.otp.supervisor.Children.end;
import static dev.tend.otp.supervisor.Children.pid;
import static dev.tend.otp.supervisor.Children.started;
import static dev.tend.otp.supervisor.Children.state;
import static dev.tend.otp.supervisor.Children.states;
import static dev.tend.otp.supervisor.Children.stop;
import static dev.tend.otp.supervisor.Children.supervisor;
import static dev.tend.otp.testkit.Eventually.eventually;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tend.otp.conformance.Case;
import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.StartOptions;
import dev.tend.otp.process.StartResult;
import dev.tend.otp.testkit.OtpTest;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** While a restart keeps failing the supervisor answers (OTP-9549). */
@OtpTest
class HangingRestartLoopTest {
  private final Children children = new Children();
  private final AtomicBoolean fails = new AtomicBoolean();

  @ParameterizedTest
  @EnumSource
  @Case({
    "supervisor_SUITE: hanging_restart_loop",
    "supervisor_SUITE: hanging_restart_loop_rest_for_one"
  })
  void hanging_restart_loop(Strategy strategy) {
    ChildSpec failing = children.failing("f", fails).withShutdown(new Shutdown.BrutalKill());
    Pid<Supervisor> sup =
        supervisor(
            strategy, Integer.MAX_VALUE, children.worker("a"), failing, children.worker("z"));
    Pid<?> first = pid(sup, "a");
    fails.set(true);
    end(pid(sup, "f"), BOOM);

    assertThat(Supervisor.startChild(sup, failing)).isEqualTo(new ChildResult.AlreadyPresent());
    assertThat(Supervisor.restartChild(sup, "f")).isEqualTo(new ChildResult.Restarting());
    assertThat(Supervisor.deleteChild(sup, "f")).isEqualTo(new ChildResult.Restarting());
    boolean others = strategy == Strategy.ONE_FOR_ONE;
    assertThat(state(sup, "f")).isEqualTo(new ChildInfo.Restarting());
    assertThat(state(sup, "z") instanceof ChildInfo.Running).isEqualTo(others);
    assertThat(Supervisor.countChildren(sup)).isEqualTo(new Counts(3, others ? 2 : 1, 0, 3));
    assertThat(first.isAlive()).isEqualTo(strategy != Strategy.ONE_FOR_ALL);

    assertThat(Supervisor.terminateChild(sup, "f")).isEqualTo(new ChildResult.Done());
    assertThat(state(sup, "f")).isEqualTo(new ChildInfo.Stopped());
    List<ChildInfo.State> quiet = states(sup);
    assertThat(states(sup)).isEqualTo(quiet);
    assertThat(Supervisor.deleteChild(sup, "z"))
        .isEqualTo(others ? new ChildResult.Running() : new ChildResult.Done());

    fails.set(false);
    Pid<?> second = started(Supervisor.restartChild(sup, "f"));
    fails.set(true);
    end(second, BOOM);
    assertThat(stop(sup)).isEqualTo(ExitReason.SHUTDOWN);
  }

  /** Each failed attempt counts, and others' restarts with it. */
  @ParameterizedTest
  @EnumSource
  @Case("supervisor_SUITE: count_restarting_children")
  void a_restart_that_fails_for_a_while(Strategy strategy) {
    Pid<Supervisor> sup =
        supervisor(strategy, Integer.MAX_VALUE, children.worker("a"), children.failing("f", fails));
    Pid<?> before = pid(sup, "f");
    fails.set(true);
    end(before, BOOM);
    assertThat(Supervisor.countChildren(sup)).isEqualTo(new Counts(2, 1, 0, 2));
    assertThat(state(sup, "f")).isEqualTo(new ChildInfo.Restarting());
    fails.set(false);
    eventually(() -> assertThat(state(sup, "f")).isInstanceOf(ChildInfo.Running.class));
    assertThat(pid(sup, "f")).isNotEqualTo(before);
    stop(sup);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** The retry is the supervisor's own message; no crowd of callers keeps it out. */
  @Test
  void a_retry_fits_a_full_mailbox() throws InterruptedException {
    CountDownLatch starting = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    AtomicInteger starts = new AtomicInteger();
    ChildSpec child =
        ChildSpec.worker(
            "f",
            () -> {
              if (starts.incrementAndGet() != 2) {
                return children.start("f");
              }
              starting.countDown();
              await(goOn);
              return new StartResult.Failed<>(BOOM);
            });
    Pid<Supervisor> sup =
        Supervisor.start(
                new Flags(Strategy.ONE_FOR_ONE, 10, ofSeconds(5)),
                List.of(child),
                StartOptions.defaults().withMailboxLimit(1))
            .orThrow();
    end(pid(sup, "f"), BOOM);
    starting.await();
    Thread waiting = Thread.startVirtualThread(() -> Supervisor.countChildren(sup));
    eventually(() -> assertThat(Processes.info(sup).orElseThrow().mailbox()).isEqualTo(1));
    goOn.countDown();
    eventually(() -> assertThat(starts.get()).isEqualTo(3));
    waiting.join();
    stop(sup);
  }
}
