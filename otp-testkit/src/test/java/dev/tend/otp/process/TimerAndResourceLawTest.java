package dev.tend.otp.process;

import static dev.tend.otp.testkit.Eventually.eventually;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tend.otp.genserver.GenServer;
import dev.tend.otp.genserver.Init;
import dev.tend.otp.supervisor.ChildInfo;
import dev.tend.otp.supervisor.ChildSpec;
import dev.tend.otp.supervisor.Flags;
import dev.tend.otp.supervisor.Strategy;
import dev.tend.otp.supervisor.Supervisor;
import dev.tend.otp.testkit.ExitRecorder;
import dev.tend.otp.testkit.ManualTime;
import dev.tend.otp.testkit.OtpTest;
import dev.tend.otp.testkit.Probe;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Timers, and law 10: what a process owns is closed before anyone hears of its death. */
@OtpTest
class TimerAndResourceLawTest {
  private final Probe probe = new Probe();

  /** As where a lock has to be waited for, and the stack is nearly full. */
  @Nested
  class TimersThatFail {
    private final AtomicBoolean cannotBeSet = new AtomicBoolean();
    private final AtomicBoolean isBroken = new AtomicBoolean();
    private Pid<Probe> server;

    private final class Failing implements TimeSource {
      @Override
      public long nanoTime() {
        return 0;
      }

      @Override
      public Runnable scheduleAt(long moment, Runnable action) {
        if (cannotBeSet.get()) {
          throw new StackOverflowError("cannot be set");
        }
        return () -> {
          if (isBroken.get()) {
            throw new IllegalStateException("cannot be stopped");
          }
          throw new StackOverflowError("cannot be stopped");
        };
      }
    }

    @BeforeEach
    void start() {
      server = probe.start(StartOptions.defaults().withTime(new Failing())).orThrow();
    }

    @AfterEach
    void kill() {
      Processes.exit(server, ExitReason.KILL);
    }

    @Test
    void one_that_cannot_be_set_is_not_there() {
      cannotBeSet.set(true);
      assertThatThrownBy(() -> Processes.sendAfter(ofSeconds(1), server, "never"))
          .hasMessage("cannot be set");
      assertThat(Processes.info(server).orElseThrow().timers()).isZero();
    }

    @Test
    void one_without_a_delay_is_refused_in_the_caller() {
      assertThatThrownBy(() -> Processes.sendAfter(null, server, "never"))
          .isInstanceOf(NullPointerException.class)
          .hasMessage("delay");
      assertThat(Processes.info(server).orElseThrow().timers()).isZero();
    }

