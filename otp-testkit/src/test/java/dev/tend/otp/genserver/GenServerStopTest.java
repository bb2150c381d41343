package dev.tend.otp.genserver;

import static dev.tend.otp.genserver.Fixtures.BOOM;
import static dev.tend.otp.genserver.Fixtures.CALLING_SELF;
import static dev.tend.otp.genserver.Fixtures.NO_PROCESS;
import static dev.tend.otp.genserver.Fixtures.failure;
import static dev.tend.otp.genserver.Fixtures.kill;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tend.otp.conformance.Case;
import dev.tend.otp.process.CallFailed;
import dev.tend.otp.process.Exit;
import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.ServerName;
import dev.tend.otp.process.StartOptions;
import dev.tend.otp.testkit.OtpTest;
import dev.tend.otp.testkit.Probe;
import dev.tend.otp.testkit.TestProcess;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@OtpTest
class GenServerStopTest {
  private final Probe probe = new Probe();

  @Test
  @Case("gen_server_SUITE: stop1")
  void stop1() {
    Pid<Probe> server = probe.start();
    GenServer.stop(server);
    assertThat(server.exitReason()).contains(ExitReason.NORMAL);
    assertThat(probe.seen).containsExactly("terminate normal new");
    assertThat(failure(() -> GenServer.stop(server))).isEqualTo(NO_PROCESS);
  }

  @Test
  @Case("gen_server_SUITE: stop2")
  void stop2() {
    Pid<Probe> server = probe.start();
    GenServer.stop(server, BOOM, ofSeconds(60));
    assertThat(server.exitReason()).contains(BOOM);
    assertThat(probe.seen).containsExactly("terminate boom new");
  }

