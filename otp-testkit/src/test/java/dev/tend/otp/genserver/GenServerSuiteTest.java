package dev.tend.otp.genserver;

import static dev.tend.otp.testkit.Eventually.eventually;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tend.otp.ets.Access;
import dev.tend.otp.ets.Table;
import dev.tend.otp.ets.TableName;
import dev.tend.otp.process.Answer;
import dev.tend.otp.process.Answered;
import dev.tend.otp.process.Call;
import dev.tend.otp.process.CallFailed;
import dev.tend.otp.process.Cast;
import dev.tend.otp.process.Exit;
import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.ReplyTo;
import dev.tend.otp.process.RequestId;
import dev.tend.otp.process.ServerName;
import dev.tend.otp.process.ServerRef;
import dev.tend.otp.process.StartOptions;
import dev.tend.otp.process.StartResult;
import dev.tend.otp.testkit.ExitRecorder;
import dev.tend.otp.testkit.ManualTime;
import dev.tend.otp.testkit.OtpTest;
import dev.tend.otp.testkit.Probe;
import dev.tend.otp.testkit.TestProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** OTP's {@code gen_server_SUITE}. */
@OtpTest
class GenServerSuiteTest {
  private static final ExitReason BOOM = new ExitReason.Term("boom");

  private final Probe probe = new Probe();

  private static CallFailed.Why failure(Runnable call) {
    return catchThrowableOfType(CallFailed.class, call::run).why();
  }

  private static void kill(Pid<?>... pids) {
    for (Pid<?> pid : pids) {
      Processes.exit(pid, ExitReason.KILL);
    }
  }

  @Test
  void start() {
    ServerName<Probe> name = ServerName.local("server");
    Pid<Probe> server = probe.start(StartOptions.named(name)).orThrow();
    assertThat(name.call(new Probe.State())).isEqualTo("new");
    assertThat(new Probe().start(StartOptions.named(name)))
        .isEqualTo(new StartResult.AlreadyStarted<>(server));
    assertThat(Processes.stop(server, ExitReason.NORMAL, ofSeconds(10)))
        .contains(ExitReason.NORMAL);
    assertThat(failure(() -> name.call(new Probe.State())))
        .isEqualTo(new CallFailed.Refused(CallFailed.Refusal.NO_PROCESS));
    assertThat(failure(() -> server.call(new Probe.State())))
        .isEqualTo(new CallFailed.Refused(CallFailed.Refusal.NO_PROCESS));
    assertThat(new Probe().init(Init::ignore).start(StartOptions.defaults()))
        .isEqualTo(new StartResult.Ignored<>());
    assertThat(new Probe().init(() -> Init.stop(BOOM)).start(StartOptions.defaults()))
        .isEqualTo(new StartResult.Failed<>(BOOM));
    assertThat(new Probe().init(GenServerSuiteTest::never).start(shortly()))
        .isEqualTo(new StartResult.Failed<>(new ExitReason.Term("timeout")));
  }

  private static Init<Object> never() throws InterruptedException {
    new CountDownLatch(1).await();
    return Init.ok("never");
  }

  private static StartOptions shortly() {
    return StartOptions.defaults().withTimeout(ofMillis(5));
  }

  @Test
  void stop() {
    Pid<Probe> server = probe.start();
    assertThat(Processes.stop(server, BOOM, ofSeconds(10))).contains(BOOM);
    assertThat(probe.seen).containsExactly("terminate " + BOOM + " new");
  }

