package dev.tend.otp.genserver;

import static dev.tend.otp.genserver.Fixtures.NO_PROCESS;
import static dev.tend.otp.genserver.Fixtures.kill;
import static dev.tend.otp.testkit.Eventually.eventually;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tend.otp.conformance.Case;
import dev.tend.otp.process.Answer;
import dev.tend.otp.process.Answered;
import dev.tend.otp.process.CallFailed;
import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.RequestId;
import dev.tend.otp.process.ServerName;
import dev.tend.otp.process.ServerRef;
import dev.tend.otp.process.StartOptions;
import dev.tend.otp.testkit.OtpTest;
import dev.tend.otp.testkit.Probe;
import dev.tend.otp.testkit.TestProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

@OtpTest
class GenServerRequestTest {
  private static final Duration LONG = ofSeconds(60);

  private final Probe probe = new Probe();

  private static <R> Answer<R> replied(R value) {
    return new Answer.Replied<>(value);
  }

  private static void assertNothingInLine() {
    assertThat(Processes.receive(ZERO, message -> message)).isEmpty();
  }

  @Test
  @Case("gen_server_SUITE: send_request")
  void send_request() {
    for (ServerName<Probe> name : Fixtures.names()) {
      Pid<Probe> server = new Probe().start(StartOptions.named(name)).orThrow();
      TestProcess.run(() -> {
        for (ServerRef<Probe> ref : List.of(server, name)) {
          RequestId<Integer> first = Processes.sendRequest(ref, new Probe.Run<>(() -> 1));
          RequestId<Integer> second = Processes.sendRequest(ref, new Probe.Run<>(() -> 2));
          assertThat(second.await(LONG)).contains(replied(2));
          assertThat(first.receive(LONG)).isEqualTo(replied(1));
          RequestId<Integer> third = Processes.sendRequest(ref, new Probe.Run<>(() -> 3));
          assertThat(third.check("{foo, bar}")).isEmpty();
          assertThat(third.check(Processes.receive())).contains(replied(3));
        }
        RequestId<Object> lost =
            Processes.sendRequest(
                server,
                new Probe.Handle<Object>((from, state) -> Probe.end(ExitReason.SHUTDOWN, state)));
        assertThat(lost.await(LONG))
            .contains(new Answer.Failed<>(new CallFailed.Exit(ExitReason.SHUTDOWN, true)));
        Processes.awaitExit(server, LONG);
        for (ServerRef<Probe> gone : List.of(server, name)) {
          RequestId<Object> refused = Processes.sendRequest(gone, new Probe.State());
          assertThat(refused.receive(LONG)).isEqualTo(new Answer.Failed<>(NO_PROCESS));
        }
        assertNothingInLine();
      });
    }
  }

  @Test
  @Case("gen_server_SUITE: send_request")
  void an_answer_that_is_waited_for_in_vain_can_be_waited_for_again() {
    Pid<Probe> server = Probe.started();
    CountDownLatch go = new CountDownLatch(1);
    TestProcess.run(() -> {
      RequestId<String> id =
          Processes.sendRequest(
              server,
              new Probe.Run<>(() -> {
                go.await();
                return "delayed";
              }));
      assertThat(id.await(ZERO)).isEmpty();
      go.countDown();
      assertThat(id.await(LONG)).contains(replied("delayed"));
      assertNothingInLine();
    });
    kill(server);
  }

  @Test
  @Case("gen_server_SUITE: send_request")
  void a_bad_return_is_the_answer() {
    Pid<Probe> server = Probe.started();
    TestProcess.run(() ->
        assertThat(
                Processes.sendRequest(server, new Probe.Handle<String>((from, state) -> null))
                    .await(LONG)
                    .orElseThrow()
                    .toString())
            .contains("Failed", "returned null"));
  }

  /** As a call: withdrawn if it was not begun, and its answer is never seen. */
  @Test
  void a_request_that_is_received_in_vain_is_abandoned() throws InterruptedException {
    Pid<Probe> server = probe.start();
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    TestProcess.run(() -> {
      RequestId<Integer> first =
          Processes.sendRequest(
              server,
              new Probe.Run<>(() -> {
                begun.countDown();
                go.await();
                return 1;
              }));
      RequestId<Boolean> second =
          Processes.sendRequest(server, new Probe.Run<>(() -> probe.seen.add("handled")));
      begun.await();
      assertThat(second.receive(ofMillis(1)))
          .isEqualTo(new Answer.Failed<>(new CallFailed.Timeout(false)));
      assertThat(first.receive(ZERO)).isEqualTo(new Answer.Failed<>(new CallFailed.Timeout(true)));
      go.countDown();
      assertThat(server.call(new Probe.State(), LONG)).isEqualTo("new");
      assertNothingInLine();
    });
    assertThat(probe.seen).isEmpty();
    kill(server);
  }

  /** The answer and the end of patience at once: one of them, and nothing is left in line. */
  @Test
  void an_abandoned_request_leaves_nothing_in_line_whenever_its_answer_comes() {
    Pid<Probe> server = probe.start();
    TestProcess.run(() -> {
      for (int i = 0; i < 20_000; i++) {
        int number = i;
        RequestId<Integer> id = Processes.sendRequest(server, new Probe.Run<>(() -> number));
        for (int moment = i % 500; moment > 0; moment--) {
          Thread.onSpinWait();
        }
        Answer<Integer> answer = id.receive(ZERO);
        switch (answer) {
          case Answer.Replied<Integer>(Integer value) -> assertThat(value).isEqualTo(number);
          case Answer.Failed<Integer>(CallFailed.Why why) ->
              assertThat(why).isInstanceOf(CallFailed.Timeout.class);
        }
        server.call(new Probe.State(), LONG);
        assertNothingInLine();
      }
    });
    kill(server);
  }

  @Test
  void only_the_process_that_put_a_request_can_wait_for_its_answer() {
    Pid<Probe> server = Probe.started();
    List<RequestId<Object>> ids = new ArrayList<>();
    TestProcess.run(() -> ids.add(Processes.sendRequest(server, new Probe.State())));
    TestProcess.run(() ->
        assertThatThrownBy(() -> ids.getFirst().await(ZERO))
            .isInstanceOf(IllegalStateException.class));
    kill(server);
  }

  @Test
  void answers_to_requests_come_as_info() {
    Pid<Probe> server = probe.start();
    Pid<Probe> other = Probe.started();
    RequestId<Integer> id =
        server.call(new Probe.Run<>(() -> probe.ask(other, new Probe.Run<>(() -> 7))));
    eventually(() -> assertThat(probe.seen).hasSize(1));
    assertThat(probe.seen.getFirst()).isInstanceOf(Answered.class);
    assertThat(id.check(probe.seen.getFirst())).contains(replied(7));
    kill(server, other);
  }
}
