package dev.tend.otp.process;

import static dev.tend.otp.testkit.Eventually.eventually;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tend.otp.testkit.ExitRecorder;
import dev.tend.otp.testkit.OtpTest;
import dev.tend.otp.testkit.TestProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** The algebra of exit signals, links and monitors (law 1, "Processes" of the reference manual). */
@OtpTest
class LinkLawTest {
  private static final ExitReason BOOM = new ExitReason.Term("boom");

  /** A process that runs what is sent to it. */
  private static Pid<?> worker() {
    return Processes.spawn(LinkLawTest::obey);
  }

  private static void obey() {
    while (true) {
      if (Processes.receive() instanceof Runnable task) {
        task.run();
      }
    }
  }

  private static int linksOf(Pid<?> pid) {
    return pid.core.info().links();
  }

  @Test
  void killed_is_what_links_of_the_killed_see() {
    try (ExitRecorder recorder = new ExitRecorder()) {
      Pid<?> victim = worker();
      recorder.link(victim);
      Processes.exit(victim, ExitReason.KILL);
      assertThat(recorder.await(1)).containsExactly(new Exit(victim, ExitReason.KILLED));
    }
  }

  @Test
  void killed_can_be_trapped_and_kills_who_does_not_trap() {
    try (ExitRecorder recorder = new ExitRecorder()) {
      Pid<?> victim = worker();
      Pid<?> linked = worker();
      Processes.send(linked, (Runnable) () -> Processes.link(victim));
      eventually(() -> assertThat(linksOf(linked)).isEqualTo(1));
      recorder.monitor(linked);
      Processes.exit(victim, ExitReason.KILL);
      recorder.await(1);
      assertThat(recorder.reasons()).containsExactly(ExitReason.KILLED);
    }
  }

  @Test
  void normal_is_ignored_unless_trapping() {
    try (ExitRecorder recorder = new ExitRecorder()) {
      Pid<?> calm = worker();
      Processes.exit(calm, ExitReason.NORMAL);
      assertThat(calm.isAlive()).isTrue();
      Processes.exit(recorder.pid(), ExitReason.NORMAL);
      recorder.await(1);
      assertThat(recorder.reasons()).containsExactly(ExitReason.NORMAL);
      Processes.exit(calm, ExitReason.KILL);
    }
  }

  @Test
  void exit_of_oneself_with_normal_ends_oneself() {
    Pid<?> pid =
        Processes.spawn(() -> {
          Processes.exit(Processes.self(), ExitReason.NORMAL);
          throw new AssertionError("not reached");
        });
    assertThat(Processes.awaitExit(pid, ofSeconds(10))).contains(ExitReason.NORMAL);
  }

  @Test
  void link_to_the_dead_is_noproc() {
    Pid<?> dead = Processes.spawn(() -> {});
    Processes.awaitExit(dead, ofSeconds(10));
    try (ExitRecorder recorder = new ExitRecorder().link(dead).monitor(dead)) {
      recorder.await(2);
      assertThat(recorder.reasons()).containsExactly(ExitReason.NO_PROCESS, ExitReason.NO_PROCESS);
    }
    Pid<?> linking =
        Processes.spawn(() -> {
          Processes.link(dead);
          throw new AssertionError("not reached");
        });
    assertThat(Processes.awaitExit(linking, ofSeconds(10))).contains(ExitReason.NO_PROCESS);
  }

