package dev.tend.otp.process;

import static dev.tend.otp.testkit.Eventually.eventually;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tend.otp.testkit.ManualTime;
import dev.tend.otp.testkit.OtpTest;
import dev.tend.otp.testkit.Probe;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who waits for an end waits for all of it, by its own time, and costs nobody anything. */
@OtpTest
class AwaitExitTest {
  private static final ExitReason WHY = new ExitReason.Term("why");

  private Pid<Probe> awaited;

  @BeforeEach
  void start() {
    awaited = Probe.started();
  }

  @AfterEach
  void end() {
    Processes.exit(awaited, ExitReason.KILL);
  }

  private static void waits(Thread thread) {
    eventually(
        () -> assertThat(thread.getState()).isIn(Thread.State.WAITING, Thread.State.TIMED_WAITING));
  }

  @Test
  void goes_by_the_time_of_the_process_that_waits() {
    ManualTime time = new ManualTime();
    CompletableFuture<Optional<ExitReason>> result = new CompletableFuture<>();
    Processes.spawn(
        StartOptions.defaults().withTime(time),
        () -> result.complete(Processes.awaitExit(awaited, ofMinutes(1))));
    eventually(() -> assertThat(time.pending()).isEqualTo(1));
    time.advance(ofMinutes(1));
    eventually(() -> assertThat(result).isCompletedWithValue(Optional.empty()));
    eventually(() -> assertThat(time.pending()).isZero());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void an_interrupt_neither_ends_the_wait_nor_is_lost(boolean before) {
    CompletableFuture<Optional<ExitReason>> result = new CompletableFuture<>();
    AtomicBoolean interrupted = new AtomicBoolean();
    Thread thread =
        Thread.startVirtualThread(() -> {
          if (before) {
            Thread.currentThread().interrupt();
          }
          Optional<ExitReason> reason = Processes.awaitExit(awaited, ofMinutes(1));
          interrupted.set(Thread.currentThread().isInterrupted());
          result.complete(reason);
        });
    waits(thread);
    if (!before) {
      thread.interrupt();
      waits(thread);
    }
    assertThat(result).isNotDone();
    Processes.exit(awaited, WHY);
    eventually(() -> assertThat(result).isCompletedWithValue(Optional.of(WHY)));
    assertThat(interrupted).isTrue();
  }

  @Test
  void a_process_killed_while_it_waits_waits_no_more() {
    CompletableFuture<Throwable> thrown = new CompletableFuture<>();
    Pid<?> waiter =
        Processes.spawn(() -> {
          try {
            Processes.awaitExit(awaited, ofMinutes(1));
          } catch (DeadProcess gone) {
            thrown.complete(gone);
            throw gone;
          }
        });
    eventually(() -> assertThat(waiter.core.thread()).isNotNull());
    waits(waiter.core.thread());
    Processes.exit(waiter, ExitReason.KILL);
    eventually(() -> assertThat(thrown).isDone());
  }

  @Test
  void makes_no_process() {
    int before = Processes.snapshot().processes().size();
    Thread thread = Thread.startVirtualThread(() -> Processes.awaitExit(awaited, ofMinutes(1)));
    waits(thread);
    assertThat(Processes.snapshot().processes()).hasSize(before);
  }

  @Test
  void those_who_gave_up_do_not_gather() throws InterruptedException {
    List<WeakReference<Thread>> threads = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      Thread thread = Thread.startVirtualThread(() -> Processes.awaitExit(awaited, ofMillis(1)));
      thread.join();
      threads.add(new WeakReference<>(thread));
    }
    eventually(() -> {
      System.gc();
      assertThat(threads.stream().filter(t -> t.get() != null).count()).isLessThan(5);
    });
  }

  @Test
  void who_is_linked_has_heard_and_what_is_owned_is_closed_when_it_returns() throws Exception {
    for (int i = 0; i < 500; i++) {
      AtomicBoolean closed = new AtomicBoolean();
      CompletableFuture<Pid<?>> linked = new CompletableFuture<>();
      CountDownLatch ready = new CountDownLatch(1);
      boolean owner = i % 2 == 0;
      Pid<?> victim =
          Processes.spawn(() -> {
            if (owner) {
              Processes.own(() -> closed.set(true));
            }
            linked.complete(Processes.spawnLink(Processes::receive));
            ready.countDown();
            Processes.receive();
          });
      ready.await();
      Thread killer = Thread.startVirtualThread(() -> Processes.exit(victim, WHY));
      assertThat(Processes.awaitExit(victim, ofMinutes(1))).contains(WHY);
      assertThat(closed.get()).isEqualTo(owner);
      assertThat(linked.get().exitReason()).contains(WHY);
      killer.join();
    }
  }

  @Test
  void of_one_that_is_dead_it_tells_the_reason_at_once() {
    Processes.exit(awaited, WHY);
    for (int i = 0; i < 2; i++) {
      assertThat(Processes.awaitExit(awaited, ofMinutes(1))).contains(WHY);
    }
  }
}
