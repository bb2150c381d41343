package dev.tend.otp.process;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tend.otp.genserver.GenServer;
import dev.tend.otp.supervisor.ChildInfo;
import dev.tend.otp.supervisor.ChildSpec;
import dev.tend.otp.supervisor.Flags;
import dev.tend.otp.supervisor.Strategy;
import dev.tend.otp.supervisor.Supervisor;
import dev.tend.otp.testkit.Logs;
import dev.tend.otp.testkit.OtpTest;
import dev.tend.otp.testkit.Probe;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A log that throws is nobody's crash: what was to be reported goes on as it would have. */
@OtpTest
class ThrowingLogTest {
  private static final ExitReason BOOM = new ExitReason.Term("boom");

  private final Handler throwing =
      new Handler() {
        @Override
        public void publish(LogRecord log) {
          throw new IllegalStateException("the disk is full");
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  private Logs logs;

  @BeforeEach
  void listen() {
    logs = new Logs();
    OtpTest.Quiet.LOG.addHandler(throwing);
  }

  @AfterEach
  void listenNoMore() {
    OtpTest.Quiet.LOG.removeHandler(throwing);
    logs.close();
  }

  private static ExitReason ended(Pid<?> pid) {
    return Processes.awaitExit(pid, ofSeconds(20)).orElseThrow();
  }

  @Test
  void a_process_that_crashes_ends_with_its_own_reason() {
    Pid<Probe> server = Probe.started();
    server.cast(new Probe.Do(() -> Probe.end(BOOM, "ended")));
    assertThat(ended(server)).isEqualTo(BOOM);
    assertThat(
            ended(
                Processes.spawn(() -> {
                  throw Processes.exit(BOOM);
                })))
        .isEqualTo(BOOM);
  }

  @Test
  void a_server_goes_on_after_a_message_that_it_does_not_know() {
    Pid<?> unknowing =
        Supervisor.start(Flags.of(Strategy.ONE_FOR_ONE), List.of(), StartOptions.defaults())
            .orThrow();
    Processes.send(unknowing, "what?");
    assertThat(Processes.stop(unknowing, BOOM, ofSeconds(20))).contains(BOOM);
  }

  @Test
  void a_supervisor_restarts_its_child() {
    ChildSpec child =
        ChildSpec.worker("child", () -> GenServer.startLink(new Probe(), StartOptions.defaults()));
    Pid<Supervisor> supervisor =
        Supervisor.start(Flags.of(Strategy.ONE_FOR_ONE), List.of(child), StartOptions.defaults())
            .orThrow();
    ChildInfo first = Supervisor.whichChild(supervisor, "child").orElseThrow();
    Processes.exit(((ChildInfo.Running) first.state()).pid(), ExitReason.KILL);
    assertThat(Supervisor.whichChild(supervisor, "child").orElseThrow().state())
        .isInstanceOf(ChildInfo.Running.class)
        .isNotEqualTo(first.state());
    Supervisor.stop(supervisor);
  }

  @Test
  void a_death_is_announced_whose_resource_does_not_close() {
    Pid<?> owner =
        Processes.spawn(() -> {
          Processes.own(() -> {
            throw new IllegalStateException("does not close");
          });
        });
    assertThat(ended(owner)).isEqualTo(ExitReason.NORMAL);
  }

  @Test
  void one_that_throws_when_asked_what_it_wants_ends_neither_who_asks_nor_the_watch_dog()
      throws Exception {
    Process program =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                RudeLogProgram.class.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    CompletableFuture.delayedExecutor(40, TimeUnit.SECONDS).execute(program::destroyForcibly);
    try (BufferedReader lines = program.inputReader(StandardCharsets.UTF_8)) {
      assertThat(lines.lines())
          .containsExactly(BOOM.toString(), "found to run for long: 1", "found to run for long: 2");
    } finally {
      program.destroyForcibly();
    }
  }

  @Test
  void names_are_free_behind_one_that_is_not_released() {
    Pid<?> holder = Processes.spawn(Processes::receive);
    Holding rude =
        () -> {
          throw new IllegalStateException("not released");
        };
    Processes.hold(holder, rude, () -> true);
    ServerName<Object> name = ServerName.local("behind");
    Processes.register(name, holder);
    Processes.exit(holder, ExitReason.KILL);
    assertThat(Processes.registered()).doesNotContain("behind");
    assertThat(LocalNames.TABLE.holders).doesNotContainKey("behind");
    assertThat(ended(holder)).isEqualTo(ExitReason.KILLED);
  }
}
