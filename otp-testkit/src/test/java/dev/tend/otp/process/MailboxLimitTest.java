package dev.tend.otp.process;

import static dev.tend.otp.testkit.Eventually.eventually;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tend.otp.testkit.OtpTest;
import dev.tend.otp.testkit.Probe;
import dev.tend.otp.testkit.TestProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Law 7: what does not fit a bounded mailbox is refused in its sender; what must fit does. */
@OtpTest
class MailboxLimitTest {
  private static final int LIMIT = 3;
  private final CountDownLatch goOn = new CountDownLatch(1);
  private final Probe probe = new Probe();
  private Pid<Probe> server;

  @BeforeEach
  void start() {
    server = probe.start(StartOptions.defaults().withMailboxLimit(LIMIT)).orThrow();
  }

  /** What takes a place. */
  enum Load {
    CALL,
    CAST,
    MESSAGE
  }

  private void hold() {
    CountDownLatch held = new CountDownLatch(1);
    server.cast(
        new Probe.Tell(() -> {
          held.countDown();
          goOn.await();
        }));
    assertThatCode(held::await).doesNotThrowAnyException();
  }

  private void put(Load load) {
    switch (load) {
      case CALL ->
          assertThatThrownBy(() -> server.call(new Probe.State(), ofMillis(1)))
              .isInstanceOfSatisfying(
                  CallFailed.class,
                  failed -> {
                    if (!(failed.why() instanceof CallFailed.Timeout)) {
                      throw failed;
                    }
                  });
      case CAST -> server.cast(new Probe.Tell(() -> {}));
      case MESSAGE -> Processes.send(server, load);
    }
  }

  private static void refused(ThrowingCallable act) {
    assertThatThrownBy(act)
        .isInstanceOfSatisfying(
            CallFailed.class,
            failed ->
                assertThat(failed.why())
                    .isEqualTo(new CallFailed.Refused(CallFailed.Refusal.MAILBOX_FULL)));
  }

  private void end() {
    goOn.countDown();
    Processes.exit(server, ExitReason.KILL);
  }

  @ParameterizedTest
  @EnumSource
  void every_kind_takes_a_place_and_every_kind_is_refused(Load load) {
    hold();
    for (int i = 0; i < LIMIT; i++) {
      put(load);
    }
    refused(() -> server.call(new Probe.State()));
    refused(() -> server.cast(new Probe.Tell(() -> {})));
    refused(() -> Processes.send(server, "too much"));
    TestProcess.run(() -> {
      RequestId<Object> id = Processes.sendRequest(server, new Probe.State());
      assertThat(Processes.<Answer<Object>>receive(m -> id.check(m).orElse(null)))
          .isEqualTo(new Answer.Failed<>(new CallFailed.Refused(CallFailed.Refusal.MAILBOX_FULL)));
    });
    end();
  }

  @Test
  void a_place_is_free_again_when_its_message_is_taken() {
    hold();
    for (Load load : Load.values()) {
      put(load);
    }
    refused(() -> put(Load.CAST));
    goOn.countDown();
    eventually(() -> assertThat(server.core.info().mailbox()).isZero());
    for (int i = 0; i < 1_000; i++) {
      assertThat(server.call(new Probe.State())).isEqualTo("new");
      server.cast(new Probe.Tell(() -> {}));
    }
    end();
  }

  @Test
  void signals_timers_answers_and_stops_always_fit() {
    hold();
    for (int i = 0; i < LIMIT; i++) {
      put(Load.MESSAGE);
    }
    Processes.sendAfter(ZERO, server, "by timer");
    eventually(() -> assertThat(server.core.info().timers()).isZero());
    Processes.exit(server, ExitReason.NORMAL);
    goOn.countDown();
    assertThat(Processes.stop(server, ExitReason.NORMAL, ofSeconds(10)))
        .contains(ExitReason.NORMAL);
    assertThat(probe.seen).contains("by timer").hasSize(LIMIT + 2);
  }

  @Test
  void an_answer_to_a_request_and_a_reply_by_alias_fit_a_full_mailbox() {
    Pid<Probe> asked = Probe.started();
    TestProcess.run(
        StartOptions.defaults().withMailboxLimit(1),
        () -> {
          Pid<?> self = Processes.self();
          Alias reply = Processes.alias(Alias.Mode.REPLY);
          Alias open = Processes.alias(Alias.Mode.EXPLICIT);
          Processes.send(self, "fills it");
          refused(() -> Processes.send(self, "too much"));
          refused(() -> Processes.send(open, "too much"));
          RequestId<Object> id = Processes.sendRequest(asked, new Probe.State());
          Processes.spawn(() -> Processes.send(reply, "reply"));
          MonitorRef ref = Processes.monitor(Processes.spawn(() -> {}));
          assertThat(Processes.<Answer<Object>>receive(m -> id.check(m).orElse(null)))
              .isEqualTo(new Answer.Replied<>("new"));
          assertThat(Processes.<Object>receive(m -> m.equals("reply") ? m : null))
              .isEqualTo("reply");
          Processes.<Object>receive(m -> m instanceof Down down && down.ref() == ref ? m : null);
          assertThat(Processes.receive()).isEqualTo("fills it");
          Processes.send(open, "fits again");
          assertThat(Processes.receive()).isEqualTo("fits again");
          Processes.unalias(open);
          for (int i = 0; i < 10; i++) {
            Processes.send(open, "dropped");
            assertThat(Processes.receive(ZERO, m -> m)).isEmpty();
          }
        });
    Processes.exit(asked, ExitReason.KILL);
    end();
  }

  @Test
  void to_the_dead_all_is_silent_as_ever() {
    hold();
    for (int i = 0; i < LIMIT; i++) {
      put(Load.MESSAGE);
    }
    end();
    Processes.send(server, "lost");
    server.cast(new Probe.Tell(() -> {}));
    assertThatThrownBy(() -> server.call(new Probe.State()))
        .isInstanceOfSatisfying(
            CallFailed.class,
            failed ->
                assertThat(failed.why())
                    .isEqualTo(new CallFailed.Refused(CallFailed.Refusal.NO_PROCESS)));
  }

  /** However many send at once, no more than the limit wait, and what was not refused is seen. */
  @Test
  void many_senders_at_once() throws InterruptedException {
    AtomicInteger accepted = new AtomicInteger();
    List<Thread> senders = new ArrayList<>();
    for (int s = 0; s < 8; s++) {
      senders.add(
          Thread.startVirtualThread(() -> {
            for (int i = 0; i < 2_000; i++) {
              try {
                Processes.send(server, i);
                accepted.incrementAndGet();
              } catch (CallFailed full) {
                assertThat(server.core.info().mailbox()).isLessThanOrEqualTo(LIMIT);
              }
            }
          }));
    }
    for (Thread sender : senders) {
      sender.join();
    }
    eventually(() -> assertThat(probe.seen).hasSize(accepted.get()));
    end();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1})
  void a_limit_is_at_least_one(int limit) {
    assertThatThrownBy(() -> StartOptions.defaults().withMailboxLimit(limit))
        .isInstanceOf(IllegalArgumentException.class);
    end();
  }
}
