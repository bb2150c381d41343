package dev.tend.otp.process;

import static dev.tend.otp.testkit.Eventually.eventually;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofNanos;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tend.otp.genserver.GenServer;
import dev.tend.otp.testkit.ExitRecorder;
import dev.tend.otp.testkit.ManualTime;
import dev.tend.otp.testkit.OtpTest;
import dev.tend.otp.testkit.Probe;
import dev.tend.otp.testkit.TestProcess;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Laws 4 and 8: a start is synchronous, and a name leads to the living. */
@OtpTest
class StartLawTest {
  private static final ServerName<Probe> NAME = ServerName.local("shared");

  /**
   * Either it was told ok and the process lives on, or it was told otherwise and nothing is left.
   */
  @Test
  void a_timeout_that_crosses_a_success_decides_once() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    try (ExitRecorder recorder = new ExitRecorder()) {
      for (int i = 0; i < 3_000; i++) {
        StartOptions options =
            StartOptions.named(NAME).withTimeout(ofNanos(random.nextInt(120_000)));
        recorder.within(() -> {
          StartResult<Probe> result = GenServer.startLink(new Probe(), options);
          if (result instanceof StartResult.Ok<Probe>(Pid<Probe> pid, Object info)) {
            assertThat(pid.call(new Probe.State())).as("seed %d", seed).isEqualTo("new");
            Processes.unlink(pid);
            Processes.exit(pid, ExitReason.KILL);
          }
          assertThat(NAME.whereis()).isEmpty();
        });
        assertThat(recorder.seen()).as("seed %d", seed).isEmpty();
      }
    }
  }

  @Test
  void a_starter_that_is_killed_meanwhile_takes_the_start_with_it() throws InterruptedException {
    for (int i = 0; i < 500; i++) {
      CountDownLatch inInit = new CountDownLatch(1);
      AtomicReference<Pid<?>> child = new AtomicReference<>();
      Probe stuck =
          new Probe()
              .init(() -> {
                child.set(Processes.self());
                inInit.countDown();
                new CountDownLatch(1).await();
                return Probe.ready();
              });
      Pid<?> starter = Processes.spawn(() -> GenServer.startLink(stuck, StartOptions.named(NAME)));
      inInit.await();
      Processes.exit(starter, ExitReason.KILL);
      assertThat(child.get().exitReason()).contains(ExitReason.KILLED);
      assertThat(NAME.whereis()).isEmpty();
    }
  }

  @Test
  void of_starts_under_one_name_at_once_one_succeeds() throws InterruptedException {
    for (int i = 0; i < 1_000; i++) {
      List<StartResult<Probe>> results = new CopyOnWriteArrayList<>();
      Runnable start = () -> results.add(new Probe().start(StartOptions.named(NAME)));
      assertThat(DeathLawTest.inThreads(start, start, start)).isEmpty();
      Pid<Probe> winner = NAME.whereis().orElseThrow();
      assertThat(results)
          .containsExactlyInAnyOrder(
              new StartResult.Ok<>(winner, null),
              new StartResult.AlreadyStarted<>(winner),
              new StartResult.AlreadyStarted<>(winner));
      Processes.exit(winner, ExitReason.KILL);
    }
  }

  @Test
  void whereis_never_returns_one_that_was_dead_before() throws InterruptedException {
    AtomicReference<Pid<?>> killed = new AtomicReference<>();
    AtomicBoolean over = new AtomicBoolean();
    Runnable look =
        () -> {
          while (!over.get()) {
            Pid<?> dead = killed.get();
            Pid<?> found = NAME.whereis().orElse(null);
            if (found != null && dead != null) {
              assertThat(found.compareTo(dead)).isPositive();
            }
          }
        };
    Runnable kill =
        () -> {
          for (int i = 0; i < 5_000; i++) {
            Pid<Probe> pid = new Probe().start(StartOptions.named(NAME)).orThrow();
            Processes.exit(pid, ExitReason.KILL);
            killed.set(pid);
          }
          over.set(true);
        };
    assertThat(DeathLawTest.inThreads(look, look, kill)).isEmpty();
  }

  @Test
  void a_name_has_one_holder_and_can_be_given_up() {
    Pid<Probe> a = Probe.started();
    Pid<Probe> b = Probe.started();
    assertThat(Processes.register(NAME, a)).isTrue();
    assertThat(Processes.register(NAME, a)).isFalse();
    assertThat(Processes.register(NAME, b)).isFalse();
    NAME.via().unregister(NAME.key());
    assertThat(Processes.register(NAME, b)).isTrue();
    Processes.exit(a, ExitReason.KILL);
    assertThat(NAME.whereis()).contains(b);
    Processes.exit(b, ExitReason.KILL);
    assertThat(Processes.register(NAME, b)).isFalse();
  }

  /**
   * Refuses so often although nobody has the name, as where its holder always dies between the two
   * looks.
   */
  private record Refusing(AtomicInteger left) implements Via {
    @Override
    public boolean register(Object key, Pid<?> pid) {
      return left.getAndDecrement() <= 0;
    }

    @Override
    public void unregister(Object key) {}

    @Override
    public Optional<Pid<?>> whereis(Object key) {
      return Optional.empty();
    }

    @Override
    public String toString() {
      return "refusing";
    }
  }

  @Test
  void a_name_that_is_refused_and_nobodys_fails_the_start() {
    ServerName<Probe> name =
        ServerName.via(new Refusing(new AtomicInteger(Integer.MAX_VALUE)), "key");
    ExitReason refused = new ExitReason.Term(new NameRefused(name));
    assertThat(new Probe().start(StartOptions.named(name).withTimeout(ofSeconds(30))))
        .isEqualTo(new StartResult.Failed<>(refused));
    assertThat(refused.toString()).contains("{via, refusing, key}");
  }

  @Test
  void a_name_whose_holder_has_died_just_now_is_tried_for_again() {
    ServerName<Probe> name = ServerName.via(new Refusing(new AtomicInteger(50)), "key");
    Pid<Probe> pid = new Probe().start(StartOptions.named(name)).orThrow();
    Processes.exit(pid, ExitReason.KILL);
  }

  @Test
  void a_failed_start_is_not_heard_by_a_trapping_starter() {
    TestProcess.run(() -> {
      Processes.trapExit(true);
      for (int i = 0; i < 1_000; i++) {
        GenServer.startLink(
            new Probe()
                .init(() -> {
                  throw new IllegalStateException();
                }),
            StartOptions.defaults());
      }
      assertThat(Processes.receive(ZERO, m -> m)).isEmpty();
      eventually(() -> assertThat(Processes.self().core.info().links()).isZero());
    });
  }

  @Test
  void receive_is_selective_and_keeps_the_order_of_the_rest() {
    TestProcess.run(() -> {
      for (int i = 0; i < 1_000; i++) {
        Processes.send(Processes.self(), i);
      }
      assertThat(Processes.<Object>receive(m -> m.equals(700) ? m : null)).isEqualTo(700);
      assertThat(Processes.receive(ZERO, m -> m.equals(-1) ? m : null)).isEmpty();
      assertThat(Processes.receive(ZERO, m -> m.equals(999) ? m : null)).contains(999);
      for (int i = 0; i < 999; i++) {
        if (i != 700) {
          assertThat(Processes.receive()).isEqualTo(i);
        }
      }
      assertThat(Processes.receive(ZERO, m -> m)).isEmpty();
    });
  }

  /** A parent that ends with normal does not take along who traps no exits: nobody is to wait. */
  @Test
  void a_name_of_one_who_outlives_its_parent_is_taken() {
    outlived(() -> {});
  }

  @Test
  void a_name_of_one_whom_its_parent_has_let_go_is_taken() {
    outlived(() -> Processes.unlink(NAME.whereis().orElseThrow()));
  }

  private static void outlived(Runnable last) {
    Pid<?> parent =
        Processes.spawn(() -> {
          GenServer.startLink(new Probe(), StartOptions.named(NAME)).orThrow();
          last.run();
        });
    Processes.awaitExit(parent);
    Pid<Probe> child = NAME.whereis().orElseThrow();
    StartOptions inNoTime = StartOptions.named(NAME).withTime(new ManualTime());
    assertThat(new Probe().start(inNoTime.withTimeout(ofSeconds(20))))
        .isEqualTo(new StartResult.AlreadyStarted<>(child));
    Processes.exit(child, ExitReason.KILL);
  }
}
