package dev.tend.otp.registry;

import static dev.tend.otp.registry.Registries.kill;
import static dev.tend.otp.testkit.Eventually.eventually;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.supervisor.Supervisor;
import dev.tend.otp.testkit.OtpTest;
import dev.tend.otp.testkit.Started;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Look-ups, registrations and deaths, all at once. */
@OtpTest
@ParameterizedClass
@ValueSource(ints = {1, 8})
class RegistryStressTest {
  private static final int KEYS = 8;
  private static final int HOLDERS = 2_000;
  private static final int WORKERS = 4;

  /** Of so many holders one is not killed before it can have run. */
  private static final int RUNS = 10;

  private final UniqueRegistry<Integer, Integer> unique;
  private final DuplicateRegistry<Integer, Integer> topics;

  @RegisterExtension final Started<Supervisor> uniqueTree;
  @RegisterExtension final Started<Supervisor> topicTree;

  /** When each process was known to be dead, by a clock of events. */
  private final Map<Pid<?>, Long> deaths = new ConcurrentHashMap<>();

  private final AtomicLong clock = new AtomicLong();
  private final Queue<String> faults = new ConcurrentLinkedQueue<>();

  /** Who had a key last, and whether it has given it up. */
  private static final class Holder {
    final Pid<?> pid = Processes.self();
    volatile boolean left;
  }

  private final AtomicReferenceArray<Holder> holders = new AtomicReferenceArray<>(KEYS);

  RegistryStressTest(int partitions) {
    RegistryOptions options = RegistryOptions.defaults().withPartitions(partitions);
    unique = Registry.unique("stress_unique", 0, options);
    topics = Registry.duplicate("stress_topics", PartitionBy.PID, options);
    uniqueTree = Registries.under(unique);
    topicTree = Registries.under(topics);
  }

  @Test
  void never_a_dead_process_and_never_two_holders() {
    AtomicInteger spawned = new AtomicInteger();
    AtomicInteger found = new AtomicInteger();
    List<Pid<?>> workers = new ArrayList<>();
    for (int w = 0; w < WORKERS; w++) {
      workers.add(
          Processes.spawn(() -> {
            int number;
            while ((number = spawned.incrementAndGet()) <= HOLDERS) {
              Pid<?> holder = Processes.spawn(this::holdAndLeave);
              if (number % RUNS == 1) {
                eventually(() -> assertThat(counted(found, lookUp())).isPositive());
              }
              for (int i = 0; i < 10; i++) {
                found.addAndGet(lookUp());
              }
              Processes.exit(holder, ExitReason.KILL);
              deaths.put(holder, clock.incrementAndGet());
              found.addAndGet(lookUp());
            }
          }));
    }
    workers.forEach(worker -> assertThat(Processes.awaitExit(worker, ofSeconds(50))).isPresent());
    assertThat(faults).isEmpty();
    assertThat(found.get()).isPositive();
    eventually(() -> {
      Registries.assertEmpty(unique);
      Registries.assertEmpty(topics);
    });
  }

  private void holdAndLeave() {
    while (true) {
      int key = ThreadLocalRandom.current().nextInt(KEYS);
      topics.register(key, key);
      if (unique.register(key, key) instanceof RegisterResult.Registered) {
        Holder me = new Holder();
        Holder former = holders.getAndSet(key, me);
        // One that was killed since it registered may still come to this line.
        if (former != null && !former.left && former.pid.isAlive() && me.pid.isAlive()) {
          faults.add("two holders of " + key + ": " + former.pid + " and " + me.pid);
        }
        Optional<Entry<Integer, Integer>> entry = unique.lookup(key);
        if (entry.filter(e -> e.pid() == me.pid).isEmpty() && me.pid.isAlive()) {
          faults.add(me.pid + " holds " + key + " and sees " + entry);
        }
        unique.updateValue(key, value -> value + KEYS);
        me.left = true;
        unique.unregister(key);
      }
      topics.unregister(key);
    }
  }

  private static int counted(AtomicInteger sum, int seen) {
    sum.addAndGet(seen);
    return seen;
  }

  /** How many it found. */
  private int lookUp() {
    int key = ThreadLocalRandom.current().nextInt(KEYS);
    long now = clock.get();
    List<Entry<Integer, Integer>> seen = new ArrayList<>(topics.lookup(key));
    unique.lookup(key).ifPresent(seen::add);
    for (Entry<Integer, Integer> entry : seen) {
      Long death = deaths.get(entry.pid());
      if (death != null && death <= now) {
        faults.add(entry + " was dead before the look-up");
      }
      if (entry.key() != key || entry.value() % KEYS != key) {
        faults.add(entry + " is not of " + key);
      }
    }
    return seen.size();
  }

  @Test
  void of_many_who_take_a_dead_ones_key_one_gets_it() {
    for (int round = 0; round < 300; round++) {
      Pid<?> dead = Registries.another(() -> unique.register(1, 1));
      CountDownLatch go = new CountDownLatch(1);
      CountDownLatch decided = new CountDownLatch(WORKERS);
      Queue<RegisterResult> results = new ConcurrentLinkedQueue<>();
      List<Pid<?>> all = new ArrayList<>();
      for (int i = 0; i < WORKERS; i++) {
        all.add(
            Processes.spawn(() -> {
              await(go);
              results.add(unique.register(1, 2));
              decided.countDown();
              Processes.receive();
            }));
      }
      kill(dead);
      go.countDown();
      await(decided);
      Pid<?> holder = unique.lookup(1).orElseThrow().pid();
      assertThat(results)
          .filteredOn(result -> result instanceof RegisterResult.Registered)
          .hasSize(1);
      assertThat(results)
          .filteredOn(result -> result instanceof RegisterResult.AlreadyRegistered)
          .hasSize(WORKERS - 1)
          .containsOnly(new RegisterResult.AlreadyRegistered(holder));
      all.forEach(Registries::kill);
      assertThat(unique.lookup(1)).isEmpty();
    }
    Registries.assertEmpty(unique);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void a_reader_misses_nobody_who_is_there_all_the_time() {
    List<Pid<?>> stay = new ArrayList<>();
    List<Pid<?>> leave = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      Pid<?> pid = Registries.another(() -> topics.register(0, 0));
      (i % 100 == 0 ? stay : leave).add(pid);
    }
    Pid<?> killer = Processes.spawn(() -> leave.forEach(Registries::kill));
    int reads = 0;
    while (killer.isAlive() || reads++ < 10) {
      assertThat(topics.lookup(0).stream().map(Entry::pid)).containsAll(stay);
    }
    assertThat(topics.lookup(0).stream().<Pid<?>>map(Entry::pid).toList())
        .containsExactlyInAnyOrderElementsOf(stay);
    stay.forEach(Registries::kill);
  }
}
