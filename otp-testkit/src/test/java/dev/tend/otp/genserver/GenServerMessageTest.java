package dev.tend.otp.genserver;

import static dev.tend.otp.genserver.Fixtures.BOOM;
import static dev.tend.otp.genserver.Fixtures.kill;
import static dev.tend.otp.testkit.Eventually.eventually;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tend.otp.conformance.Case;
import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.ServerName;
import dev.tend.otp.process.StartOptions;
import dev.tend.otp.testkit.OtpTest;
import dev.tend.otp.testkit.Probe;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Casts, plain messages, and steps to continue with. */
@OtpTest
class GenServerMessageTest {
  private final Probe probe = new Probe();

  @ParameterizedTest
  @MethodSource("dev.tend.otp.genserver.Fixtures#names")
  @Case({"gen_server_SUITE: cast", "GenServer: start_link/2, call/2 and cast/2"})
  void cast(ServerName<Probe> name) {
    name.cast(new Probe.Tell(() -> probe.seen.add("to nobody")));
    Pid<Probe> server = probe.start(StartOptions.named(name)).orThrow();
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      int number = i;
      name.cast(new Probe.Tell(() -> order.add(number)));
    }
    assertThat(name.call(new Probe.State())).isEqualTo("new");
    assertThat(order).hasSize(1_000).isSorted();
    name.cast(new Probe.Do(() -> Probe.end(BOOM, "done")));
    assertThat(Processes.awaitExit(server, ofSeconds(60))).contains(BOOM);
    assertThat(probe.seen).containsExactly("terminate boom done");
    server.cast(new Probe.Tell(() -> probe.seen.add("to the dead")));
    name.cast(new Probe.Tell(() -> probe.seen.add("to nobody")));
  }

  @Test
  @Case("gen_server_SUITE: info")
  void info() {
    Pid<Probe> server = probe.start();
    Processes.send(server, "hello");
    server.call(new Probe.State());
    assertThat(probe.seen).containsExactly("hello");
    Processes.sendAfter(ofSeconds(0), server, "later");
    eventually(() -> assertThat(probe.seen).containsExactly("hello", "later"));
    Processes.send(server, callback(() -> Probe.end(BOOM, "last")));
    assertThat(Processes.awaitExit(server, ofSeconds(60))).contains(BOOM);
    assertThat(probe.seen).endsWith("terminate boom last");
  }

  private static Callable<Handled<Object>> callback(Callable<Handled<Object>> callback) {
    return callback;
  }

  /** A message that was in the mailbox before the answer is seen after what it continues with. */
  @Test
  @Case("gen_server_SUITE: continue")
  void continue_() {
    probe.init(() -> {
      Processes.send(Processes.self(), "queued");
      return Probe.ready().continueWith("from init");
    });
    Pid<Probe> server = probe.start();
    assertSeen("continue from init", "queued");

    server.call(
        new Probe.Handle<String>((from, state) -> {
          Processes.send(Processes.self(), "queued");
          return Probe.on(state).andReply(from, "ok").continueWith("after reply");
        }));
    assertSeen("continue after reply", "queued");

    server.call(
        new Probe.Handle<String>((from, state) -> {
          Processes.send(Processes.self(), "queued");
          return Probe.on(state)
              .continueWith(callback(() -> Probe.on(state).andReply(from, "replied there")));
        }));
    assertSeen("continue callback", "queued");

    Callable<Handled<Object>> continuing =
        () -> {
          Processes.send(Processes.self(), "queued");
          return Probe.on("x")
              .continueWith(callback(() -> Probe.on("continued").continueWith("again")));
        };
    server.cast(new Probe.Do(continuing));
    assertSeen("continue callback", "continue again", "queued");

    Processes.send(server, continuing);
    eventually(() -> assertThat(probe.seen).hasSize(4));
    probe.seen.removeFirst();
    assertSeen("continue callback", "continue again", "queued");

    server.cast(
        new Probe.Do(() -> Probe.on("last").continueWith(callback(() -> Probe.end(BOOM, "end")))));
    assertThat(Processes.awaitExit(server, ofSeconds(60))).contains(BOOM);
    assertSeen("continue callback", "terminate boom end");
  }

  private void assertSeen(Object... all) {
    eventually(() -> assertThat(probe.seen).containsExactly(all));
    probe.seen.clear();
  }

  @Test
  @Case("gen_server_SUITE: undef_handle_cast")
  void a_server_without_handleCast_ends_at_a_cast() {
    Pid<Bare> server = Bare.started();
    server.cast(new Bare.Tell());
    assertUndefined(server, "handleCast");
  }

  @Test
  @Case("gen_server_SUITE: undef_handle_continue")
  void a_server_without_handleContinue_ends_at_one() {
    assertUndefined(Bare.started(Init.ok("bare").continueWith("step")), "handleContinue");
  }

  private static void assertUndefined(Pid<?> server, String callback) {
    assertThat(Processes.awaitExit(server, ofSeconds(60)).orElseThrow())
        .isInstanceOfSatisfying(
            ExitReason.Crash.class,
            crash ->
                assertThat(crash.cause())
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessageContainingAll(Bare.class.getName(), callback));
  }

  @Test
  void a_server_without_handleTimeout_goes_on_waiting() {
    Pid<Bare> server = Bare.started(Init.ok("bare").timeout(ofSeconds(0)));
    assertThat(server.call(new Bare.Get())).isEqualTo("bare");
    kill(server);
  }

  @Test
  @Case("gen_server_SUITE: undef_in_handle_info")
  void undef_in_handle_info() {
    Pid<Probe> server = probe.start();
    RuntimeException thrown = new UnsupportedOperationException("in handleInfo");
    Processes.send(
        server,
        callback(() -> {
          throw thrown;
        }));
    assertThat(Processes.awaitExit(server, ofSeconds(60))).contains(new ExitReason.Crash(thrown));
  }
}
