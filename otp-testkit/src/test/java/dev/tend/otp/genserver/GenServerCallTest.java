package dev.tend.otp.genserver;

import static dev.tend.otp.genserver.Fixtures.CALLING_SELF;
import static dev.tend.otp.genserver.Fixtures.NO_PROCESS;
import static dev.tend.otp.genserver.Fixtures.failure;
import static dev.tend.otp.genserver.Fixtures.kill;
import static dev.tend.otp.testkit.Eventually.eventually;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tend.otp.conformance.Case;
import dev.tend.otp.process.Call;
import dev.tend.otp.process.CallFailed;
import dev.tend.otp.process.Caller;
import dev.tend.otp.process.Cast;
import dev.tend.otp.process.Down;
import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.ReplyTo;
import dev.tend.otp.process.ServerName;
import dev.tend.otp.process.ServerRef;
import dev.tend.otp.process.StartOptions;
import dev.tend.otp.testkit.Cost;
import dev.tend.otp.testkit.ManualTime;
import dev.tend.otp.testkit.OtpTest;
import dev.tend.otp.testkit.Probe;
import dev.tend.otp.testkit.TestProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@OtpTest
class GenServerCallTest {
  private final Probe probe = new Probe();

  @Test
  @Case({"gen_server_SUITE: call", "GenServer: start_link/2, call/2 and cast/2"})
  void call() {
    Pid<Probe> server = probe.start();
    assertThat(server.call(new Probe.Run<>(() -> 42))).isEqualTo(42);
    Object nothing = server.call(new Probe.Run<>(() -> null));
    assertThat(nothing).isNull();
    assertThat(
            server.call(
                new Probe.Handle<String>(
                    (from, state) -> Probe.on("next").andReply(from, "ok").timeout(ZERO))))
        .isEqualTo("ok");
    eventually(() -> assertThat(probe.seen).containsExactly("timeout"));
    assertThat(server.call(new Probe.State())).isEqualTo("next");
    server.cast(new Probe.Do(() -> Probe.on("pushed")));
    assertThat(server.call(new Probe.State())).isEqualTo("pushed");
    GenServer.stop(server);
  }

  /** The caller is answered by a later callback, or not in time. */
  @Test
  @Case("gen_server_SUITE: call")
  void a_delayed_answer() {
    Pid<Probe> server = probe.start();
    assertThat(
            server.call(
                new Probe.Handle<String>((from, state) -> {
                  server.cast(new Probe.Do(() -> Probe.on(state).andReply(from, "delayed")));
                  return Probe.on(state);
                })))
        .isEqualTo("delayed");
    assertThat(
            failure(() ->
                server.call(
                    new Probe.Handle<String>((from, state) -> Probe.on(state)), ofMillis(1))))
        .isInstanceOf(CallFailed.Timeout.class);
    kill(server);
  }

  @Test
  @Case("gen_server_SUITE: call")
  void a_bad_return_ends_the_server_with_that_as_reason() {
    Pid<Probe> server = probe.start();
    CallFailed.Why why =
        failure(() -> server.call(new Probe.Handle<String>((from, state) -> null)));
    assertThat(why.begun()).isTrue();
    assertThat(why.toString()).contains("Probe returned null from the callback of Called");
    eventually(() -> assertThat(probe.seen).hasSize(1));
    assertThat(probe.seen.getFirst().toString()).startsWith("terminate").endsWith(" new");
  }

  @Test
  void a_throw_keeps_the_state_for_terminate_and_replies_nothing() {
    Pid<Probe> server = probe.start();
    RuntimeException thrown = new IllegalStateException("x");
    assertThat(
            failure(() ->
                server.call(
                    new Probe.Run<>(() -> {
                      throw thrown;
                    }))))
        .isEqualTo(new CallFailed.Exit(new ExitReason.Crash(thrown), true));
    eventually(() -> assertThat(probe.seen).hasSize(1));
    assertThat(probe.seen.getFirst().toString()).startsWith("terminate").endsWith(" new");
  }

