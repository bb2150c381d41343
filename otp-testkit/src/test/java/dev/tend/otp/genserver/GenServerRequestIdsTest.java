package dev.tend.otp.genserver;

import static dev.tend.otp.genserver.Fixtures.kill;
import static dev.tend.otp.testkit.Eventually.eventually;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tend.otp.conformance.Case;
import dev.tend.otp.process.Answer;
import dev.tend.otp.process.CallFailed;
import dev.tend.otp.process.Deadline;
import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.ReplyTo;
import dev.tend.otp.process.RequestId;
import dev.tend.otp.process.RequestIds;
import dev.tend.otp.process.Response;
import dev.tend.otp.process.StartOptions;
import dev.tend.otp.testkit.ManualTime;
import dev.tend.otp.testkit.OtpTest;
import dev.tend.otp.testkit.Probe;
import dev.tend.otp.testkit.TestProcess;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Collections of requests, whose servers answer when and in which order the test says. */
@OtpTest
class GenServerRequestIdsTest {
  private static final Duration LONG = ofSeconds(60);
  private static final RequestIds<String, String> NONE = RequestIds.none();
  private static final Response<String, String> IN_VAIN = new Response.None<>();
  private static final Response<String, String> NO_REQUEST = new Response.NoRequest<>();

  private final Map<String, ReplyTo<String>> asked = new ConcurrentHashMap<>();
  private final ManualTime time = new ManualTime();
  private List<Pid<Probe>> servers = List.of();

  enum Way {
    AWAIT,
    RECEIVE,
    CHECK;

    Response<String, String> next(RequestIds<String, String> ids, Duration timeout) {
      return switch (this) {
        case AWAIT -> ids.await(timeout);
        case RECEIVE -> ids.receive(timeout);
        case CHECK -> ids.size() == 0 ? ids.check("any") : ids.check(Processes.receive());
      };
    }
  }

  @BeforeEach
  void start() {
    servers = List.of(Probe.started(), Probe.started(), Probe.started());
  }

  @AfterEach
  void stop() {
    servers.forEach(Fixtures::kill);
  }

  /** To be answered by {@link #answer}. */
  private RequestId<String> ask(int server, String what) {
    return Processes.sendRequest(
        servers.get(server),
        new Probe.Handle<String>((from, state) -> {
          asked.put(what, from);
          return Probe.on(state);
        }));
  }

  private void answer(String... whats) {
    for (String what : whats) {
      eventually(() -> assertThat(asked).containsKey(what));
      asked.remove(what).reply("delayed " + what);
    }
  }

  private RequestIds<String, String> three() {
    return NONE.add(ask(0, "req1"), "req1").add(ask(1, "req2"), "req2").add(ask(2, "req3"), "req3");
  }

  /** It answers this label; what is left without it. */
  private static RequestIds<String, String> assertAnswers(
      String label, Answer<String> answer, Response<String, String> response) {
    assertThat(response).isInstanceOf(Response.To.class);
    var to = (Response.To<String, String>) response;
    assertThat(to.label()).isEqualTo(label);
    assertThat(to.answer()).isEqualTo(answer);
    return to.left();
  }