  @Test
  @Case("gen_server_SUITE: stop3")
  void stop3() {
    Pid<Probe> server = probe.start();
    assertThatThrownBy(() -> GenServer.stop(server, BOOM, ofSeconds(-1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(server.call(new Probe.State())).isEqualTo("new");
    GenServer.stop(server);
    assertThat(server.isAlive()).isFalse();
  }

  @ParameterizedTest
  @MethodSource("dev.tend.otp.genserver.Fixtures#names")
  @Case({"gen_server_SUITE: stop4", "gen_server_SUITE: stop7", "GenServer: stop/3"})
  void stop_by_name(ServerName<Probe> name) {
    Pid<Probe> server = probe.start(StartOptions.named(name)).orThrow();
    GenServer.stop(name);
    assertThat(server.isAlive()).isFalse();
    assertThat(failure(() -> GenServer.stop(name))).isEqualTo(NO_PROCESS);
  }

  @Test
  @Case("GenServer: stop/3")
  void a_stop_that_fails_names_itself() {
    Pid<Probe> server = probe.start();
    assertThat(server.call(new Probe.Run<>(() -> failure(() -> GenServer.stop(server)))))
        .isEqualTo(CALLING_SELF);
    GenServer.stop(server, ExitReason.NORMAL, ofSeconds(60));
    CallFailed failed =
        catchThrowableOfType(
            CallFailed.class, () -> GenServer.stop(server, ExitReason.SHUTDOWN, ofSeconds(7)));
    assertThat(failed.why()).isEqualTo(NO_PROCESS);
    assertThat(failed.server()).isEqualTo(server);
    assertThat(failed.timeout()).isEqualTo(ofSeconds(7));
    assertThat(failed).hasMessageContaining("shutdown");
  }

  enum Then implements UnaryOperator<Handled<Object>> {
    TIMEOUT {
      @Override
      public Handled<Object> apply(Handled<Object> stop) {
        return stop.timeout(ofSeconds(1));
      }
    },
    HIBERNATE {
      @Override
      public Handled<Object> apply(Handled<Object> stop) {
        return stop.hibernate();
      }
    },
    CONTINUE {
      @Override
      public Handled<Object> apply(Handled<Object> stop) {
        return stop.continueWith("more");
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_stop_with_something_after_it_is_a_crash_and_does_not_go_on(Then then) {
    Pid<Probe> server = probe.start();
    server.cast(new Probe.Do(() -> then.apply(Probe.end(BOOM, "last"))));
    assertThat(Processes.awaitExit(server, ofSeconds(60)))
        .get()
        .isInstanceOfSatisfying(
            ExitReason.Crash.class,
            crash -> assertThat(crash.cause()).hasMessageContaining("nothing after it"));
  }

  @Test
  void a_stop_that_is_not_over_in_time_says_so_and_goes_on() throws InterruptedException {
    Pid<Probe> server = probe.start();
    CountDownLatch busy = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    server.cast(
        new Probe.Tell(() -> {
          busy.countDown();
          go.await();
        }));
    busy.await();
    assertThat(failure(() -> GenServer.stop(server, BOOM, ZERO)))
        .isEqualTo(new CallFailed.Timeout(true));
    assertThat(server.isAlive()).isTrue();
    go.countDown();
    assertThat(Processes.awaitExit(server, ofSeconds(60))).contains(BOOM);
  }

  @Test
  void stop_with_reply() {
    Pid<Probe> server = probe.start();
    assertThat(
            server.call(
                new Probe.Handle<String>(
                    (from, state) -> Probe.end(BOOM, "last").andReply(from, "bye"))))
        .isEqualTo("bye");
    assertThat(Processes.awaitExit(server, ofSeconds(60))).contains(BOOM);
    assertThat(probe.seen).containsExactly("terminate boom last");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @Case("gen_server_SUITE: spec_init_local_registered_parent")
  void the_parents_exit_runs_terminate_where_it_is_trapped(boolean traps) {
    probe.init(() -> {
      Processes.trapExit(traps);
      return Probe.ready();
    });
    AtomicReference<Pid<Probe>> pid = new AtomicReference<>();
    Pid<?> parent =
        Processes.spawn(() -> {
          Processes.register(ServerName.local("foobar"), Processes.self());
          pid.set(probe.startLink());
          throw Processes.exit(ExitReason.SHUTDOWN);
        });
    Processes.awaitExit(parent, ofSeconds(60));
    assertThat(Processes.awaitExit(pid.get(), ofSeconds(60))).contains(ExitReason.SHUTDOWN);
    assertThat(probe.seen).isEqualTo(traps ? List.of("terminate shutdown new") : List.of());
  }

  @Test
  @Case("gen_server_SUITE: spec_init_local_registered_parent")
  void terminate_runs_where_the_parent_has_a_name() {
    TestProcess.run(() -> {
      Processes.register(ServerName.local("foobar"), Processes.self());
      Processes.trapExit(true);
      Pid<Probe> server = probe.startLink();
      server.cast(new Probe.Do(() -> Probe.end(BOOM, "last")));
      assertThat(Processes.receive()).isEqualTo(new Exit(server, BOOM));
    });
    assertThat(probe.seen).containsExactly("terminate boom last");
  }

  @Test
  void an_exit_that_is_not_the_parents_is_info_and_kill_runs_no_terminate() {
    Pid<Probe> server =
        probe
            .init(() -> {
              Processes.trapExit(true);
              return Probe.ready();
            })
            .start();
    Processes.exit(server, BOOM);
    server.call(new Probe.State());
    assertThat(probe.seen).hasOnlyElementsOfType(Exit.class);
    kill(server);
    assertThat(probe.seen).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"normal", "error"})
  @Case({"gen_server_SUITE: undef_terminate1", "gen_server_SUITE: undef_terminate2"})
  void a_server_without_terminate_ends_as_asked_for(String what) {
    Pid<Bare> server = Bare.started();
    ExitReason reason = what.equals("normal") ? ExitReason.NORMAL : new ExitReason.Term(what);
    GenServer.stop(server, reason, ofSeconds(60));
    assertThat(server.exitReason()).contains(reason);
  }

  @Test
  @Case("gen_server_SUITE: undef_in_terminate")
  void undef_in_terminate() {
    RuntimeException thrown = new UnsupportedOperationException("in terminate");
    Pid<Probe> server =
        probe
            .terminate(reason -> {
              throw thrown;
            })
            .start();
    assertThat(failure(() -> GenServer.stop(server)))
        .isEqualTo(new CallFailed.Exit(new ExitReason.Crash(thrown), true));
  }
}