  @Test
  @Case("gen_server_SUITE: calling_self")
  void calling_self() {
    Pid<Probe> server = probe.start();
    ServerRef<Probe> itself = server;
    for (Duration timeout : List.of(ofSeconds(5), ofSeconds(Long.MAX_VALUE))) {
      assertThat(
              server.call(
                  new Probe.Run<>(() -> failure(() -> itself.call(new Probe.State(), timeout)))))
          .isEqualTo(CALLING_SELF);
    }
    kill(server);
  }

  /** Every failure carries who was called, with what and for how long. */
  @Test
  @Case("GenServer: call/3 exit messages")
  void call_exit_messages() {
    Pid<Probe> server = Probe.started();
    Pid<Probe> stopped = Probe.started();
    GenServer.stop(stopped);
    TestProcess.run(() -> {
      for (ServerName<Probe> name : Fixtures.names()) {
        assertFailure(NO_PROCESS, name, ofSeconds(5));
        Processes.register(name, Processes.self());
        assertFailure(CALLING_SELF, name, ofSeconds(5));
        assertFailure(CALLING_SELF, name.whereis().orElseThrow(), ofSeconds(6));
      }
    });
    assertFailure(NO_PROCESS, stopped, ofSeconds(5));
    CountDownLatch go = new CountDownLatch(1);
    server.cast(new Probe.Tell(go::await));
    assertFailure(new CallFailed.Timeout(false), server, ofMillis(1));
    go.countDown();
    kill(server);
  }

  private static void assertFailure(CallFailed.Why why, ServerRef<Probe> server, Duration timeout) {
    Probe.State request = new Probe.State();
    CallFailed failed = catchThrowableOfType(CallFailed.class, () -> server.call(request, timeout));
    assertThat(failed.why()).isEqualTo(why);
    assertThat(failed.server()).isEqualTo(server);
    assertThat(failed.request()).isSameAs(request);
    assertThat(failed.timeout()).isEqualTo(timeout);
  }