    @Test
    void what_others_have_sent_behind_it_is_not_lost() throws InterruptedException {
      cannotBeSet.set(true);
      Thread failing;
      synchronized (server.core) {
        failing =
            Thread.ofVirtual()
                .unstarted(() ->
                    assertThatThrownBy(() -> Processes.sendAfter(ofSeconds(1), server, "never"))
                        .hasMessage("cannot be set"));
        failing.start();
        eventually(() -> assertThat(server.core.countInbox()).isEqualTo(1));
        server.core.push(new Signal.Sent("one"));
        server.core.push(new Signal.Sent("two"));
      }
      failing.join();
      Processes.send(server, "three");
      eventually(() -> assertThat(probe.seen).containsExactly("one", "two", "three"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void one_that_cannot_be_stopped_keeps_no_death_from_being_told(boolean broken) {
      isBroken.set(broken);
      Processes.sendAfter(ofSeconds(1), server, "never");
      Pid<?> watcher =
          Processes.spawn(() -> {
            Processes.monitor(server);
            Processes.receive();
          });
      eventually(() -> assertThat(Processes.info(watcher).orElseThrow().monitors()).isEqualTo(1));
      Processes.exit(server, ExitReason.KILL);
      eventually(() -> assertThat(watcher.isAlive()).isFalse());
    }
  }

  @Nested
  class Timers {
    private final ManualTime time = new ManualTime();
    private Pid<Probe> server;

    @BeforeEach
    void start() {
      server = probe.start(StartOptions.defaults().withTime(time)).orThrow();
    }

    @Test
    void a_started_timer_says_which_it_was_and_how_long_it_takes() {
      Timer timer = Processes.startTimer(ofSeconds(3), server, "three");
      time.advance(ofSeconds(1));
      assertThat(timer.remaining()).contains(ofSeconds(2));
      time.advance(ofSeconds(2));
      server.call(new Probe.State());
      assertThat(probe.seen).containsExactly(new TimerFired(timer, "three"));
      assertThat(timer.remaining()).isEmpty();
      assertThat(timer.cancel()).isFalse();

      Timer cancelled = Processes.startTimer(ofSeconds(3), server, "never");
      assertThat(cancelled.cancel()).isTrue();
      assertThat(cancelled.remaining()).isEmpty();
      time.advance(ofSeconds(10));
      server.call(new Probe.State());
      assertThat(probe.seen).hasSize(1);
      Processes.exit(server, ExitReason.KILL);
    }

    /** A clock that waits for a lock of its own may use up the permit of whoever sends. */
    @Test
    void a_message_that_comes_while_the_alarm_is_set_is_seen() {
      Processes.exit(server, ExitReason.KILL);
      CountDownLatch setting = new CountDownLatch(1);
      CountDownLatch goOn = new CountDownLatch(1);
      TimeSource slow =
          new TimeSource() {
            @Override
            public long nanoTime() {
              return time.nanoTime();
            }

            @Override
            public Runnable scheduleAt(long moment, Runnable action) {
              setting.countDown();
              assertThatCode(goOn::await).doesNotThrowAnyException();
              return time.scheduleAt(moment, action);
            }
          };
      AtomicReference<Object> seen = new AtomicReference<>();
      Pid<?> waiter =
          Processes.spawn(
              StartOptions.defaults().withTime(slow),
              () -> seen.set(Processes.receive(ofSeconds(5), m -> m)));
      assertThatCode(setting::await).doesNotThrowAnyException();
      Processes.send(waiter, "come");
      goOn.countDown();
      assertThat(Processes.awaitExit(waiter, ofSeconds(10))).contains(ExitReason.NORMAL);
      assertThat(seen.get()).isEqualTo(Optional.of("come"));
    }

    /** What a process waits for is timed by its own clock: the test's, and never the machine's. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void waiting_goes_by_the_process_own_time(boolean inCall) {
      Processes.exit(server, ExitReason.KILL);
      AtomicReference<Object> outcome = new AtomicReference<>("waits");
      Pid<Probe> silent = Probe.started();
      Pid<?> waiter =
          Processes.spawn(
              StartOptions.defaults().withTime(time),
              () -> {
                try {
                  outcome.set(
                      inCall
                          ? silent.call(
                              new Probe.Handle<>((from, state) -> Probe.on(state)), ofSeconds(5))
                          : Processes.receive(ofSeconds(5), m -> m));
                } catch (CallFailed failed) {
                  outcome.set(failed.why());
                }
              });
      eventually(() -> assertThat(time.pending()).isEqualTo(1));
      time.advance(ofSeconds(5).minusNanos(1));
      assertThat(outcome.get()).isEqualTo("waits");
      eventually(() -> assertThat(time.pending()).isEqualTo(1));
      time.advance(ofSeconds(1));
      Processes.awaitExit(waiter, ofSeconds(10));
      assertThat(outcome.get()).isInstanceOf(inCall ? CallFailed.Timeout.class : Optional.class);
      assertThat(time.pending()).isZero();
      Processes.exit(silent, ExitReason.KILL);
    }

    @Test
    void messages_come_when_they_are_due_and_in_that_order() {
      Processes.sendAfter(ofSeconds(3), server, "three");
      Processes.sendAfter(ofSeconds(1), server, "one");
      Processes.sendAfter(ofSeconds(2), server, "two");
      time.advance(ofSeconds(2));
      server.call(new Probe.State());
      assertThat(probe.seen).containsExactly("one", "two");
      time.advance(ofSeconds(1));
      server.call(new Probe.State());
      assertThat(probe.seen).containsExactly("one", "two", "three");
      Processes.exit(server, ExitReason.KILL);
    }

    @Test
    void a_cancelled_one_never_comes() {
      Timer timer = Processes.sendAfter(ofSeconds(1), server, "never");
      assertThat(server.core.info().timers()).isEqualTo(1);
      assertThat(timer.cancel()).isTrue();
      assertThat(timer.cancel()).isFalse();
      time.advance(ofSeconds(9));
      server.call(new Probe.State());
      assertThat(probe.seen).isEmpty();
      Timer sent = Processes.sendAfter(ofSeconds(1), server, "sent");
      time.advance(ofSeconds(9));
      assertThat(sent.cancel()).isFalse();
      Processes.exit(server, ExitReason.KILL);
    }

    @Test
    void the_death_of_the_receiver_forgets_them() {
      Processes.sendAfter(ofSeconds(1), server, "never");
      Processes.exit(server, ExitReason.KILL);
      assertThat(time.pending()).isZero();
      assertThat(Processes.sendAfter(ofSeconds(1), server, "never").cancel()).isFalse();
      assertThat(time.pending()).isZero();
    }
  }

  @Nested
  class Resources {
    private final List<String> order = new CopyOnWriteArrayList<>();

    private Pid<Probe> owning(AutoCloseable... resources) {
      return probe
          .init(() -> {
            for (AutoCloseable resource : resources) {
              Processes.own(resource);
            }
            return Probe.ready();
          })
          .start();
    }

    @Test
    void are_closed_on_a_platform_thread_before_anyone_hears() {
      AtomicBoolean platform = new AtomicBoolean();
      Pid<Probe> owner =
          owning(
              () -> order.add("first"),
              () -> {
                platform.set(!Thread.currentThread().isVirtual());
                order.add("second");
                throw new IOException("is logged");
              });
      try (ExitRecorder recorder = new ExitRecorder().link(owner)) {
        recorder.within(() -> Processes.monitor(owner));
        Processes.exit(owner, ExitReason.KILL);
        recorder.await(2);
        assertThat(order).containsExactly("second", "first");
        assertThat(platform).isTrue();
      }
    }

    @Test
    void links_and_monitors_made_while_they_close_hear_the_reason() {
      CountDownLatch close = new CountDownLatch(1);
      Pid<Probe> owner = owning(close::await);
      Processes.exit(owner, ExitReason.KILL);
      try (ExitRecorder recorder = new ExitRecorder().link(owner).monitor(owner)) {
        recorder.within(() -> order.add("asked"));
        close.countDown();
        recorder.await(2);
        assertThat(recorder.reasons()).containsExactly(ExitReason.KILLED, ExitReason.KILLED);
      }
    }

    @Test
    void that_hang_delay_the_news_and_no_more() {
      CountDownLatch close = new CountDownLatch(1);
      Pid<Probe> owner =
          owning(
              () -> order.add("after"),
              () -> {
                close.await();
                order.add("hung");
              });
      try (ExitRecorder recorder = new ExitRecorder().monitor(owner)) {
        Processes.exit(owner, ExitReason.KILL);
        recorder.await(1);
        assertThat(order).isEmpty();
        close.countDown();
        eventually(() -> assertThat(order).containsExactly("hung", "after"));
      }
    }

    @Test
    void of_the_dead_are_closed_at_once() throws InterruptedException {
      CountDownLatch ready = new CountDownLatch(1);
      AtomicBoolean dead = new AtomicBoolean();
      Pid<?> pid =
          Processes.spawn(() -> {
            ready.countDown();
            while (!dead.get()) {
              Thread.onSpinWait();
            }
            Processes.own(() -> order.add("closed"));
            order.add("not reached");
          });
      ready.await();
      Processes.exit(pid, ExitReason.KILL);
      dead.set(true);
      eventually(() -> assertThat(order).containsExactly("closed"));
    }

    /** Its key is a value of the program's, and shows itself by its own code. */
    private record Rude() {
      @Override
      public String toString() {
        throw new IllegalStateException("is not shown");
      }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void are_closed_though_their_owners_name_cannot_be_shown(boolean platform) {
      StartOptions named = StartOptions.named(ServerName.via(LocalNames.TABLE, new Rude()));
      Pid<Probe> owner =
          probe
              .init(() -> {
                Processes.own(() -> order.add("closed"));
                return Probe.ready();
              })
              .start(platform ? named.onPlatformThread() : named)
              .orThrow();
      try (ExitRecorder recorder = new ExitRecorder().monitor(owner)) {
        Processes.exit(owner, ExitReason.KILL);
        recorder.await(1);
      }
      assertThat(order).containsExactly("closed");
    }

    @Test
    void given_up_are_left_alone() {
      AutoCloseable resource = () -> order.add("closed");
      Pid<Probe> owner = owning(resource);
      owner.call(
          new Probe.Run<>(() -> {
            Processes.disown(resource);
            return true;
          }));
      Processes.exit(owner, ExitReason.KILL);
      try (ExitRecorder recorder = new ExitRecorder().monitor(owner)) {
        recorder.await(1);
      }
      assertThat(order).isEmpty();
    }

    @Test
    void a_restarted_listener_finds_its_port_free() throws IOException {
      int port = freePort();
      AtomicInteger failed = new AtomicInteger();
      ChildSpec listener =
          ChildSpec.worker(
              "listener",
              () ->
                  GenServer.startLink(
                      new Probe().init(() -> listen(port, failed)), StartOptions.defaults()));
      Pid<Supervisor> sup =
          Supervisor.start(
                  new Flags(Strategy.ONE_FOR_ONE, 1_000, ofSeconds(60)),
                  List.of(listener),
                  StartOptions.defaults())
              .orThrow();
      List<Pid<?>> seen = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        eventually(() ->
            assertThat(Supervisor.whichChildren(sup).getFirst().state())
                .isInstanceOfSatisfying(
                    ChildInfo.Running.class,
                    running -> assertThat(seen.contains(running.pid())).isFalse()));
        Pid<?> pid =
            Supervisor.whichChildren(sup).getFirst().state()
                    instanceof ChildInfo.Running(Pid<?> now)
                ? now
                : owner();
        seen.add(pid);
        Processes.exit(pid, ExitReason.KILL);
      }
      assertThat(Processes.stop(sup, ExitReason.SHUTDOWN, ofSeconds(10))).isPresent();
      assertThat(failed.get()).isZero();
    }

    /** One that no program gets that asks for any port, for a moment in between it is free. */
    private static int freePort() {
      for (int port = 20_000 + new Random().nextInt(10_000); ; port++) {
        try (ServerSocket free = new ServerSocket(port, 50, InetAddress.getLoopbackAddress())) {
          return free.getLocalPort();
        } catch (IOException taken) {
          // Then the next.
        }
      }
    }

    private static Pid<?> owner() {
      throw new AssertionError("it has ended by itself");
    }

    private static Init<Object> listen(int port, AtomicInteger failed) {
      try {
        ServerSocket socket = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
        Thread acceptor = Thread.ofPlatform().daemon().start(() -> accept(socket));
        Processes.own(() -> closeWholly(socket, acceptor));
        return Probe.ready();
      } catch (IOException e) {
        failed.incrementAndGet();
        return Init.stop(new ExitReason.Crash(e));
      }
    }

    /** The kernel keeps the port for as long as a thread is inside accept. */
    private static void closeWholly(ServerSocket socket, Thread acceptor) throws Exception {
      socket.close();
      acceptor.join();
    }

    private static void accept(ServerSocket socket) {
      try (socket) {
        socket.accept().close();
      } catch (IOException e) {
        // closed
      }
    }

    @Test
    void of_a_failed_start_are_closed_before_it_returns() {
      Init<Object> stop = Init.stop(ExitReason.SHUTDOWN);
      StartResult<Probe> result =
          probe
              .init(() -> {
                Processes.own(() -> order.add("closed"));
                return stop;
              })
              .start(StartOptions.defaults().withTimeout(ofSeconds(60)));
      assertThat(result).isEqualTo(new StartResult.Failed<>(ExitReason.SHUTDOWN));
      assertThat(order).containsExactly("closed");
    }
  }
}