  @Test
  void crash() {
    List<String> reports = new ArrayList<>();
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord log) {
            reports.add(log.getMessage());
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    OtpTest.Quiet.LOG.addHandler(handler);
    OtpTest.Quiet.LOG.setLevel(Level.ALL);
    OtpTest.Quiet.LOG.setUseParentHandlers(false);
    try {
      for (ExitReason clean :
          List.of(ExitReason.NORMAL, ExitReason.SHUTDOWN, new ExitReason.Shutdown("x"))) {
        Processes.stop(Probe.started(), clean, ofSeconds(10));
      }
      assertThat(reports).isEmpty();
      Pid<Probe> server = Probe.started();
      Processes.send(
          server,
          (Callable<Object>)
              () -> {
                throw new IllegalStateException("my fault");
              });
      Processes.awaitExit(server, ofSeconds(10));
      assertThat(reports).hasSize(1);
      assertThat(reports.getFirst()).contains("Probe " + server, "my fault", "last message");
    } finally {
      OtpTest.Quiet.LOG.removeHandler(handler);
      OtpTest.Quiet.LOG.setLevel(Level.OFF);
      OtpTest.Quiet.LOG.setUseParentHandlers(true);
    }
  }

  @Test
  void call() {
    Pid<Probe> server = probe.start();
    assertThat(server.call(new Probe.Run<>(() -> 42))).isEqualTo(42);
    Object nothing = server.call(new Probe.Run<>(() -> null));
    assertThat(nothing).isNull();
    server.call(
        new Probe.Handle<String>(
            (from, state) -> Probe.on("next").andReply(from, "ok").timeout(ZERO)));
    eventually(() -> assertThat(probe.seen).containsExactly("timeout"));
    assertThat(server.call(new Probe.State())).isEqualTo("next");
    kill(server);
  }

  @Test
  void a_throw_keeps_the_state_for_terminate_and_replies_nothing() {
    Pid<Probe> server = probe.start();
    assertThat(
            failure(() ->
                server.call(
                    new Probe.Run<>(() -> {
                      throw new IllegalStateException("x");
                    }))))
        .isInstanceOfSatisfying(
            CallFailed.Exit.class,
            exit -> {
              assertThat(exit.begun()).isTrue();
              assertThat(exit.reason()).isInstanceOf(ExitReason.Crash.class);
            });
    eventually(() -> assertThat(probe.seen).hasSize(1));
    assertThat(probe.seen.getFirst().toString()).startsWith("terminate").endsWith(" new");
  }

  @Test
  void a_late_reply_is_never_another_calls_answer() {
    Pid<Probe> server = probe.start();
    for (int i = 0; i < 300; i++) {
      int number = i;
      CountDownLatch given = new CountDownLatch(1);
      assertThat(
              failure(() ->
                  server.call(
                      new Probe.Run<>(() -> {
                        given.await();
                        return "late " + number;
                      }),
                      ZERO)))
          .isInstanceOf(CallFailed.Timeout.class);
      given.countDown();
      assertThat(server.call(new Probe.Run<>(() -> number))).isEqualTo(number);
    }
    TestProcess.run(() -> {
      for (int i = 0; i < 300; i++) {
        answeredOrNot(server);
      }
      server.call(new Probe.State());
      assertThat(Processes.receive(ZERO, m -> m)).isEmpty();
    });
    kill(server);
  }

  @Test
  void a_call_that_timed_out_tells_truly_whether_it_was_begun() throws Exception {
    Pid<Probe> server = probe.start();
    CountDownLatch busy = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    AtomicReference<CallFailed.Why> first = new AtomicReference<>();
    Thread caller =
        Thread.startVirtualThread(() ->
            first.set(
                failure(() ->
                    server.call(
                        new Probe.Run<>(() -> {
                          busy.countDown();
                          go.await();
                          return "late";
                        }),
                        ofMillis(50)))));
    busy.await();
    assertThat(
            failure(
                () -> server.call(new Probe.Run<>(() -> probe.seen.add("handled")), ofMillis(5))))
        .isEqualTo(new CallFailed.Timeout(false));
    caller.join();
    assertThat(first.get()).isEqualTo(new CallFailed.Timeout(true));
    go.countDown();
    assertThat(server.call(new Probe.State())).isEqualTo("new");
    assertThat(probe.seen).as("a call not begun in time is never handled").isEmpty();
    kill(server);
  }

  private static void answeredOrNot(Pid<Probe> server) {
    try {
      assertThat(server.call(new Probe.State(), ZERO)).isEqualTo("new");
    } catch (CallFailed e) {
      assertThat(e.why()).isInstanceOf(CallFailed.Timeout.class);
    }
  }

