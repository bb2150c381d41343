package dev.tend.otp.process;

import static dev.tend.otp.testkit.Eventually.eventually;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tend.otp.testkit.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** Waits end in time, whatever alarm earlier ones have left behind. */
class AlarmTest {
  private static final int MEETINGS = 10_000;
  private static final int MANY = 100;

  private final ManualTime time = new ManualTime();
  private final AtomicInteger settings = new AtomicInteger();
  private final Alarm alarm = new Alarm(new Counting());

  /** Runs as the alarm is being set, once. */
  private final AtomicReference<Runnable> whenSet = new AtomicReference<>(() -> {});

  private final class Counting implements TimeSource {
    @Override
    public long nanoTime() {
      return time.nanoTime();
    }

    @Override
    public Runnable scheduleAt(long moment, Runnable action) {
      settings.incrementAndGet();
      whenSet.getAndSet(() -> {}).run();
      return time.scheduleAt(moment, action);
    }
  }

  private void waitThatSomethingElseEnds(Duration atMost) {
    LockSupport.unpark(Thread.currentThread());
    alarm.parkUntil(time.momentAfter(atMost), this, () -> false);
  }

  private Thread waiting(Duration atMost) {
    Thread thread =
        Thread.startVirtualThread(() -> {
          long end = time.momentAfter(atMost);
          while (end - time.nanoTime() > 0) {
            alarm.parkUntil(end, this, () -> false);
          }
        });
    awaitParked(thread);
    return thread;
  }

  private static void awaitParked(Thread thread) {
    eventually(() -> assertThat(thread.getState()).isEqualTo(Thread.State.WAITING));
  }

  private static void awaitEnd(Thread thread) {
    eventually(() -> assertThat(thread.isAlive()).isFalse());
  }

  @Test
  void a_thousand_waits_with_the_same_patience_set_it_once() {
    for (int i = 0; i < 1_000; i++) {
      waitThatSomethingElseEnds(ofSeconds(5));
      time.advance(ofMillis(1));
    }
    assertThat(settings).hasValue(1);
  }

  @Test
  void where_nobody_waits_any_more_it_goes_off_once_and_is_not_set_again() {
    waitThatSomethingElseEnds(ofSeconds(5));
    time.advance(ofSeconds(5));
    assertThat(time.pending()).isZero();
    assertThat(settings).hasValue(1);
  }

  @Test
  void a_later_wait_ends_at_its_own_end_and_not_when_the_alarm_goes_off() {
    waitThatSomethingElseEnds(ofSeconds(5));
    time.advance(ofSeconds(3));
    Thread later = waiting(ofSeconds(5));
    time.advance(ofSeconds(2));
    assertThat(time.pending()).isEqualTo(1);
    awaitParked(later);
    time.advance(ofSeconds(3));
    awaitEnd(later);
    assertThat(settings).hasValue(2);
    assertThat(time.pending()).isZero();
  }

  @Test
  void a_shorter_wait_has_an_alarm_of_its_own_and_the_longer_one_is_cancelled() {
    waitThatSomethingElseEnds(ofSeconds(5));
    Thread shorter = waiting(ofSeconds(1));
    assertThat(time.pending()).isEqualTo(1);
    time.advance(ofSeconds(1));
    awaitEnd(shorter);
    assertThat(time.pending()).isZero();
  }