  private static RequestIds<String, String> assertReplied(
      String label, Response<String, String> response) {
    return assertAnswers(label, new Answer.Replied<>("delayed " + label), response);
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  @Case({
    "gen_server_SUITE: send_request_receive_reqid_collection",
    "gen_server_SUITE: send_request_wait_reqid_collection",
    "gen_server_SUITE: send_request_check_reqid_collection"
  })
  void answers_come_in_their_own_order(Way way) {
    TestProcess.run(() -> {
      RequestId<String> single = ask(0, "req0");
      RequestIds<String, String> ids = three();
      assertThat(NONE.size()).isZero();
      assertThat(ids.size()).isEqualTo(3);
      assertThat(ids.labels().values()).containsExactly("req1", "req2", "req3");
      if (way == Way.CHECK) {
        answer("req0");
        Object foreign = Processes.receive();
        assertThat(ids.check(foreign)).isEqualTo(IN_VAIN);
        assertThat(single.check(foreign)).isPresent();
      }
      answer("req2", "req3", "req1");
      ids = assertReplied("req2", way.next(ids, LONG));
      assertThat(ids.size()).isEqualTo(2);
      ids = assertReplied("req3", way.next(ids, LONG));
      assertThat(ids.size()).isEqualTo(1);
      ids = assertReplied("req1", way.next(ids, LONG));
      assertThat(ids.size()).isZero();
      assertThat(way.next(ids, LONG)).isEqualTo(NO_REQUEST);
      if (way != Way.CHECK) {
        answer("req0");
        assertThat(single.receive(LONG)).isEqualTo(new Answer.Replied<>("delayed req0"));
      }
      assertThat(Processes.receive(ZERO, message -> message)).isEmpty();
    });
  }

  @ParameterizedTest
  @EnumSource(
      value = Way.class,
      names = {"AWAIT", "RECEIVE"})
  @Case({
    "gen_server_SUITE: send_request_receive_reqid_collection",
    "gen_server_SUITE: send_request_wait_reqid_collection"
  })
  void receive_abandons_what_is_not_answered_by_the_deadline_and_await_does_not(Way way) {
    TestProcess.run(
        StartOptions.defaults().withTime(time),
        () -> {
          RequestIds<String, String> ids = three();
          Deadline deadline = Deadline.in(ofMillis(100));
          answer("req2");
          ids = assertReplied("req2", way.next(ids, deadline.left()));
          // One that its server has not begun would be withdrawn.
          eventually(() -> assertThat(asked).containsOnlyKeys("req1", "req3"));
          time.advance(ofMillis(60));
          assertThat(deadline.left()).isEqualTo(ofMillis(40));
          time.advance(ofMillis(60));
          assertThat(deadline.left()).isZero();
          assertThat(way.next(ids, deadline.left())).isEqualTo(IN_VAIN);
          assertThat(ids.labels().values()).containsExactly("req1", "req3");
          answer("req3", "req1");
          if (way == Way.AWAIT) {
            assertReplied("req3", ids.await(LONG));
            assertReplied("req1", ids.await(LONG));
          } else {
            assertThat(ids.await(ZERO)).isEqualTo(IN_VAIN);
          }
          assertThat(Processes.receive(ZERO, message -> message)).isEmpty();
        });
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  @Case({
    "gen_server_SUITE: send_request_receive_reqid_collection",
    "gen_server_SUITE: send_request_wait_reqid_collection",
    "gen_server_SUITE: send_request_check_reqid_collection"
  })
  void a_server_that_ends_is_an_answer_and_the_old_collection_goes_on(Way way) {
    TestProcess.run(() -> {
      RequestIds<String, String> ids =
          NONE.add(ask(0, "req1"), "req1")
              .add(
                  Processes.sendRequest(
                      servers.get(1),
                      new Probe.Handle<String>(
                          (from, state) -> Probe.end(ExitReason.SHUTDOWN, state))),
                  "req2")
              .add(ask(2, "req3"), "req3");
      RequestIds<String, String> left =
          assertAnswers(
              "req2",
              new Answer.Failed<>(new CallFailed.Exit(ExitReason.SHUTDOWN, true)),
              way.next(ids, LONG));
      assertThat(left.size()).isEqualTo(2);
      answer("req3", "req1");
      assertReplied("req3", way.next(left, LONG));
      assertReplied("req1", way.next(left, LONG));
    });
  }

  @Test
  @Case({
    "gen_server_SUITE: send_request_receive_reqid_collection",
    "gen_server_SUITE: send_request_wait_reqid_collection"
  })
  void a_request_is_not_added_twice() {
    TestProcess.run(() -> {
      RequestId<String> id = ask(0, "req1");
      RequestIds<String, String> ids = NONE.add(id, "req1");
      assertThatThrownBy(() -> ids.add(id, "req2")).isInstanceOf(IllegalArgumentException.class);
      assertThat(ids.size()).isEqualTo(1);
    });
  }

  @Test
  void a_collection_holds_requests_of_several_types() {
    TestProcess.run(() -> {
      RequestIds<Integer, Object> ids =
          RequestIds.<Integer, Object>none()
              .add(Processes.sendRequest(servers.get(0), new Probe.Run<>(() -> 1)), 1)
              .add(Processes.sendRequest(servers.get(1), new Probe.Run<>(() -> "two")), 2);
      int sum = 0;
      while (ids.receive(LONG) instanceof Response.To(Integer label, var answer, var left)) {
        assertThat(answer).isEqualTo(new Answer.Replied<Object>(label == 1 ? 1 : "two"));
        sum += label;
        ids = left;
      }
      assertThat(sum).isEqualTo(3);
      kill(servers.get(0));
    });
  }
}
