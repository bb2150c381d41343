package dev.tend.otp.process;

import static dev.tend.otp.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tend.otp.sys.Sys;
import dev.tend.otp.testkit.OtpTest;
import dev.tend.otp.testkit.Probe;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A server takes casts that follow each other out of its mailbox together, and nobody can tell: the
 * first is being handled, and the others wait.
 */
@OtpTest
class CastsTakenTogetherTest {
  private static final int MANY = 100;

  private final Probe probe = new Probe();
  private final List<Object> handled = new CopyOnWriteArrayList<>();
  private final CountDownLatch all = new CountDownLatch(1);
  private final CountDownLatch goOn = new CountDownLatch(1);
  private Pid<Probe> server;

  @AfterEach
  void end() {
    all.countDown();
    goOn.countDown();
    Processes.exit(server, ExitReason.KILL);
  }

  private void start(StartOptions options) throws InterruptedException {
    server = probe.start(options).orThrow();
    CountDownLatch held = new CountDownLatch(1);
    server.cast(
        new Probe.Tell(() -> {
          held.countDown();
          all.await();
        }));
    held.await();
  }

  private void cast(Probe.Code code) {
    server.cast(new Probe.Tell(code));
  }

  private void castMany() {
    for (int i = 0; i < MANY; i++) {
      int number = i;
      cast(() -> handled.add(number));
    }
  }

  private static List<Object> many() {
    return new ArrayList<>(IntStream.range(0, MANY).boxed().toList());
  }

  /** Everything is there before the first of them is taken. */
  private void holdTheFirst() {
    CountDownLatch begun = new CountDownLatch(1);
    cast(() -> {
      begun.countDown();
      goOn.await();
    });
    castMany();
    all.countDown();
    eventually(() -> assertThat(begun.getCount()).isZero());
  }

  @Test
  void those_that_wait_are_counted() throws Exception {
    start(StartOptions.defaults());
    holdTheFirst();
    assertThat(server.core.info().mailbox()).isEqualTo(MANY);
    goOn.countDown();
    eventually(() -> assertThat(handled).isEqualTo(many()));
    assertThat(server.core.info().mailbox()).isZero();
  }

  @Test
  void each_keeps_its_place_in_a_bounded_mailbox() throws Exception {
    start(StartOptions.defaults().withMailboxLimit(MANY + 1));
    holdTheFirst();
    cast(() -> handled.add("one more"));
    assertThatThrownBy(() -> cast(() -> handled.add("too many"))).isInstanceOf(CallFailed.class);
    goOn.countDown();
    eventually(() -> assertThat(handled).hasSize(MANY + 1));
    cast(() -> handled.add("again"));
    eventually(() -> assertThat(handled).endsWith("one more", "again"));
  }

  @Test
  void a_handler_that_receives_meets_them_before_what_came_later() throws Exception {
    start(StartOptions.defaults());
    List<Object> met = new ArrayList<>();
    cast(() ->
        handled.add(
            Processes.receive(message -> {
              met.add(message);
              return message instanceof String ? message : null;
            })));
    castMany();
    Processes.send(server, "later");
    castMany();
    all.countDown();
    List<Object> expected = many();
    expected.addFirst("later");
    expected.addAll(many());
    eventually(() -> assertThat(handled).isEqualTo(expected));
    assertThat(met).hasSize(MANY + 1).last().isEqualTo("later");
    assertThat(met.subList(0, MANY)).allMatch(Event.Told.class::isInstance);
  }

  @Test
  void after_a_kill_none_of_them_is_handled() throws Exception {
    start(StartOptions.defaults());
    holdTheFirst();
    Processes.exit(server, ExitReason.KILL);
    goOn.countDown();
    eventually(() -> assertThat(server.core.thread()).isNull());
    assertThat(handled).isEmpty();
  }

  @Test
  void a_dead_one_keeps_none_of_them_also_if_its_handler_then_receives() throws Exception {
    start(StartOptions.defaults());
    CountDownLatch begun = new CountDownLatch(1);
    cast(() -> {
      begun.countDown();
      try {
        goOn.await();
      } catch (InterruptedException killed) {
        Processes.receive();
      }
    });
    castMany();
    all.countDown();
    begun.await();
    Processes.exit(server, ExitReason.KILL);
    eventually(() -> assertThat(server.core.thread()).isNull());
    assertThat(server.core.waiting()).isZero();
  }

  @Test
  void one_that_fails_takes_the_others_with_it() throws Exception {
    start(StartOptions.defaults());
    cast(() -> {
      throw new IllegalArgumentException("on purpose");
    });
    castMany();
    all.countDown();
    eventually(() -> assertThat(server.core.thread()).isNull());
    assertThat(server.isAlive()).isFalse();
    assertThat(handled).isEmpty();
  }

  @Test
  void what_comes_after_a_suspension_waits_for_its_end() throws Exception {
    start(StartOptions.defaults());
    castMany();
    Thread suspends = Thread.startVirtualThread(() -> Sys.suspend(server));
    eventually(() -> assertThat(server.core.info().mailbox()).isEqualTo(MANY + 1));
    castMany();
    all.countDown();
    suspends.join();
    assertThat(handled).isEqualTo(many());
    Sys.resume(server);
    eventually(() -> assertThat(handled).hasSize(2 * MANY));
  }
}
