package dev.tend.otp.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.StartOptions;
import dev.tend.otp.testkit.OtpTest;
import dev.tend.otp.testkit.Probe;
import dev.tend.otp.testkit.TestProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What grows with the number of children grows about as it does, whatever the machine. */
@OtpTest
class ScaleTest {

  private static long nanosOf(Runnable work) {
    long start = System.nanoTime();
    work.run();
    return System.nanoTime() - start;
  }

  /** The best of some rounds: what it costs undisturbed. */
  private static double best(int rounds, Runnable work) {
    return IntStream.range(0, rounds).mapToLong(i -> nanosOf(work)).min().orElseThrow();
  }

  private static void startAndStop(int count) {
    Pid<Supervisor> sup =
        Supervisor.start(
                Flags.of(Strategy.ONE_FOR_ONE),
                IntStream.range(0, count).mapToObj(i -> Children.of(i, Probe::new)).toList(),
                StartOptions.defaults())
            .orThrow();
    assertThat(Supervisor.countChildren(sup).active()).isEqualTo(count);
    Children.stop(sup);
  }

  @Test
  void scale_start_stop_many_children() {
    startAndStop(10_000);
    double few = best(3, () -> startAndStop(1_000));
    double many = nanosOf(() -> startAndStop(50_000));
    assertThat(many / few).isLessThan(50 * 10);
  }

  private static void temporary(int count) {
    TestProcess.run(() -> {
      Processes.trapExit(true);
      Pid<DynamicSupervisor> sup =
          DynamicSupervisor.startLink(Limits.defaults(), StartOptions.defaults()).orThrow();
      ChildSpec spec = Children.of("t", Probe::new).withRestart(Restart.TEMPORARY);
      List<Pid<?>> pids = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        pids.add(((ChildResult.Started) DynamicSupervisor.startChild(sup, spec)).pid());
      }
      for (Pid<?> pid : pids.subList(0, count / 2)) {
        DynamicSupervisor.terminateChild(sup, pid);
      }
      assertThat(Children.stop(sup)).isEqualTo(ExitReason.SHUTDOWN);
    });
  }

  @Test
  void simple_one_for_one_scale_many_temporary_children() {
    temporary(5_000);
    double few = best(3, () -> temporary(1_000));
    double many = nanosOf(() -> temporary(10_000));
    assertThat(many / few).isLessThan(50);
  }

  private static void idle(int count) {
    List<Pid<Probe>> servers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      servers.add(Probe.started());
    }
    for (Pid<Probe> server : servers) {
      assertThat(server.call(new Probe.State()) == "new").isTrue();
    }
    for (Pid<Probe> server : servers) {
      Processes.exit(server, ExitReason.SHUTDOWN);
      assertThat(server.isAlive()).isFalse();
    }
  }

  @Test
  void a_hundred_thousand_idle_servers() {
    idle(10_000);
    double few = best(3, () -> idle(10_000));
    double many = best(2, () -> idle(100_000));
    assertThat(many / few).isLessThan(10 * 7);
  }
}