  @Test
  @Case("GenServer: call/3 exit messages")
  void a_caller_that_does_not_catch_it_ends_with_the_call_as_reason() {
    Pid<Probe> stopped = Probe.started();
    GenServer.stop(stopped);
    TestProcess.run(() -> {
      Processes.spawnMonitor(() -> stopped.call(new Probe.State(), ofSeconds(3)));
      Down down = (Down) Processes.receive();
      assertThat(down.reason()).isInstanceOf(ExitReason.Crash.class);
      assertThat(((ExitReason.Crash) down.reason()).cause())
          .isInstanceOfSatisfying(
              CallFailed.class,
              failed -> {
                assertThat(failed.why()).isEqualTo(NO_PROCESS);
                assertThat(failed.server()).isEqualTo(stopped);
                assertThat(failed.request()).isEqualTo(new Probe.State());
                assertThat(failed.timeout()).isEqualTo(ofSeconds(3));
              });
    });
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

  private static void answeredOrNot(Pid<Probe> server) {
    try {
      assertThat(server.call(new Probe.State(), ZERO)).isEqualTo("new");
    } catch (CallFailed e) {
      assertThat(e.why()).isInstanceOf(CallFailed.Timeout.class);
    }
  }

  @Test
  void a_call_that_timed_out_tells_truly_whether_it_was_begun() throws Exception {
    Pid<Probe> server = probe.start();
    CountDownLatch busy = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    ManualTime time = new ManualTime();
    CallFailed.Why[] first = new CallFailed.Why[1];
    Pid<?> caller =
        Processes.spawn(
            StartOptions.defaults().withTime(time),
            () ->
                first[0] =
                    failure(() ->
                        server.call(
                            new Probe.Run<>(() -> {
                              busy.countDown();
                              go.await();
                              return "late";
                            }))));
    busy.await();
    assertThat(
            failure(
                () -> server.call(new Probe.Run<>(() -> probe.seen.add("handled")), ofMillis(5))))
        .isEqualTo(new CallFailed.Timeout(false));
    while (Processes.awaitExit(caller, ofMillis(1)).isEmpty()) {
      time.advance(ofSeconds(5));
    }
    assertThat(first[0]).isEqualTo(new CallFailed.Timeout(true));
    go.countDown();
    assertThat(server.call(new Probe.State())).isEqualTo("new");
    assertThat(probe.seen).as("a call not begun in time is never handled").isEmpty();
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
                        }),
                        ofSeconds(60)))));
    inHandler.await();
    TestProcess.run(() -> {
      var waiting = Processes.sendRequest(server, new Probe.State());
      kill(server);
      assertThat(waiting.receive(ofSeconds(60)))
          .hasToString("Failed[why=Exit[reason=killed, begun=false]]");
    });
    first.join();
    assertThat(whys).containsExactly(new CallFailed.Exit(ExitReason.KILLED, true));
  }

  @Test
  @Case("gen_server_SUITE: call_with_huge_message_queue")
  void call_with_huge_message_queue() {
    Pid<Probe> server = Probe.started();
    var _ = costOfCalls(server, 0);
    Cost.assertBelow(10, () -> costOfCalls(server, 0), () -> costOfCalls(server, 500_000));
    kill(server);
  }

  /** By a process that has so many messages waiting. */
  private static long costOfCalls(Pid<Probe> server, int waiting) {
    return TestProcess.<Long>call(() -> {
      for (int i = 0; i < waiting; i++) {
        Processes.send(Processes.self(), i);
      }
      return Cost.nanosOf(() -> {
        for (int i = 0; i < 50_000; i++) {
          server.call(new Probe.State());
        }
      });
    });
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void a_reply_comes_from_any_thread_and_the_first_wins(boolean process)
      throws InterruptedException {
    Pid<Probe> server = probe.start();
    AtomicReference<ReplyTo<String>> asked = new AtomicReference<>();
    AtomicReference<String> answer = new AtomicReference<>();
    Thread caller =
        Thread.startVirtualThread(() ->
            answer.set(
                server.call(
                    new Probe.Handle<String>((from, state) -> {
                      asked.set(from);
                      return Probe.on(state);
                    }),
                    ofSeconds(60))));
    eventually(() -> assertThat(asked.get()).isNotNull());
    if (process) {
      TestProcess.run(() -> asked.get().reply("first"));
    } else {
      asked.get().reply("first");
    }
    asked.get().reply("second");
    caller.join();
    assertThat(answer.get()).isEqualTo("first");
    kill(server);
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

  /** One whose text is code of a program that fails, and one whose text is long. */
  @Test
  void why_a_call_failed_is_told_whatever_that_prints_as() {
    ExitReason unprintable =
        new ExitReason.Term(
            new Object() {
              @Override
              public String toString() {
                throw new IllegalStateException("no text");
              }
            });
    for (ExitReason reason : List.of(unprintable, new ExitReason.Term("x".repeat(1_000_000)))) {
      Pid<Probe> server = Probe.started();
      CallFailed failed =
          catchThrowableOfType(
              CallFailed.class,
              () ->
                  server.call(
                      new Probe.Run<>(() -> {
                        Processes.exit(server, reason);
                        return true;
                      })));
      assertThat(failed.why().equals(new CallFailed.Exit(reason, true))).isTrue();
      assertThat(failed.getMessage()).hasSizeLessThan(10_000);
    }
  }

  /** What servers of several kinds have in common; each has a family of its own. */
  abstract static class Base<X, Q extends Call<?, ?>, Y> extends GenServer<Integer, Q, NoCasts> {
    @Override
    protected Init<Integer> init() {
      return Init.ok(0);
    }
  }

  abstract static class Middle<P extends Call<?, ?>> extends Base<String, P, Long> {}

  static final class Leaf extends Middle<Leaf.Ask> {
    record Ask() implements Call<Leaf, Integer> {}

    @Override
    protected Handled<Integer> handleCall(Ask ask, Caller caller, Integer state) {
      return reply(ask, caller, state, state);
    }
  }

  @Test
  void a_request_of_another_family_is_refused_by_a_server_with_a_generic_base_too() {
    ServerName<Leaf> name = ServerName.local("leaf");
    Pid<Leaf> leaf = GenServer.start(new Leaf(), StartOptions.named(name)).orThrow();
    ServerName<Probe> mistaken = ServerName.local("leaf");
    assertThatThrownBy(() -> mistaken.call(new Probe.State()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(leaf.call(new Leaf.Ask())).isZero();
    kill(leaf);
  }
}