  @Test
  void who_has_died_leaves_none() {
    int before = SystemTime.INSTANCE.pending();
    List<Pid<?>> all = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      all.add(
          Processes.spawn(() -> {
            Processes.receive(ofHours(1), message -> message);
            Processes.receive();
          }));
    }
    eventually(() -> assertThat(SystemTime.INSTANCE.pending()).isGreaterThan(before + MANY / 2));
    all.forEach(process -> Processes.send(process, "go on"));
    all.forEach(process -> Processes.exit(process, ExitReason.KILL));
    eventually(() -> assertThat(SystemTime.INSTANCE.pending()).isLessThan(before + MANY / 2));
  }

  @Test
  void what_is_set_when_nobody_will_wait_any_more_is_taken_back() {
    alarm.cancel();
    waitThatSomethingElseEnds(ofSeconds(5));
    assertThat(settings).hasValue(1);
    assertThat(time.pending()).isZero();
  }

  @Test
  void what_an_earlier_one_replaces_while_it_is_being_set_again_is_taken_back() {
    waitThatSomethingElseEnds(ofSeconds(5));
    CountDownLatch longer = new CountDownLatch(1);
    Thread waiter =
        Thread.startVirtualThread(() -> {
          alarm.parkUntil(ofSeconds(8).toNanos(), this, () -> false);
          longer.countDown();
          alarm.parkUntil(ofSeconds(6).toNanos(), this, () -> false);
        });
    awaitParked(waiter);
    whenSet.set(() -> {
      LockSupport.unpark(waiter);
      eventually(() -> assertThat(longer.getCount()).isZero());
      awaitParked(waiter);
    });
    time.advance(ofSeconds(5));
    assertThat(time.pending()).isEqualTo(1);
    time.advance(ofSeconds(1));
    awaitEnd(waiter);
    assertThat(time.pending()).isZero();
  }

  @Test
  void one_that_could_not_be_set_is_set_by_the_next_wait() {
    whenSet.set(() -> {
      throw new OutOfMemoryError("no alarm");
    });
    assertThatThrownBy(() -> waitThatSomethingElseEnds(ofSeconds(5))).hasMessage("no alarm");
    waitThatSomethingElseEnds(ofSeconds(5));
    assertThat(time.pending()).isEqualTo(1);
  }

  @Test
  void one_that_cannot_be_set_again_wakes_who_waits_and_sets_it_then() {
    waitThatSomethingElseEnds(ofSeconds(5));
    time.advance(ofSeconds(3));
    Thread later = waiting(ofSeconds(5));
    whenSet.set(() -> {
      throw new OutOfMemoryError("no alarm");
    });
    assertThatThrownBy(() -> time.advance(ofSeconds(2))).hasMessage("no alarm");
    eventually(() -> assertThat(time.pending()).isEqualTo(1));
    time.advance(ofSeconds(3));
    awaitEnd(later);
  }

  @Test
  void what_is_there_when_the_alarm_has_been_set_is_not_waited_for() {
    alarm.parkUntil(time.momentAfter(ofSeconds(5)), this, () -> true);
    assertThat(settings).hasValue(1);
  }

  @Test
  void a_wait_that_begins_while_the_alarm_goes_off_has_one_all_the_same() {
    AtomicInteger ready = new AtomicInteger();
    AtomicInteger go = new AtomicInteger();
    Thread waiter =
        Thread.startVirtualThread(() -> {
          for (int i = 1; i <= MEETINGS; i++) {
            waitThatSomethingElseEnds(ofSeconds(5));
            long end = time.momentAfter(ofSeconds(8));
            ready.set(i);
            int round = i;
            spinUntil(() -> go.get() == round);
            while (end - time.nanoTime() > 0) {
              alarm.parkUntil(end, this, () -> false);
            }
          }
        });
    for (int i = 1; i <= MEETINGS; i++) {
      int round = i;
      spinUntil(() -> ready.get() == round);
      go.set(i);
      time.advance(ofSeconds(5));
      spinUntil(() -> waiter.getState() == Thread.State.WAITING);
      assertThat(time.pending()).isEqualTo(1);
      time.advance(ofSeconds(3));
    }
    awaitEnd(waiter);
  }

  /** Two that spin meet within nanoseconds, as those must who are to miss each other. */
  @SuppressWarnings("ThreadPriorityCheck")
  private static void spinUntil(BooleanSupplier met) {
    for (int spins = 1; !met.getAsBoolean(); spins++) {
      if (spins % 1_000 == 0) {
        Thread.yield();
      } else {
        Thread.onSpinWait();
      }
    }
  }
}
