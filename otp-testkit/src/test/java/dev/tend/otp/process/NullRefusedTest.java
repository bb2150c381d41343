package dev.tend.otp.process;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.tend.otp.application.Application;
import dev.tend.otp.genserver.Init;
import dev.tend.otp.sys.Sys;
import dev.tend.otp.task.Task;
import dev.tend.otp.testkit.OtpTest;
import dev.tend.otp.testkit.Probe;
import dev.tend.otp.testkit.TestProcess;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the compiler lets through, and is no value, is refused in whoever gives it. */
@OtpTest
@SuppressWarnings("NullAway")
class NullRefusedTest {
  private static final ServerName<Probe> NOBODY = ServerName.local("nobody");

  static Stream<Arguments> mistakes() {
    return Stream.of(
        mistake("message", server -> Processes.send(server, null)),
        mistake("message", server -> Processes.send(NOBODY, null)),
        mistake("message", server -> Processes.send(Processes.alias(Alias.Mode.REPLY), null)),
        mistake("message", server -> Processes.sendAfter(Duration.ZERO, server, null)),
        mistake("message", server -> Processes.startTimer(Duration.ZERO, server, null)),
        mistake("reason", server -> Processes.exit(server, null)),
        mistake("reason", server -> Processes.exit((ExitReason) null)),
        mistake("reason", server -> Processes.stop(server, null, ofSeconds(1))),
        mistake("timeout", server -> Processes.stop(server, ExitReason.NORMAL, null)),
        mistake("reason", server -> Processes.stopOrThrow(server, null, ofSeconds(1))),
        mistake("reason", server -> Sys.terminate(server, null)),
        mistake("change", server -> Sys.replaceState(server, (UnaryOperator<Object>) null)),
        mistake("listener", server -> Sys.trace(server, null)),
        mistake("request", server -> NOBODY.call(null)),
        mistake("timeout", server -> NOBODY.call(new Probe.State(), null)),
        mistake("timeout", server -> server.call(new Probe.State(), null)),
        mistake("request", server -> NOBODY.cast(null)),
        mistake("request", server -> Processes.sendRequest(NOBODY, null)),
        mistake("how", server -> Task.completed(1).shutdown(null)),
        mistake("reason", server -> Probe.end(null, "state")),
        mistake("reason", server -> Init.stop(null)),
        mistake("reason", server -> Init.error(null)),
        mistake("other", server -> Processes.monitor(null)),
        mistake("resource", server -> Processes.own(null)),
        mistake("holding", server -> Processes.hold(server, null, () -> true)),
        mistake("label", server -> RequestIds.none().add(ask(server), null)),
        mistake("id", server -> RequestIds.none().add(null, "label")),
        mistake("timeout", server -> RequestIds.none().await(null)),
        mistake("timeout", server -> RequestIds.none().receive(null)),
        mistake("matcher", server -> Processes.receive(Duration.ZERO, null)),
        mistake("timeout", server -> Sys.suspend(server, null)),
        mistake("timeout", server -> Sys.getState(server, null)),
        mistake("timeout", server -> Sys.terminate(server, ExitReason.NORMAL, null)),
        mistake("name", server -> Application.of(null, self -> null)),
        mistake("start", server -> Application.of("app", null)),
        mistake("idle", server -> Probe.on("state").timeout(null)),
        mistake("step", server -> Probe.on("state").continueWith(null)),
        mistake("timeout", server -> StartOptions.defaults().withTimeout(null)),
        mistake("limit", server -> WatchDog.setLimit(null)));
  }

  private static RequestId<Object> ask(Pid<Probe> server) {
    return Processes.sendRequest(server, new Probe.State());
  }

  private static Arguments mistake(String parameter, Consumer<Pid<Probe>> mistake) {
    return Arguments.of(parameter, mistake);
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void in_the_caller_and_nothing_has_happened(String parameter, Consumer<Pid<Probe>> mistake) {
    TestProcess.run(() -> {
      Probe probe = new Probe();
      Pid<Probe> server = probe.start();
      assertThatNullPointerException()
          .isThrownBy(() -> mistake.accept(server))
          .withMessage(parameter);
      assertThat(server.call(new Probe.State())).isEqualTo("new");
      assertThat(probe.seen).isEmpty();
    });
  }

  @Test
  void the_watch_dog_keeps_its_limit() {
    Duration before = WatchDog.limit();
    assertThatNullPointerException().isThrownBy(() -> WatchDog.setLimit(null));
    assertThat(WatchDog.limit()).isEqualTo(before);
  }
}
