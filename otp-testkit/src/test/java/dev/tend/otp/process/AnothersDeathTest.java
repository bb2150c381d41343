package dev.tend.otp.process;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tend.otp.supervisor.ChildResult;
import dev.tend.otp.supervisor.ChildSpec;
import dev.tend.otp.supervisor.Flags;
import dev.tend.otp.supervisor.Strategy;
import dev.tend.otp.supervisor.Supervisor;
import dev.tend.otp.sys.Sys;
import dev.tend.otp.testkit.Logs;
import dev.tend.otp.testkit.OtpTest;
import dev.tend.otp.testkit.Probe;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a dead process's thread threw, thrown again in a living process, is a crash of that one. */
@OtpTest
class AnothersDeathTest {
  private DeadProcess anothers;
  private ExitReason crash;

  @BeforeEach
  void anotherDies() throws Exception {
    CompletableFuture<DeadProcess> thrown = new CompletableFuture<>();
    Processes.spawn(() -> {
      try {
        Processes.exit(Processes.self(), ExitReason.KILL);
      } catch (DeadProcess gone) {
        thrown.complete(gone);
        throw gone;
      }
    });
    anothers = thrown.get();
    crash = new ExitReason.Crash(anothers);
  }

  private ExitReason rethrown() {
    throw anothers;
  }

  private void endsWithIt(Pid<?> pid) {
    assertThat(Processes.awaitExit(pid, ofSeconds(20))).contains(crash);
  }

  @Test
  void in_a_plain_process() {
    endsWithIt(Processes.spawn(this::rethrown));
  }

  @Test
  void in_a_callback() {
    Probe probe = new Probe();
    Pid<Probe> server = probe.start();
    server.cast(new Probe.Tell(this::rethrown));
    endsWithIt(server);
    assertThat(probe.seen).containsExactly("terminate " + crash + " new");
  }

  @Test
  void in_terminate() {
    Pid<Probe> server = new Probe().terminate(reason -> rethrown()).start();
    assertThat(Processes.stop(server, ExitReason.NORMAL, ofSeconds(20))).contains(crash);
  }

  private final class Shy extends Probe {
    @Override
    protected Status<?> formatStatus(Status<Object> status) {
      throw anothers;
    }
  }

  @Test
  void in_format_status_it_hides_that_alone() {
    Pid<Probe> server = new Shy().start();
    assertThat(Sys.getStatus(server).status().state().toString())
        .contains("formatStatus of Shy threw");
    ExitReason wanted = new ExitReason.Term("why it ends");
    try (Logs logs = new Logs()) {
      server.cast(new Probe.Do(() -> Probe.end(wanted, "last")));
      assertThat(Processes.awaitExit(server, ofSeconds(20))).contains(wanted);
      assertThat(logs.with(server)).singleElement().asString().contains("why it ends");
    }
  }

  @Test
  void in_init() {
    Probe probe =
        new Probe()
            .init(() -> {
              throw anothers;
            });
    assertThat(probe.start(StartOptions.defaults())).isEqualTo(new StartResult.Failed<>(crash));
  }

  @Test
  void in_the_start_of_a_child() {
    Pid<Supervisor> supervisor =
        Supervisor.start(Flags.of(Strategy.ONE_FOR_ONE), List.of(), StartOptions.defaults())
            .orThrow();
    ChildSpec child =
        ChildSpec.worker(
            "child",
            () -> {
              throw anothers;
            });
    assertThat(Supervisor.startChild(supervisor, child))
        .isEqualTo(new ChildResult.StartFailed(crash));
    Supervisor.stop(supervisor);
  }
}