  @Test
  void call_with_huge_message_queue() {
    Pid<Probe> server = Probe.started();
    TestProcess.run(() -> {
      double empty = costOfCalls(server);
      for (int i = 0; i < 500_000; i++) {
        Processes.send(Processes.self(), i);
      }
      assertThat(costOfCalls(server)).isLessThan(10 * empty);
    });
    kill(server);
  }

  /** The best of some rounds: what it costs undisturbed. */
  private static double costOfCalls(Pid<Probe> server) {
    long best = Long.MAX_VALUE;
    for (int round = 0; round < 10; round++) {
      long start = System.nanoTime();
      for (int i = 0; i < 1_000; i++) {
        server.call(new Probe.State());
      }
      best = Math.min(best, System.nanoTime() - start);
    }
    return best;
  }

  @Test
  void calling_self() {
    Pid<Probe> server = probe.start();
    ServerRef<Probe> itself = server;
    assertThat(
            server.call(
                new Probe.Run<>(() -> failure(() -> itself.call(new Probe.State(), ofSeconds(9))))))
        .isEqualTo(new CallFailed.Refused(CallFailed.Refusal.CALLING_SELF));
    kill(server);
  }

  @Test
  void continue_() {
    Probe starting =
        new Probe()
            .init(() -> {
              Processes.send(Processes.self(), "queued");
              return Probe.ready().continueWith("from init");
            });
    Pid<Probe> server = starting.start();
    eventually(() -> assertThat(starting.seen).containsExactly("continue from init", "queued"));
    starting.seen.clear();
    server.call(
        new Probe.Handle<String>((from, state) -> {
          Processes.send(Processes.self(), "queued");
          return Probe.on(state)
              .andReply(from, "ok")
              .continueWith((Callable<Object>) () -> Probe.on("continued").continueWith("again"));
        }));
    eventually(() ->
        assertThat(starting.seen).containsExactly("continue callback", "continue again", "queued"));
    server.cast(
        new Probe.Do(() ->
            Probe.on("last").continueWith((Callable<Object>) () -> Probe.end(BOOM, "stopped"))));
    assertThat(Processes.awaitExit(server, ofSeconds(10))).contains(BOOM);
    assertThat(starting.seen).endsWith("terminate " + BOOM + " stopped");
  }

