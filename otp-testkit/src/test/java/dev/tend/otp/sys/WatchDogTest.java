package dev.tend.otp.sys;

import static dev.tend.otp.testkit.Eventually.eventually;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Happening;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.ProcessInfo;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.StartOptions;
import dev.tend.otp.process.Story;
import dev.tend.otp.process.WatchDog;
import dev.tend.otp.process.Zombie;
import dev.tend.otp.testkit.Logs;
import dev.tend.otp.testkit.OtpTest;
import dev.tend.otp.testkit.Probe;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Handlers that run too long, and threads that outlive their process. */
@OtpTest
class WatchDogTest {
  private final Duration before = WatchDog.limit();
  private final Logs logs = new Logs();
  private final CountDownLatch go = new CountDownLatch(1);
  private final AtomicReference<Thread> handler = new AtomicReference<>();
  private final CountDownLatch spinning = new CountDownLatch(1);
  private final AtomicBoolean stop = new AtomicBoolean();

  /** A start, and the way to where a handler stays, may take longer than a short limit. */
  @BeforeEach
  void noLimitYet() {
    WatchDog.setLimit(ZERO);
  }

  @AfterEach
  void end() {
    stop.set(true);
    go.countDown();
    WatchDog.setLimit(before);
    logs.close();
  }

  private void waitThere() throws InterruptedException {
    handler.set(Thread.currentThread());
    go.await();
  }

  private void spinThere() {
    while (!stop.get()) {
      spinning.countDown();
      Thread.onSpinWait();
    }
  }

  private void untilItWaits() {
    eventually(() -> assertThat(handler.get().getState()).isEqualTo(Thread.State.WAITING));
  }

  private void untilItSpins() {
    eventually(() -> assertThat(spinning.getCount()).isZero());
  }

  @Test
  void a_handler_that_waits_too_long_is_reported_once() {
    Pid<Probe> server = Probe.started();
    Pid<Probe> other = Probe.started();
    server.cast(new Probe.Tell(this::waitThere));
    Processes.send(server, "waits too");
    untilItWaits();
    WatchDog.setLimit(ofMillis(2));
    eventually(() -> assertThat(logs.with(server)).isNotEmpty());
    for (int i = 1; i <= 3; i++) {
      CountDownLatch next = new CountDownLatch(1);
      other.cast(new Probe.Tell(next::await));
      int reports = i;
      eventually(() -> assertThat(logs.with(other)).as("one for each handler").hasSize(reports));
      next.countDown();
    }
    assertThat(logs.with(server)).hasSize(1);
    assertThat(Story.after(0))
        .extracting(Story.Event::what)
        .filteredOn(what -> what instanceof Happening.Overdue late && late.pid().equals(server))
        .singleElement()
        .satisfies(what -> assertThat(((Happening.Overdue) what).zombie()).isFalse());
    assertThat(logs.with(server).getFirst())
        .startsWith("Probe " + server + " handles one event for very long\n")
        .contains(
            "its thread: waits (WAITING)\n    at ",
            "WatchDogTest.waitThere(",
            "waiting messages: 1")
        .doesNotContain("BehaviourTurns");
    for (Pid<?> pid : List.of(server, other)) {
      Processes.exit(pid, ExitReason.KILL);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void one_that_holds_its_thread_is_told_from_one_that_waits(boolean platform) {
    StartOptions options = StartOptions.defaults();
    Pid<Probe> server =
        new Probe().start(platform ? options.onPlatformThread() : options).orThrow();
    server.cast(new Probe.Tell(this::spinThere));
    untilItSpins();
    WatchDog.setLimit(ofMillis(2));
    eventually(() -> assertThat(logs.with(server)).hasSize(1));
    assertThat(logs.with(server).getFirst()).contains("(RUNNABLE)", "WatchDogTest.spinThere(");
    Processes.exit(server, ExitReason.KILL);
  }

  @Test
  void init_is_watched_as_well() {
    WatchDog.setLimit(ofMillis(2));
    CompletableFuture<Pid<Probe>> started = new CompletableFuture<>();
    Probe slow =
        new Probe()
            .init(() -> {
              waitThere();
              return Probe.ready();
            });
    Thread.startVirtualThread(() -> started.complete(slow.start()));
    eventually(() -> assertThat(logs.with("Probe <")).hasSize(1));
    go.countDown();
    Pid<Probe> server = started.join();
    assertThat(logs.with("Probe " + server)).hasSize(1);
    Processes.exit(server, ExitReason.KILL);
  }

  @Test
  void how_long_a_handler_has_run_is_seen_from_outside() {
    WatchDog.setLimit(ofMillis(4));
    Instant start = Instant.now();
    Pid<Probe> server = Probe.started();
    server.cast(new Probe.Tell(this::waitThere));
    eventually(() -> {
      ProcessInfo info = Processes.info(server).orElseThrow();
      assertThat(info.handlingFor()).isPositive();
      assertThat(info.since()).isBetween(start.minusSeconds(1), Instant.now().plusSeconds(1));
    });
    go.countDown();
    server.call(new Probe.State(), ofSeconds(30));
    eventually(() -> assertThat(Processes.info(server).orElseThrow().handlingFor()).isNull());
    Processes.exit(server, ExitReason.KILL);
  }

  @Test
  void a_zombie_is_reported_once_with_its_stack() {
    Pid<Probe> server = Probe.started();
    server.cast(new Probe.Tell(this::spinThere));
    untilItSpins();
    WatchDog.setLimit(ofMillis(2));
    Processes.exit(server, ExitReason.KILL);
    String dead = server + " is dead";
    eventually(() -> assertThat(logs.with(dead)).isNotEmpty());
    Zombie zombie =
        Processes.snapshot().zombies().stream()
            .filter(z -> z.pid() == server)
            .findFirst()
            .orElseThrow();
    assertThat(zombie.kind()).isEqualTo("Probe");
    assertThat(zombie.stack()).anyMatch(frame -> frame.getMethodName().equals("spinThere"));
    Pid<Probe> other = Probe.started();
    other.cast(new Probe.Tell(this::waitThere));
    eventually(() -> assertThat(logs.with(other)).isNotEmpty());
    assertThat(logs.with(dead)).hasSize(1);
    assertThat(logs.with(dead).getFirst()).contains("killed", "WatchDogTest.spinThere(");
    stop.set(true);
    Processes.exit(other, ExitReason.KILL);
    eventually(() -> assertThat(Processes.snapshot().zombies()).isEmpty());
  }

  @Test
  void with_no_limit_it_does_not_look() {
    Pid<Probe> server = Probe.started();
    server.cast(new Probe.Tell(this::waitThere));
    untilItWaits();
    assertThat(Processes.info(server).orElseThrow().handlingFor()).isNull();
    WatchDog.setLimit(ofMillis(2));
    eventually(() -> assertThat(logs.with(server)).hasSize(1));
    Processes.exit(server, ExitReason.KILL);
  }
}
