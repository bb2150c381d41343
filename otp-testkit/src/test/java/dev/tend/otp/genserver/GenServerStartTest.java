package dev.tend.otp.genserver;

import static dev.tend.otp.genserver.Fixtures.BOOM;
import static dev.tend.otp.genserver.Fixtures.NO_PROCESS;
import static dev.tend.otp.genserver.Fixtures.failure;
import static dev.tend.otp.genserver.Fixtures.kill;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tend.otp.conformance.Case;
import dev.tend.otp.ets.Access;
import dev.tend.otp.ets.SetName;
import dev.tend.otp.ets.Table;
import dev.tend.otp.process.Down;
import dev.tend.otp.process.Exit;
import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.MonitorRef;
import dev.tend.otp.process.MonitoredStart;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.ServerName;
import dev.tend.otp.process.StartOptions;
import dev.tend.otp.process.StartResult;
import dev.tend.otp.testkit.ExitRecorder;
import dev.tend.otp.testkit.OtpTest;
import dev.tend.otp.testkit.Probe;
import dev.tend.otp.testkit.TestProcess;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@OtpTest
class GenServerStartTest {
  private static final ExitReason STOPPED = new ExitReason.Term("stopped");

  enum Way {
    ALONE,
    LINKED,
    MONITORED;

    /** In the calling process; with the monitor, if there is one. */
    MonitoredStart<Probe> start(Probe probe, StartOptions options) {
      return switch (this) {
        case ALONE -> new MonitoredStart<>(GenServer.start(probe, options), Optional.empty());
        case LINKED -> new MonitoredStart<>(GenServer.startLink(probe, options), Optional.empty());
        case MONITORED -> GenServer.startMonitor(probe, options);
      };
    }
  }

  static Stream<Arguments> ways() {
    return Stream.of(Way.values())
        .flatMap(way ->
            Stream.concat(
                    Stream.of(StartOptions.defaults()),
                    Fixtures.names().stream().map(StartOptions::named))
                .map(options -> Arguments.of(way, options)));
  }

  @ParameterizedTest
  @MethodSource("ways")
  @Case({
    "gen_server_SUITE: start",
    "GenServer: start_link/3 with via",
    "GenServer: start_link/3 with local"
  })
  void start(Way way, StartOptions options) {
    TestProcess.run(() -> {
      Processes.trapExit(true);
      MonitoredStart<Probe> started = way.start(new Probe(), options);
      Pid<Probe> server = started.result().orThrow();
      assertThat(server.call(new Probe.State())).isEqualTo("new");
      if (options.name() != null) {
        assertThat(options.name().whereis().map(pid -> pid == server)).contains(true);
        assertThat(way.start(new Probe(), options).result())
            .isEqualTo(new StartResult.AlreadyStarted<>(server));
      }
      assertThat(server.call(stop())).isEqualTo("ok");
      MonitorRef monitor = started.monitor().orElse(null);
      switch (way) {
        case ALONE -> Processes.awaitExit(server, ofSeconds(10));
        case LINKED -> assertThat(Processes.receive()).isEqualTo(new Exit(server, STOPPED));
        case MONITORED ->
            assertThat(Processes.receive()).isEqualTo(new Down(monitor, server, STOPPED));
      }
      assertThat(failure(() -> server.call(new Probe.State()))).isEqualTo(NO_PROCESS);
      assertThat(Processes.receive(ZERO, message -> message)).isEmpty();
    });
  }

  private static Probe.Handle<String> stop() {
    return new Probe.Handle<>((from, state) -> Probe.end(STOPPED, state).andReply(from, "ok"));
  }

  @Test
  @Case({"GenServer: start/2", "GenServer: start_link/2, call/2 and cast/2"})
  void a_start_links_only_if_asked_to() {
    try (ExitRecorder starter = new ExitRecorder()) {
      Pid<?>[] servers = new Pid<?>[2];
      starter.within(() -> servers[0] = new Probe().start());
      starter.within(() -> servers[1] = new Probe().startLink());
      kill(servers);
      starter.await(1);
      Processes.awaitExit(servers[0], ofSeconds(10));
      starter.within(() -> {});
      assertThat(starter.seen()).containsExactly(new Exit(servers[1], ExitReason.KILLED));
    }
  }

