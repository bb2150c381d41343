package dev.tend.otp.process;

import static dev.tend.otp.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.tend.otp.testkit.ExitRecorder;
import dev.tend.otp.testkit.OtpTest;
import dev.tend.otp.testkit.Probe;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What goes wrong with a holding harms nobody but who asked for it. */
@OtpTest
class HoldingLawTest {
  private static final Holding BROKEN =
      () -> {
        throw new AssertionError("release");
      };

  private static Thread started(Runnable code) {
    return Thread.ofPlatform().daemon().start(code);
  }

  private static void inLine(Thread thread) {
    eventually(
        () -> assertThat(thread.getState()).isIn(Thread.State.BLOCKED, Thread.State.TERMINATED));
  }

  private static boolean isReleased(CountDownLatch latch) {
    try {
      return latch.await(60, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void an_error_while_acquiring_is_its_senders_and_loses_no_other_signal() throws Exception {
    Pid<Probe> server = Probe.started();
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch leave = new CountDownLatch(1);
    Thread first =
        started(() ->
            Processes.hold(
                server,
                () -> {},
                () -> {
                  inside.countDown();
                  return isReleased(leave);
                }));
    inside.await();
    AssertionError mine = new AssertionError("mine");
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Thread second =
        started(() ->
            thrown.set(
                catchThrowable(() ->
                    Processes.hold(
                        server,
                        () -> {},
                        () -> {
                          throw mine;
                        }))));
    inLine(second);
    CompletableFuture<Object> seen = new CompletableFuture<>();
    Thread third = started(() -> server.cast(new Probe.Tell(() -> seen.complete("it"))));
    inLine(third);
    leave.countDown();
    eventually(() -> assertThat(seen).isCompletedWithValue("it"));
    first.join();
    second.join();
    assertThat(thrown).hasValue(mine);
    Processes.exit(server, ExitReason.KILL);
  }

  @Test
  void an_error_while_releasing_hides_no_death() {
    Pid<Probe> server = Probe.started();
    Processes.hold(server, BROKEN, () -> true);
    try (ExitRecorder recorder = new ExitRecorder().monitor(server)) {
      Processes.exit(server, ExitReason.KILL);
      recorder.await(1);
      assertThat(recorder.reasons()).containsExactly(ExitReason.KILLED);
    }
  }

  @Test
  void an_error_while_letting_go_harms_nobody() {
    Pid<Probe> server = Probe.started();
    Processes.hold(server, BROKEN, () -> true);
    Processes.letGo(server, BROKEN);
    assertThat(server.call(new Probe.State())).isEqualTo("new");
    Processes.exit(server, ExitReason.KILL);
  }
}
