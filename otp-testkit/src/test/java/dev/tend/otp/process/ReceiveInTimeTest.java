package dev.tend.otp.process;

import static dev.tend.otp.testkit.Eventually.eventually;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tend.otp.testkit.ManualTime;
import dev.tend.otp.testkit.OtpTest;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** What comes in time is received in time, whoever has put it into the mailbox. */
@OtpTest
class ReceiveInTimeTest {
  private final ManualTime time = new ManualTime();
  private final AtomicReference<Runnable> whenAsked = new AtomicReference<>(() -> {});
  private final AtomicReference<Runnable> whenSet = new AtomicReference<>(() -> {});
  private final CompletableFuture<Optional<Object>> received = new CompletableFuture<>();

  /** By which the receiver goes; it runs these in the receiver, each once. */
  private final class Intervening implements TimeSource {
    @Override
    public long nanoTime() {
      whenAsked.getAndSet(() -> {}).run();
      return time.nanoTime();
    }

    @Override
    public Runnable scheduleAt(long moment, Runnable action) {
      whenSet.getAndSet(() -> {}).run();
      return time.scheduleAt(moment, action);
    }
  }

  private Pid<?> inProcess(Runnable body) {
    return Processes.spawn(StartOptions.defaults().withTime(new Intervening()), body);
  }

  @Test
  void what_was_settled_while_the_alarm_was_being_set_ends_the_wait() {
    Pid<?> watched = Processes.spawn(() -> Processes.receive());
    inProcess(() -> {
      Processes.monitor(watched);
      whenSet.set(() -> {
        Processes.exit(watched, ExitReason.KILL);
        // As who sets it may have to wait for a lock, and is unparked then in the place of later.
        LockSupport.parkNanos(1);
      });
      received.complete(Processes.receive(ofHours(1), message -> message));
    });
    eventually(() -> assertThat(received).isCompletedWithValueMatching(Optional::isPresent));
  }

  @Test
  void what_was_settled_just_before_the_end_has_come_in_time() {
    inProcess(() -> {
      Processes.trapExit(true);
      Pid<?> self = Processes.self();
      whenAsked.set(() ->
          whenAsked.set(() -> {
            Processes.exit(self, new ExitReason.Term("in time"));
            time.advance(ofSeconds(6));
          }));
      received.complete(Processes.receive(ofSeconds(5), message -> message));
    });
    eventually(() -> assertThat(received).isCompletedWithValueMatching(Optional::isPresent));
  }
}