  @Test
  void unlink_and_demonitor_leave_no_stray_message() {
    TestProcess.run(() -> {
      Processes.trapExit(true);
      for (int i = 0; i < 10_000; i++) {
        CountDownLatch go = new CountDownLatch(1);
        Pid<?> victim =
            Processes.spawn(() -> {
              try {
                go.await();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
        Processes.link(victim);
        MonitorRef ref = Processes.monitor(victim);
        go.countDown();
        Processes.demonitor(ref);
        Processes.unlink(victim);
        Processes.receive(ZERO, m -> m instanceof Exit ? m : null);
        Processes.awaitExit(victim, ofSeconds(10));
        assertThat(Processes.receive(ZERO, m -> m)).isEmpty();
      }
    });
  }

  @Test
  void links_from_both_sides_at_once_are_one_link() throws InterruptedException {
    for (int i = 0; i < 2_000; i++) {
      Pid<?> a = worker();
      Pid<?> b = worker();
      CountDownLatch linked = new CountDownLatch(2);
      tell(a, linked, () -> Processes.link(b));
      tell(b, linked, () -> Processes.link(a));
      linked.await();
      assertThat(List.of(linksOf(a), linksOf(b))).containsExactly(1, 1);
      CountDownLatch apart = new CountDownLatch(1);
      tell(i % 2 == 0 ? a : b, apart, () -> Processes.unlink(other(a, b)));
      apart.await();
      assertThat(List.of(linksOf(a), linksOf(b))).containsExactly(0, 0);
      Processes.exit(a, ExitReason.KILL);
      assertThat(b.isAlive()).isTrue();
      Processes.exit(b, ExitReason.KILL);
    }
  }

  private static Pid<?> other(Pid<?> a, Pid<?> b) {
    return Processes.self() == a ? b : a;
  }

  private static void tell(Pid<?> pid, CountDownLatch done, Runnable task) {
    Processes.send(
        pid,
        (Runnable)
            () -> {
              task.run();
              done.countDown();
            });
  }

  @Test
  void links_and_unlinks_that_cross_leave_both_sides_agreed() throws InterruptedException {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    List<Pid<?>> all = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      all.add(worker());
    }
    for (int round = 0; round < 300; round++) {
      int steps = 40;
      CountDownLatch done = new CountDownLatch(steps);
      for (int i = 0; i < steps; i++) {
        Pid<?> from = all.get(random.nextInt(4));
        Pid<?> to = all.get(random.nextInt(4));
        boolean link = random.nextBoolean();
        tell(from, done, () -> linkOrNot(to, link));
      }
      done.await();
      for (Pid<?> a : all) {
        for (Pid<?> b : all) {
          assertThat(a.core.links.contains(b.core))
              .as("%s linked to %s as %s to %s, seed %d", a, b, b, a, seed)
              .isEqualTo(b.core.links.contains(a.core));
        }
      }
    }
    all.forEach(pid -> Processes.exit(pid, ExitReason.KILL));
  }

  private static void linkOrNot(Pid<?> to, boolean link) {
    if (link) {
      Processes.link(to);
    } else {
      Processes.unlink(to);
    }
  }

  @Test
  void a_chain_of_100_000_links_dies_to_its_end() {
    int length = 100_000;
    List<Pid<?>> chain = new ArrayList<>();
    CountDownLatch ready = new CountDownLatch(length);
    for (int i = 0; i < length; i++) {
      Pid<?> before = chain.isEmpty() ? null : chain.getLast();
      Pid<?> pid =
          Processes.spawn(() -> {
            if (before != null) {
              Processes.link(before);
            }
            ready.countDown();
            Processes.receive();
          });
      chain.add(pid);
    }
    eventually(ofSeconds(30), () -> assertThat(ready.getCount()).isZero());
    Processes.exit(chain.get(length / 2), BOOM);
    eventually(ofSeconds(30), () -> assertThat(chain).noneMatch(Pid::isAlive));
    assertThat(chain.getLast().exitReason()).isEqualTo(Optional.of(BOOM));
  }

  @Test
  void two_linked_processes_killed_at_once_do_not_lock_each_other() throws InterruptedException {
    int rounds = Boolean.getBoolean("tend.long") ? 100_000 : 10_000;
    AtomicReference<Pid<?>[]> pair = new AtomicReference<>();
    AtomicInteger left = new AtomicInteger();
    AtomicInteger right = new AtomicInteger();
    Thread killer =
        Thread.ofPlatform()
            .start(() -> {
              for (int i = 1; i <= rounds; i++) {
                while (left.get() < i) {
                  Thread.onSpinWait();
                }
                Processes.exit(pair.get()[0], ExitReason.KILL);
                right.set(i);
              }
            });
    for (int i = 1; i <= rounds; i++) {
      Pid<?> b = Processes.spawn(Processes::receive);
      Pid<?> a = linkedTo(b);
      pair.set(new Pid<?>[] {a, b});
      left.set(i);
      Processes.exit(b, ExitReason.KILL);
      while (right.get() < i) {
        Thread.onSpinWait();
      }
      assertThat(a.isAlive() || b.isAlive()).isFalse();
    }
    killer.join();
  }

  /** Linked from the moment it is known, without waiting for it to run. */
  private static Pid<?> linkedTo(Pid<?> peer) {
    Pid<?> pid = Processes.spawn(Processes::receive);
    Object link = new Object();
    synchronized (pid.core) {
      pid.core.links.add(peer.core, link);
      peer.core.push(new Signal.LinkSignal(pid.core, link));
    }
    new Due().settle(peer.core);
    return pid;
  }

  @Test
  void timers_of_two_processes_for_each_other_do_not_lock_them() throws InterruptedException {
    Pid<?> a = worker();
    Pid<?> b = worker();
    CountDownLatch done = new CountDownLatch(2);
    tell(a, done, () -> sendTimersTo(b));
    tell(b, done, () -> sendTimersTo(a));
    done.await();
    Processes.exit(a, ExitReason.KILL);
    Processes.exit(b, ExitReason.KILL);
  }

  private static void sendTimersTo(Pid<?> peer) {
    for (int i = 0; i < 10_000; i++) {
      Processes.sendAfter(ofSeconds(60), peer, "never").cancel();
    }
  }

  @Test
  void a_trapped_exit_shares_the_line_with_messages() {
    try (ExitRecorder recorder = new ExitRecorder()) {
      Pid<?> sender =
          Processes.spawn(() -> {
            Processes.send(recorder.pid(), "first");
            Processes.exit(recorder.pid(), BOOM);
            Processes.send(recorder.pid(), "last");
          });
      assertThat(recorder.await(3)).containsExactly("first", new Exit(sender, BOOM), "last");
    }
  }

  @Test
  void between_two_processes_order_is_kept() {
    TestProcess.run(() -> {
      Pid<?> self = Processes.self();
      List<Pid<?>> senders = new ArrayList<>();
      for (int s = 0; s < 4; s++) {
        int sender = s;
        senders.add(
            Processes.spawn(() -> {
              for (int i = 0; i < 20_000; i++) {
                Processes.send(self, new int[] {sender, i});
              }
            }));
      }
      int[] next = new int[4];
      for (int i = 0; i < 80_000; i++) {
        int[] message = Processes.receive(m -> (int[]) m);
        assertThat(message[1]).isEqualTo(next[message[0]]++);
      }
      senders.forEach(pid -> Processes.awaitExit(pid, ofSeconds(10)));
    });
  }

  @Test
  void a_monitor_tells_once_and_the_true_reason() {
    try (ExitRecorder recorder = new ExitRecorder()) {
      Pid<?> pid = worker();
      recorder.monitor(pid).monitor(pid);
      Processes.exit(pid, BOOM);
      assertThat(recorder.await(2)).hasSize(2);
      assertThat(recorder.reasons()).containsExactly(BOOM, BOOM);
    }
  }

  @Test
  void a_process_that_ends_itself_with_kill_is_no_killed_one() {
    try (ExitRecorder recorder = new ExitRecorder()) {
      Pid<?> pid =
          Processes.spawn(() -> {
            Processes.receive();
            throw Processes.exit(ExitReason.KILL);
          });
      recorder.link(pid);
      Processes.send(pid, "go");
      assertThat(recorder.await(1)).containsExactly(new Exit(pid, ExitReason.KILL));
    }
  }
}
