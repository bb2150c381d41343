package dev.tend.otp.process;

import static dev.tend.otp.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.tend.otp.testkit.OtpTest;
import dev.tend.otp.testkit.Probe;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** When a server and its caller keep in touch, and when they part. */
@OtpTest
class ConversationTest {
  private static final int FEW = 20;
  private static final int MANY = 1_000;

  private final AtomicBoolean enough = new AtomicBoolean();
  private final CountDownLatch end = new CountDownLatch(1);

  @AfterEach
  void end() {
    enough.set(true);
    end.countDown();
  }

  /** Does not look at its mail: what is sent to it stays there. */
  private Pid<?> deaf() {
    return Processes.spawn(() -> {
      try {
        end.await();
      } catch (InterruptedException killed) {
        Thread.currentThread().interrupt();
      }
    });
  }

  @Nested
  class Tried {
    private Pid<?> server;
    private ProcessCore caller;
    private ProcessCore other;
    private Conversation talk;

    @BeforeEach
    void begin() {
      server = deaf();
      caller = deaf().core;
      other = deaf().core;
      talk = new Conversation(server.core);
    }

    private void hears(int calls) {
      for (int i = 0; i < calls; i++) {
        talk.hears(caller);
      }
    }

    /** In this JVM others may, at any moment. */
    private void looksOnceNobodyWaitsForACarrier() {
      eventually(() -> assertThat(talk.isToLook()).isTrue());
    }

    private void getInTouch() {
      hears(MANY);
      Processes.send(server, "a call");
      talk.look();
      assertThat(server.core.inTouchWith).isSameAs(caller);
    }

    @Test
    void not_before_one_has_called_many_times() {
      hears(FEW);
      assertThat(talk.isToLook()).isFalse();
      hears(MANY);
      looksOnceNobodyWaitsForACarrier();
    }

    @Test
    void not_where_callers_take_turns() {
      for (int i = 0; i < MANY; i++) {
        talk.hears(caller);
        talk.hears(other);
      }
      assertThat(talk.isToLook()).isFalse();
    }

    @Test
    void not_with_threads_that_are_no_processes() {
      for (int i = 0; i < MANY; i++) {
        talk.hears(null);
      }
      assertThat(talk.isToLook()).isFalse();
    }

    @Test
    void in_vain_it_is_not_tried_again_at_once() {
      hears(MANY);
      talk.look();
      assertThat(server.core.inTouchWith).isNull();
      hears(FEW);
      assertThat(talk.isToLook()).isFalse();
      hears(MANY);
      looksOnceNobodyWaitsForACarrier();
    }

    @Test
    void who_is_in_touch_looks_each_time() {
      eventually(() -> {
        getInTouch();
        talk.hears(caller);
        assertThat(talk.isToLook()).isTrue();
      });
    }

    @Test
    void they_part_when_another_calls() {
      getInTouch();
      talk.hears(other);
      assertThat(server.core.inTouchWith).isNull();
      assertThat(talk.isToLook()).isFalse();
    }

    @Test
    void what_has_ended_keeps_nobody() {
      getInTouch();
      Processes.exit(server, ExitReason.KILL);
      eventually(() -> assertThat(server.core.inTouchWith).isNull());
    }

    @Test
    void they_part_when_the_caller_has_looked_in_vain() {
      getInTouch();
      server.core.inTouchWith = null;
      assertThat(talk.isToLook()).isFalse();
    }
  }

  @Nested
  class Alive {
    private final CompletableFuture<Throwable> thrown = new CompletableFuture<>();
    private Pid<Probe> server;

    @BeforeEach
    void begin() {
      server = Probe.started();
    }

    @AfterEach
    void killServer() {
      Processes.exit(server, ExitReason.KILL);
    }

    private Pid<?> caller() {
      Pid<?> caller =
          Processes.spawn(() ->
              thrown.complete(
                  catchThrowable(() -> {
                    while (!enough.get()) {
                      server.call(new Probe.State());
                    }
                  })));
      eventually(() -> assertThat(server.core.inTouchWith).isSameAs(caller.core));
      return caller;
    }

    private void theyHaveParted() {
      eventually(() -> assertThat(server.core.inTouchWith).isNull());
    }

    @Test
    void they_part_when_the_caller_stops() {
      caller();
      enough.set(true);
      assertThat(thrown.join()).isNull();
      theyHaveParted();
    }

    @Test
    void a_caller_that_is_killed_is_not_kept() {
      Processes.exit(caller(), ExitReason.KILL);
      theyHaveParted();
      server.call(new Probe.State());
    }

    @Test
    void a_server_that_is_killed_fails_the_call_and_keeps_nobody() {
      caller();
      Processes.exit(server, ExitReason.KILL);
      assertThat(thrown.join()).isInstanceOf(CallFailed.class);
      theyHaveParted();
    }
  }
}