  @Test
  void cast() {
    Pid<Probe> server = probe.start();
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      int number = i;
      server.cast(new Probe.Tell(() -> order.add(number)));
    }
    server.call(new Probe.State());
    assertThat(order).hasSize(1_000).isSorted();
    server.cast(new Probe.Do(() -> Probe.end(ExitReason.NORMAL, "done")));
    assertThat(Processes.awaitExit(server, ofSeconds(10))).contains(ExitReason.NORMAL);
    server.cast(new Probe.Tell(() -> order.clear()));
    ServerName.<Probe>local("nobody").cast(new Probe.Tell(() -> {}));
  }

  @Test
  void info() {
    Pid<Probe> server = probe.start();
    Processes.send(server, "hello");
    server.call(new Probe.State());
    assertThat(probe.seen).containsExactly("hello");
    kill(server);
  }

  @Test
  void send_request() {
    Pid<Probe> server = Probe.started();
    TestProcess.run(() -> {
      RequestId<Integer> first = Processes.sendRequest(server, new Probe.Run<>(() -> 1));
      RequestId<Integer> second = Processes.sendRequest(server, new Probe.Run<>(() -> 2));
      assertThat(Processes.<Answer<Integer>>receive(m -> second.check(m).orElse(null)))
          .isEqualTo(new Answer.Replied<>(2));
      assertThat(Processes.<Answer<Integer>>receive(m -> first.check(m).orElse(null)))
          .isEqualTo(new Answer.Replied<>(1));
      RequestId<Object> lost =
          Processes.sendRequest(
              server, new Probe.Handle<Object>((from, state) -> Probe.end(BOOM, state)));
      assertThat(Processes.<Answer<Object>>receive(m -> lost.check(m).orElse(null)))
          .isEqualTo(new Answer.Failed<>(new CallFailed.Exit(BOOM, true)));
      Processes.awaitExit(server, ofSeconds(10));
      for (ServerRef<Probe> gone : List.of(server, ServerName.<Probe>local("nobody"))) {
        RequestId<Object> refused = Processes.sendRequest(gone, new Probe.State());
        assertThat(Processes.<Answer<Object>>receive(m -> refused.check(m).orElse(null)))
            .isEqualTo(new Answer.Failed<>(new CallFailed.Refused(CallFailed.Refusal.NO_PROCESS)));
      }
      assertThat(Processes.receive(ZERO, m -> m)).isEmpty();
    });
  }

  @Test
  void answers_to_requests_come_as_info() {
    Pid<Probe> server = probe.start();
    Pid<Probe> other = Probe.started();
    RequestId<Integer> id =
        server.call(new Probe.Run<>(() -> probe.ask(other, new Probe.Run<>(() -> 7))));
    eventually(() -> assertThat(probe.seen).hasSize(1));
    assertThat(probe.seen.getFirst()).isInstanceOf(Answered.class);
    assertThat(id.check(probe.seen.getFirst())).contains(new Answer.Replied<>(7));
    kill(server, other);
  }

  @Test
  void a_reply_comes_from_any_thread_and_the_first_wins() throws InterruptedException {
    Pid<Probe> server = probe.start();
    AtomicReference<ReplyTo<String>> asked = new AtomicReference<>();
    for (boolean process : List.of(true, false)) {
      asked.set(null);
      AtomicReference<String> answer = new AtomicReference<>();
      Thread caller =
          Thread.startVirtualThread(() ->
              answer.set(
                  server.call(
                      new Probe.Handle<String>((from, state) -> {
                        asked.set(from);
                        return Probe.on(state);
                      }))));
      eventually(() -> assertThat(asked.get()).isNotNull());
      if (process) {
        TestProcess.run(() -> asked.get().reply("first"));
      } else {
        asked.get().reply("first");
      }
      asked.get().reply("second");
      caller.join();
      assertThat(answer.get()).isEqualTo("first");
    }
    kill(server);
  }

  @Test
  void stop_with_reply() {
    Pid<Probe> server = probe.start();
    assertThat(
            server.call(
                new Probe.Handle<String>(
                    (from, state) -> Probe.end(BOOM, "last").andReply(from, "bye"))))
        .isEqualTo("bye");
    assertThat(Processes.awaitExit(server, ofSeconds(10))).contains(BOOM);
    assertThat(probe.seen).containsExactly("terminate " + BOOM + " last");
  }

  /** On a stop, a throw, and the parent's exit if trapping; not on kill nor an untrapped signal. */
  @Test
  void terminate_rules() {
    for (boolean traps : List.of(true, false)) {
      Probe child =
          new Probe()
              .init(() -> {
                Processes.trapExit(traps);
                return Probe.ready();
              });
      AtomicReference<Pid<Probe>> pid = new AtomicReference<>();
      Pid<?> parent =
          Processes.spawn(() -> {
            pid.set(child.startLink());
            throw Processes.exit(ExitReason.SHUTDOWN);
          });
      Processes.awaitExit(parent, ofSeconds(10));
      assertThat(Processes.awaitExit(pid.get(), ofSeconds(10))).contains(ExitReason.SHUTDOWN);
      assertThat(child.seen)
          .isEqualTo(traps ? List.of("terminate " + ExitReason.SHUTDOWN + " new") : List.of());
    }
    Probe unlinked =
        new Probe()
            .init(() -> {
              Processes.trapExit(true);
              return Probe.ready();
            });
    Pid<Probe> server = unlinked.start();
    Processes.exit(server, BOOM);
    server.call(new Probe.State());
    assertThat(unlinked.seen).hasOnlyElementsOfType(Exit.class);
    kill(server);
    assertThat(unlinked.seen).hasSize(1);
  }

  @Test
  void a_throw_in_terminate_is_the_reason() {
    Pid<Probe> server =
        probe
            .terminate(reason -> {
              throw new IllegalStateException("in terminate");
            })
            .start();
    assertThat(Processes.stop(server, ExitReason.NORMAL, ofSeconds(10)).orElseThrow())
        .isInstanceOf(ExitReason.Crash.class);
  }

  record Foreign() implements Call<Probe, String> {}

  record ForeignCast() implements Cast<Probe> {}

  @Test
  void a_request_from_outside_the_family_is_refused_in_the_caller() {
    Pid<Probe> server = probe.start();
    assertThatThrownBy(() -> server.call(new Foreign()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> server.cast(new ForeignCast()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(server.call(new Probe.State())).isEqualTo("new");
    kill(server);
  }

  @Test
  void a_failure_says_whether_the_handler_had_begun() throws InterruptedException {
    Pid<Probe> server = probe.start();
    CountDownLatch inHandler = new CountDownLatch(1);
    List<CallFailed.Why> whys = new ArrayList<>();
    Thread first =
        Thread.startVirtualThread(() ->
            whys.add(
                failure(() ->
                    server.call(
                        new Probe.Run<>(() -> {
                          inHandler.countDown();
                          new CountDownLatch(1).await();
                          return 1;
                        })))));
    inHandler.await();
    assertThat(failure(() -> server.call(new Probe.State(), ZERO)))
        .isEqualTo(new CallFailed.Timeout(false));
    TestProcess.run(() -> {
      RequestId<Object> waiting = Processes.sendRequest(server, new Probe.State());
      kill(server);
      CallFailed.Why why =
          Processes.receive(m ->
              waiting.check(m).orElse(null) instanceof Answer.Failed<?>(CallFailed.Why w)
                  ? w
                  : null);
      assertThat(why.begun()).isFalse();
    });
    first.join();
    assertThat(whys).containsExactly(new CallFailed.Exit(ExitReason.KILLED, true));
  }

  @Test
  void a_timeout_in_the_handler_is_begun() throws InterruptedException {
    Pid<Probe> server = probe.start();
    CountDownLatch inHandler = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    Thread caller =
        Thread.startVirtualThread(() -> {
          CallFailed.Why why =
              failure(() ->
                  server.call(
                      new Probe.Run<>(() -> {
                        inHandler.countDown();
                        goOn.await();
                        return 1;
                      }),
                      ofMillis(300)));
          probe.seen.add(why);
        });
    inHandler.await();
    caller.join();
    assertThat(probe.seen).containsExactly(new CallFailed.Timeout(true));
    goOn.countDown();
    kill(server);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void idle_timeout(boolean platform) {
    ManualTime time = new ManualTime();
    StartOptions options = StartOptions.defaults().withTime(time);
    Pid<Probe> server =
        started(
            () -> Probe.ready().timeout(ofSeconds(10)),
            platform ? options.onPlatformThread() : options);
    eventually(() -> assertThat(time.pending()).isEqualTo(1));
    time.advance(ofSeconds(9));
    assertThat(probe.seen).isEmpty();
    Processes.send(server, (Callable<Object>) () -> Probe.on("x").timeout(ofSeconds(10)));
    eventually(() -> assertThat(probe.seen).hasSize(1));
    server.call(
        new Probe.Handle<String>(
            (from, state) -> Probe.on(state).andReply(from, "").timeout(ofSeconds(10))));
    eventually(() -> assertThat(time.pending()).isEqualTo(1));
    time.advance(ofSeconds(9));
    assertThat(probe.seen).hasSize(1);
    time.advance(ofSeconds(1));
    eventually(() -> assertThat(probe.seen).hasSize(2).endsWith("timeout"));
    time.advance(ofSeconds(100));
    server.call(new Probe.State());
    assertThat(probe.seen).hasSize(2);
    kill(server);
    assertThat(time.pending()).isZero();
  }

  private Pid<Probe> started(Callable<Init<Object>> init, StartOptions options) {
    return probe.init(init).start(options).orThrow();
  }

  /** Zero: what has gathered in the mailbox comes first, then at once the timeout. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void idle_zero_is_when_the_mailbox_is_empty(boolean platform) {
    StartOptions options = StartOptions.defaults();
    Pid<Probe> server = started(Probe::ready, platform ? options.onPlatformThread() : options);
    for (int round = 0; round < 500; round++) {
      probe.seen.clear();
      server.cast(
          new Probe.Do(() -> {
            for (int i = 0; i < 5; i++) {
              int number = i;
              Processes.send(
                  Processes.self(), (Callable<Object>) () -> Probe.on(number).timeout(ZERO));
            }
            return Probe.on("gathering").timeout(ZERO);
          }));
      eventually(() -> assertThat(probe.seen).hasSize(6).endsWith("timeout"));
    }
    kill(server);
  }

  /** No idle time that was asked for before the last message ever passes. */
  @Test
  void an_idle_timeout_is_that_of_the_last_callback() {
    Pid<Probe> server = probe.start();
    TestProcess.run(() -> {
      for (int i = 0; i < 20_000; i++) {
        server.call(
            new Probe.Handle<String>(
                (from, state) -> Probe.on(state).andReply(from, "").timeout(ofSeconds(1_000))));
        Processes.demonitor(Processes.monitor(server));
        server.call(new Probe.State());
        Processes.demonitor(Processes.monitor(server));
      }
    });
    assertThat(probe.seen).isEmpty();
    kill(server);
  }

  @Test
  void a_process_on_a_platform_thread_keeps_it_for_life() {
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    Pid<Probe> server =
        started(
            () -> {
              threads.add(Thread.currentThread());
              return Probe.ready();
            },
            StartOptions.defaults().onPlatformThread());
    for (int i = 0; i < 1_000; i++) {
      server.call(new Probe.Run<>(() -> threads.add(Thread.currentThread())));
    }
    assertThat(threads).hasSize(1);
    assertThat(threads.iterator().next().isVirtual()).isFalse();
    kill(server);
  }

  @Test
  void loop_start_fail() {
    List<Callable<Init<Object>>> failing =
        List.of(
            Init::ignore,
            () -> Init.stop(BOOM),
            () -> {
              throw new IllegalStateException("init");
            },
            () -> {
              throw Processes.exit(BOOM);
            },
            () -> null,
            GenServerSuiteTest::never,
            () -> {
              Processes.exit(Processes.self(), ExitReason.KILL);
              return Probe.ready();
            });
    TableName<String, String> table = new TableName<>("in init");
    ServerName<Probe> name = ServerName.local("failing");
    try (ExitRecorder recorder = new ExitRecorder()) {
      for (int round = 0; round < 30; round++) {
        for (Callable<Init<Object>> init : failing) {
          Probe child =
              new Probe()
                  .init(() -> {
                    Table.newSet(table, Access.PUBLIC, row -> row);
                    return init.call();
                  });
          recorder.within(() -> {
            StartResult<Probe> result = GenServer.startLink(child, shortly().withName(name));
            if (result instanceof StartResult.Ok) {
              recorder.pid().isAlive();
              throw new AssertionError("started");
            }
            assertThat(name.whereis()).isEmpty();
            assertThat(table.whereis()).isEmpty();
            assertThat(Processes.registered()).doesNotContain("failing");
          });
          assertThat(child.seen).isEmpty();
        }
      }
      assertThat(recorder.seen()).isEmpty();
    }
  }

  @Test
  void otp_7669() {
    ServerName<Probe> name = ServerName.local("otp_7669");
    for (int i = 0; i < 500; i++) {
      assertThat(new Probe().init(Init::ignore).start(StartOptions.named(name)))
          .isEqualTo(new StartResult.Ignored<>());
      assertThat(new Probe().init(() -> Init.stop(BOOM)).start(StartOptions.named(name)))
          .isEqualTo(new StartResult.Failed<>(BOOM));
      assertThat(Processes.registered()).doesNotContain("otp_7669");
    }
  }
}
