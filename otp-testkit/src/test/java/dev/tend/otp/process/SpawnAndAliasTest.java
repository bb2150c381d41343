package dev.tend.otp.process;

import static dev.tend.otp.testkit.Eventually.eventually;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tend.otp.genserver.GenServer;
import dev.tend.otp.genserver.Init;
import dev.tend.otp.testkit.OtpTest;
import dev.tend.otp.testkit.Probe;
import dev.tend.otp.testkit.TestProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Processes born watched, addresses that can be taken back, and what a process says of itself. */
@OtpTest
class SpawnAndAliasTest {
  private static final ExitReason BOOM = new ExitReason.Term("boom");

  private static Down nextDown(MonitorRef ref) {
    return Processes.receive(m -> m instanceof Down down && down.ref() == ref ? down : null);
  }

  @Nested
  class Spawn_monitor {

    @Test
    void tells_the_real_reason_however_short_the_life() {
      TestProcess.run(() -> {
        for (int i = 0; i < 2_000; i++) {
          Monitored<?> child =
              Processes.spawnMonitor(() -> {
                throw Processes.exit(BOOM);
              });
          assertThat(nextDown(child.monitor()))
              .isEqualTo(new Down(child.monitor(), child.pid(), BOOM));
        }
        assertThat(Processes.receive(ZERO, m -> m)).isEmpty();
      });
    }

    @Test
    void can_be_demonitored_as_any_other() {
      TestProcess.run(() -> {
        Monitored<?> child = Processes.spawnMonitor(Processes::receive);
        Processes.demonitor(child.monitor());
        Processes.exit(child.pid(), ExitReason.KILL);
        Processes.awaitExit(child.pid(), ofSeconds(10));
        assertThat(Processes.receive(ZERO, m -> m)).isEmpty();
      });
    }

    @Test
    void of_a_dead_process_starts_nothing() throws InterruptedException {
      AtomicReference<Throwable> thrown = new AtomicReference<>();
      CountDownLatch running = new CountDownLatch(1);
      CountDownLatch dead = new CountDownLatch(1);
      Pid<?> parent =
          Processes.spawn(() -> {
            running.countDown();
            while (dead.getCount() > 0) {
              Thread.onSpinWait();
            }
            try {
              Processes.spawnMonitor(Processes::receive);
            } catch (DeadProcess gone) {
              thrown.set(gone);
            }
          });
      running.await();
      Processes.exit(parent, ExitReason.KILL);
      dead.countDown();
      eventually(() -> assertThat(thrown.get()).isInstanceOf(DeadProcess.class));
    }

    @Test
    void start_monitor_tells_of_a_failed_start_by_its_result_alone() {
      TestProcess.run(() -> {
        MonitoredStart<Probe> failed =
            GenServer.startMonitor(
                new Probe().init(() -> Init.stop(BOOM)), StartOptions.defaults());
        assertThat(failed.result()).isEqualTo(new StartResult.Failed<>(BOOM));
        assertThat(failed.monitor()).isEmpty();
        assertThatThrownBy(failed::orThrow).isInstanceOf(IllegalStateException.class);
        assertThat(Processes.receive(ofMillis(20), m -> m)).isEmpty();

        Monitored<Probe> server =
            GenServer.startMonitor(new Probe(), StartOptions.defaults()).orThrow();
        Processes.stop(server.pid(), BOOM, ofSeconds(10));
        assertThat(nextDown(server.monitor()).reason()).isEqualTo(BOOM);
      });
    }
  }

  @Nested
  class Aliases {

    @Test
    void pass_messages_until_they_are_taken_back() {
      TestProcess.run(() -> {
        Alias alias = Processes.alias(Alias.Mode.EXPLICIT);
        Processes.send(alias, "one");
        Processes.send(alias, "two");
        assertThat(Processes.unalias(alias)).isTrue();
        Processes.send(alias, "late");
        assertThat(Processes.unalias(alias)).isFalse();
        Processes.send(Processes.self(), "end");
        assertThat(Processes.receive()).isEqualTo("one");
        assertThat(Processes.receive()).isEqualTo("two");
        assertThat(Processes.receive()).isEqualTo("end");
      });
    }

    @Test
    void for_a_reply_pass_one_message() {
      TestProcess.run(() -> {
        Alias alias = Processes.alias(Alias.Mode.REPLY);
        for (int i = 0; i < 100; i++) {
          Processes.spawn(() -> Processes.send(alias, "reply"));
        }
        assertThat(Processes.receive()).isEqualTo("reply");
        eventually(() -> assertThat(offspring(Processes.self())).isEmpty());
        assertThat(Processes.receive(ZERO, m -> m)).isEmpty();
        assertThat(Processes.unalias(alias)).isFalse();
      });
    }

    @Test
    void of_the_dead_and_of_others() {
      AtomicReference<Alias> of = new AtomicReference<>();
      TestProcess.run(() -> of.set(Processes.alias(Alias.Mode.EXPLICIT)));
      Processes.send(of.get(), "to nobody");
      TestProcess.run(() ->
          assertThatThrownBy(() -> Processes.unalias(of.get()))
              .isInstanceOf(IllegalArgumentException.class));
    }

    /** Taking back and sending cross: what is not there when it is taken back never comes. */
    @Test
    void taken_back_while_others_send() {
      TestProcess.run(() -> {
        for (int i = 0; i < 2_000; i++) {
          Alias alias = Processes.alias(Alias.Mode.EXPLICIT);
          Pid<?> sender =
              Processes.spawn(() -> {
                for (int k = 0; k < 20; k++) {
                  Processes.send(alias, "through");
                }
              });
          Processes.unalias(alias);
          while (Processes.receive(ZERO, m -> m).isPresent()) {}
          Processes.awaitExit(sender, ofSeconds(10));
          assertThat(Processes.receive(ZERO, m -> m)).isEmpty();
        }
      });
    }
  }

  private static List<Pid<?>> offspring(Pid<?> parent) {
    List<Pid<?>> found = new ArrayList<>();
    for (ProcessInfo info : Processes.snapshot().processes()) {
      if (info.starter() == parent) {
        found.add(info.pid());
      }
    }
    return found;
  }

  @Test
  void ancestors_are_named_nearest_first_and_a_dead_one_ends_the_line() {
    TestProcess.run(() -> {
      Pid<?> test = Processes.self();
      AtomicReference<List<Pid<?>>> seen = new AtomicReference<>();
      AtomicReference<Pid<?>> parent = new AtomicReference<>();
      CountDownLatch orphaned = new CountDownLatch(1);
      Runnable child =
          () -> {
            seen.set(Processes.ancestors());
            while (orphaned.getCount() > 0) {
              Thread.onSpinWait();
            }
            seen.set(Processes.ancestors());
          };
      parent.set(
          Processes.spawn(() -> {
            Processes.spawn(child);
            Processes.receive();
          }));
      eventually(() -> assertThat(seen.get()).containsExactly(parent.get(), test));
      Processes.send(parent.get(), "end");
      Processes.awaitExit(parent.get(), ofSeconds(10));
      orphaned.countDown();
      eventually(() -> assertThat(seen.get()).containsExactly(parent.get()));
    });
  }

  @Test
  void a_label_is_seen_from_outside() {
    Pid<Probe> server =
        new Probe()
            .init(() -> {
              Processes.setLabel("for Bob");
              return Probe.ready();
            })
            .start();
    assertThat(server.core.info().label()).isEqualTo("for Bob");
    assertThat(Processes.snapshot().tree()).contains("Probe (for Bob)");
    Processes.stop(server, ExitReason.NORMAL, ofSeconds(10));
  }
}