  @Test
  @Case("GenServer: nil name")
  void a_server_without_a_name_has_none_and_null_is_refused_as_one() {
    Set<Object> names = Processes.registered();
    Pid<Probe> server = Probe.started();
    assertThat(Processes.registered()).isEqualTo(names);
    assertThatThrownBy(() -> StartOptions.named(null)).isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> ServerName.local(null)).isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> server.call(null)).isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> server.cast(null)).isInstanceOf(NullPointerException.class);
    kill(server);
  }

  @Test
  @Case("GenServer: whereis/1")
  void whereis() {
    for (ServerName<Probe> name : Fixtures.names()) {
      assertThat(name.whereis()).isEmpty();
      Pid<Probe> server = new Probe().start(StartOptions.named(name)).orThrow();
      assertThat(name.whereis()).contains(server);
      assertThat(server.whereis()).contains(server);
      kill(server);
      assertThat(name.whereis()).isEmpty();
    }
  }

  private static Init<Object> never() throws InterruptedException {
    new CountDownLatch(1).await();
    return Init.ok("never");
  }

  static Stream<Arguments> failures() {
    return Stream.of(
        failing("ignore", Init::ignore, new StartResult.Ignored<>()),
        failing("stop", () -> Init.stop(BOOM), new StartResult.Failed<>(BOOM)),
        failing("error", () -> Init.error(BOOM), new StartResult.Failed<>(BOOM)),
        failing(
            "exit",
            () -> {
              throw Processes.exit(BOOM);
            },
            new StartResult.Failed<>(BOOM)),
        failing(
            "throw",
            () -> {
              throw new IllegalStateException("bailout");
            },
            "bailout"),
        failing("bad return", () -> null, "returned null from init"),
        Arguments.argumentSet(
            "timeout",
            ofMillis(5),
            (Callable<Init<Object>>) GenServerStartTest::never,
            new StartResult.Failed<>(new ExitReason.Term("timeout"))),
        failing(
            "kill",
            () -> {
              kill(Processes.self());
              return Probe.ready();
            },
            new StartResult.Failed<>(ExitReason.KILLED)));
  }

  private static Arguments failing(String what, Callable<Init<Object>> init, Object result) {
    return Arguments.argumentSet(what, ofSeconds(60), init, result);
  }

  /** By each way, many times over: nothing is left when the start returns. */
  @ParameterizedTest
  @MethodSource("failures")
  @Case({"gen_server_SUITE: loop_start_fail", "gen_server_SUITE: start"})
  void loop_start_fail(Duration limit, Callable<Init<Object>> init, Object expected) {
    SetName<String, String> table = new SetName<>("in init");
    ServerName<Probe> name = ServerName.local("failing");
    StartOptions options = StartOptions.named(name).withTimeout(limit);
    try (ExitRecorder starter = new ExitRecorder()) {
      for (int round = 0; round < 10; round++) {
        for (Way way : Way.values()) {
          Probe child =
              new Probe()
                  .init(() -> {
                    Table.newSet(table, Access.PUBLIC, row -> row);
                    return init.call();
                  });
          starter.within(() -> {
            StartResult<Probe> result = way.start(child, options).result();
            if (expected instanceof String message) {
              assertThat(result).isInstanceOf(StartResult.Failed.class);
              assertThat(result.toString()).contains(message);
            } else {
              assertThat(result).isEqualTo(expected);
            }
            assertThat(table.whereis()).isEmpty();
            assertThat(Processes.registered()).doesNotContain("failing");
          });
          assertThat(child.seen).as("no callback after init").isEmpty();
        }
      }
      assertThat(starter.seen()).isEmpty();
    }
  }

  @Test
  void an_error_from_init_is_the_result_and_a_normal_end() {
    try (ExitRecorder other = new ExitRecorder()) {
      for (Callable<Init<Object>> init :
          List.<Callable<Init<Object>>>of(() -> Init.error(BOOM), () -> Init.stop(BOOM))) {
        Probe child =
            new Probe()
                .init(() -> {
                  Processes.link(other.pid());
                  return init.call();
                });
        assertThat(child.start(StartOptions.defaults())).isEqualTo(new StartResult.Failed<>(BOOM));
      }
      other.await(2);
      assertThat(other.reasons()).containsExactly(ExitReason.NORMAL, BOOM);
    }
  }

  @Test
  void what_a_failed_start_throws_says_why_on_one_line_that_a_person_reads() {
    ExitReason reason = new ExitReason.Term("no such file\n".repeat(10_000));
    StartResult<Probe> failed =
        new Probe().init(() -> Init.stop(reason)).start(StartOptions.defaults());
    assertThat(failed).isEqualTo(new StartResult.Failed<>(reason));
    assertThatThrownBy(failed::orThrow)
        .message()
        .contains("no such file")
        .doesNotContain("\n")
        .hasSizeLessThan(1_000);
  }

  @Test
  @Case("gen_server_SUITE: otp_7669")
  void otp_7669() {
    ServerName<Probe> name = ServerName.local("otp_7669");
    for (int i = 0; i < 500; i++) {
      assertThat(new Probe().init(Init::ignore).start(StartOptions.named(name)))
          .isEqualTo(new StartResult.Ignored<>());
      assertThat(Processes.registered()).doesNotContain("otp_7669");
      assertThat(new Probe().init(() -> Init.stop(BOOM)).start(StartOptions.named(name)))
          .isEqualTo(new StartResult.Failed<>(BOOM));
      assertThat(Processes.registered()).doesNotContain("otp_7669");
    }
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void a_process_on_a_platform_thread_keeps_it_for_life(Way way) {
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    TestProcess.run(() -> {
      Pid<Probe> server =
          way.start(
                  new Probe()
                      .init(() -> {
                        threads.add(Thread.currentThread());
                        return Probe.ready();
                      }),
                  StartOptions.defaults().onPlatformThread())
              .result()
              .orThrow();
      for (int i = 0; i < 1_000; i++) {
        server.call(new Probe.Run<>(() -> threads.add(Thread.currentThread())));
      }
    });
    assertThat(threads).hasSize(1);
    assertThat(threads.iterator().next().isVirtual()).isFalse();
  }
}
