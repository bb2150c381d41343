package dev.tend.otp.registry;

import static dev.tend.otp.registry.Registries.another;
import static dev.tend.otp.registry.Registries.kill;
import static dev.tend.otp.registry.Registries.within;
import static dev.tend.otp.testkit.Eventually.eventually;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tend.otp.conformance.Case;
import dev.tend.otp.process.Answer;
import dev.tend.otp.process.Answered;
import dev.tend.otp.process.Exit;
import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.Rude;
import dev.tend.otp.process.StartOptions;
import dev.tend.otp.process.StartResult;
import dev.tend.otp.supervisor.Flags;
import dev.tend.otp.supervisor.Strategy;
import dev.tend.otp.supervisor.Supervisor;
import dev.tend.otp.testkit.OtpTest;
import dev.tend.otp.testkit.Probe;
import dev.tend.otp.testkit.Started;
import dev.tend.otp.testkit.TestProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code Registry.Test} and {@code Registry.LockTest}: what all registries have. */
@OtpTest
@ParameterizedClass
@CsvSource({
  "UNIQUE, 1",
  "UNIQUE, 8",
  "BY_PID, 1",
  "BY_PID, 8",
  "BY_KEY, 1",
  "BY_KEY, 8",
})
class RegistryTest {
  private static final MetaKey<Integer> LIMIT = new MetaKey<>("limit");

  private final Registry<String, String> registry;

  @RegisterExtension final Started<Supervisor> tree;

  RegistryTest(Layout layout, int partitions) {
    RegistryOptions options =
        RegistryOptions.defaults().withPartitions(partitions).withMeta(LIMIT, 7);
    this.registry =
        switch (layout) {
          case UNIQUE -> Registry.unique("registry", "initial", options);
          case BY_KEY -> Registry.duplicate("registry", PartitionBy.KEY, options);
          case BY_PID -> Registry.duplicate("registry", PartitionBy.PID, options);
        };
    this.tree = Registries.under(registry);
  }

  private Pid<?> register(String key, String value) {
    return switch (registry) {
      case UniqueRegistry<String, String> unique ->
          ((RegisterResult.Registered) unique.register(key, value)).owner();
      case DuplicateRegistry<String, String> duplicate -> duplicate.register(key, value);
    };
  }

  private List<Pid<?>> holders(String key) {
    return registry.match(key, value -> true).stream().<Pid<?>>map(Entry::pid).toList();
  }

  private Pid<Supervisor> supervisor() {
    return Registries.supervisorOf(registry).whereis().orElseThrow();
  }

  // ---- death ----

  @Test
  @Case("Registry: clean up registry on process crash")
  void nothing_is_left_of_the_dead() {
    Pid<Probe> one = another(() -> register("hello", "value"));
    Pid<Probe> two = another(() -> register("world", "value"));
    kill(one);
    assertThat(holders("hello")).isEmpty();
    assertThat(registry.keys(one)).isEmpty();
    assertThat(registry.values("hello", one)).isEmpty();
    kill(two);
    Registries.assertEmpty(registry);
  }

  @Test
  void the_dead_are_not_seen_before_they_have_been_cleaned_up() throws InterruptedException {
    CountDownLatch dead = new CountDownLatch(1);
    CountDownLatch cleanUp = new CountDownLatch(1);
    Pid<Probe> doomed =
        another(() -> {
          Processes.hold(Processes.self(), () -> pause(dead, cleanUp), () -> true);
          return register("hello", "value");
        });
    Pid<?> killer = Processes.spawn(() -> kill(doomed));
    Pid<Probe> next;
    try {
      dead.await();
      assertThat(registry.count()).isEqualTo(1);
      assertThat(holders("hello")).isEmpty();
      assertThat(registry.select(entry -> true)).isEmpty();
      assertThat(registry.keys(doomed)).isEmpty();
      next = another(() -> register("hello", "value"));
      assertThat(holders("hello")).containsExactly(next);
    } finally {
      cleanUp.countDown();
    }
    assertThat(Processes.awaitExit(killer, ofSeconds(20))).isPresent();
    assertThat(holders("hello")).containsExactly(next);
    assertThat(registry.count()).isEqualTo(1);
    kill(next);
    Registries.assertEmpty(registry);
  }

  private static void pause(CountDownLatch begun, CountDownLatch end) {
    begun.countDown();
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void the_registrys_death_takes_the_registered_along_and_its_next_life_is_empty() {
    TestProcess.run(() -> {
      Pid<Probe> registered = another(() -> register("hello", "value"));
      Pid<Supervisor> first = supervisor();
      kill(first);
      assertThat(Processes.awaitExit(registered, ofSeconds(20))).contains(ExitReason.KILLED);
      eventually(() -> assertThat(supervisor()).isNotEqualTo(first));
      eventually(() -> assertThat(registry.count()).isZero());
      Registries.assertEmpty(registry);
      register("hello", "anew");
      assertThat(holders("hello")).containsExactly(Processes.self());
    });
  }

  @Test
  void a_partitions_death_takes_the_registered_along() {
    TestProcess.run(() -> {
      Pid<Probe> registered = Probe.started();
      kill(within(registered, () -> register("hello", "value")));
      assertThat(Processes.awaitExit(registered, ofSeconds(20))).contains(ExitReason.KILLED);
      eventually(() ->
          assertThat(registry.life().all()).allMatch(partition -> partition.keeper().isAlive()));
      assertThat(holders("hello")).isEmpty();
      register("hello", "anew");
      assertThat(holders("hello")).containsExactly(Processes.self());
    });
  }

  @Test
  void one_that_traps_exits_is_told_by_its_partition_and_can_register_anew() {
    TestProcess.run(() -> {
      Processes.trapExit(true);
      Pid<?> owner = register("hello", "value");
      kill(supervisor());
      assertThat(Processes.receive())
          .isInstanceOfSatisfying(Exit.class, exit -> assertThat(exit.from()).isEqualTo(owner));
      eventually(() -> assertThat(registry.count()).isZero());
      assertThat(holders("hello")).isEmpty();
      assertThat(registry.keys(Processes.self())).isEmpty();
      registry.unregister("hello");
      register("hello", "anew");
      assertThat(holders("hello")).containsExactly(Processes.self());
    });
  }

  @Test
  void a_registry_that_has_ended_is_unknown() {
    TestProcess.run(() -> {
      Processes.trapExit(true);
      Pid<?> owner = register("hello", "value");
      Processes.stop(tree.pid(), ExitReason.SHUTDOWN, ofSeconds(20));
      assertThatThrownBy(registry::count).isInstanceOf(UnknownRegistry.class);
      assertThatThrownBy(() -> register("world", "value")).isInstanceOf(UnknownRegistry.class);
      assertThat(owner.isAlive()).isFalse();
    });
  }

  @Test
  void a_name_is_one_registrys() {
    TestProcess.run(() -> {
      assertThat(registry.startLink()).isEqualTo(new StartResult.AlreadyStarted<>(supervisor()));
      assertThat(Registry.duplicate("registry").startLink())
          .isEqualTo(new StartResult.AlreadyStarted<>(supervisor()));
      register("hello", "value");
      assertThat(holders("hello")).hasSize(1);
    });
  }

  // ---- meta ----

  @Test
  void meta_of_the_registry() {
    MetaKey<String> colour = new MetaKey<>("colour");
    assertThat(registry.meta(LIMIT)).contains(7);
    assertThat(registry.meta(colour)).isEmpty();
    registry.putMeta(colour, "red");
    registry.putMeta(LIMIT, 8);
    assertThat(registry.meta(colour)).contains("red");
    assertThat(registry.meta(LIMIT)).contains(8);
    registry.deleteMeta(colour);
    registry.deleteMeta(colour);
    assertThat(registry.meta(colour)).isEmpty();
    Pid<Supervisor> first = supervisor();
    kill(first);
    eventually(() -> assertThat(registry.meta(LIMIT)).contains(7));
  }

  /** Its hash is that of something which can go away, as of a row that is loaded when asked for. */
  private static final class Fading {
    private boolean hasGone;

    @Override
    public boolean equals(Object other) {
      return other == this;
    }

    @Override
    public int hashCode() {
      if (hasGone) {
        throw new IllegalStateException("has gone");
      }
      return 1;
    }
  }

  @Test
  void of_the_dead_nothing_else_is_left_where_a_key_throws() {
    DuplicateRegistry<Object, String> fading = Registry.duplicate("fading");
    TestProcess.run(() -> {
      Supervisor.startLink(
          Flags.of(Strategy.ONE_FOR_ONE), List.of(fading.childSpec()), StartOptions.defaults());
      Fading key = new Fading();
      Pid<Probe> doomed =
          another(() -> {
            fading.register("first", "value");
            fading.register(key, "value");
            return fading.register("last", "value");
          });
      key.hasGone = true;
      kill(doomed);
      assertThat(fading.count()).isEqualTo(1);
      assertThat(Registries.registrants(fading)).isZero();
      assertThat(fading.lookup("first")).isEmpty();
    });
  }

  // ---- locks ----

  @Nested
  class Lock {
    private final CountDownLatch locked = new CountDownLatch(1);

    /** A process that has the lock, and gives it back when it is told so. */
    private Pid<?> holder(Object key, Runnable last) {
      Pid<?> holder =
          Processes.spawn(() ->
              registry.lock(
                  key,
                  () -> {
                    locked.countDown();
                    Processes.receive();
                    last.run();
                    return "done";
                  }));
      assertThat(awaitLocked()).isTrue();
      return holder;
    }

    private boolean awaitLocked() {
      try {
        locked.await();
        return true;
      } catch (InterruptedException e) {
        return false;
      }
    }

    /** Asks for the lock, and returns when the partition has handled that. */
    private void ask(Object key, Pid<?> who) {
      Pid<Keeper> keeper = registry.life().of(key).keeper();
      Processes.sendRequest(keeper, new Keeper.Lock(key, who));
      keeper.call(new Keeper.Lock(new Object(), who));
    }

    private boolean isMine() {
      return Processes.receive(
              Duration.ZERO, message -> message instanceof Answered answered ? answered : null)
          .isPresent();
    }

    private void awaitMine() {
      Processes.receive(message -> message instanceof Answered answered ? answered : null);
    }

    @Test
    void a_key_that_throws_is_the_trouble_of_who_asks_and_not_the_registrys() {
      TestProcess.run(() -> {
        Pid<?> owner = register("hello", "value");
        assertThat(registry.<String>lock(new Rude(() -> 1), () -> lockAsWell(new Rude(() -> 1))))
            .isEqualTo("is not compared");
        assertThat(owner.isAlive()).isTrue();
        assertThat(registry.<String>lock(new Rude(() -> 1), () -> "free again"))
            .isEqualTo("free again");
        assertThat(holders("hello")).containsExactly(Processes.self());
      });
    }

    private String lockAsWell(Object key) {
      try {
        return registry.lock(key, () -> "locked");
      } catch (IllegalStateException refused) {
        return refused.getCause().getMessage();
      }
    }

    @Test
    @Case("Registry: does not lock when using different keys")
    void does_not_lock_when_using_different_keys() {
      TestProcess.run(() -> {
        Pid<?> other = holder(1, () -> {});
        assertThat(registry.<String>lock(2, () -> "done")).isEqualTo("done");
        Processes.send(other, "unlock");
        assertThat(registry.<String>lock(1, () -> "done")).isEqualTo("done");
      });
    }

    @Test
    @Case("Registry: locks when using the same key")
    void locks_when_using_the_same_key() {
      TestProcess.run(() -> {
        Pid<?> holder = holder("key", () -> {});
        ask("key", Processes.self());
        assertThat(isMine()).isFalse();
        Processes.send(holder, "unlock");
        awaitMine();
      });
    }

    @Test
    @Case("Registry: locks when the one holding the lock raises")
    void the_lock_goes_on_when_its_holder_throws() {
      TestProcess.run(() -> {
        assertThatThrownBy(() ->
                registry.lock(
                    "key",
                    () -> {
                      throw new IllegalStateException("oops");
                    }))
            .hasMessage("oops");
        Pid<?> holder =
            holder(
                "key",
                () -> {
                  throw new IllegalStateException("oops");
                });
        ask("key", Processes.self());
        Processes.send(holder, "unlock");
        awaitMine();
      });
    }

    @Test
    @Case("Registry: locks when the one holding the lock terminates")
    void the_lock_goes_on_when_its_holder_dies() {
      TestProcess.run(() -> {
        Pid<?> holder = holder("key", () -> {});
        ask("key", Processes.self());
        assertThat(isMine()).isFalse();
        kill(holder);
        awaitMine();
      });
    }

    @Test
    @Case("Registry: locks when the one waiting for the lock terminates")
    void the_lock_passes_over_one_that_died_waiting() {
      TestProcess.run(() -> {
        Pid<?> holder = holder("key", () -> {});
        Pid<Probe> waiting = Probe.started();
        ask("key", waiting);
        kill(waiting);
        ask("key", Processes.self());
        assertThat(isMine()).isFalse();
        Processes.send(holder, "unlock");
        awaitMine();
      });
    }

    @Test
    void one_that_has_the_lock_does_not_wait_for_itself() {
      TestProcess.run(() ->
          registry.lock(
              "key",
              () -> {
                assertThatThrownBy(() -> registry.lock("key", () -> 1))
                    .isInstanceOf(IllegalStateException.class);
                return registry.lock("other", () -> 1);
              }));
    }

    @Test
    void those_who_wait_hear_of_the_partitions_death() {
      TestProcess.run(() -> {
        holder("key", () -> {});
        Pid<Keeper> keeper = registry.life().of("key").keeper();
        ask("key", Processes.self());
        kill(keeper);
        Answered answered =
            Processes.receive(message -> message instanceof Answered answer ? answer : null);
        assertThat(answered.answer()).isInstanceOf(Answer.Failed.class);
      });
    }

    @Test
    void bodies_under_one_key_never_overlap_while_holders_are_killed() {
      AtomicInteger inside = new AtomicInteger();
      AtomicInteger overlaps = new AtomicInteger();
      AtomicInteger through = new AtomicInteger();
      TestProcess.run(() -> {
        List<Pid<?>> all = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
          boolean victim = i % 4 == 0;
          CountDownLatch in = new CountDownLatch(1);
          all.add(
              Processes.spawn(() ->
                  registry.lock(
                      "key",
                      () -> {
                        in.countDown();
                        if (victim) {
                          return Processes.receive();
                        }
                        overlaps.addAndGet(inside.incrementAndGet() == 1 ? 0 : 1);
                        Thread.onSpinWait();
                        inside.decrementAndGet();
                        return through.incrementAndGet();
                      })));
          if (victim) {
            Pid<?> doomed = all.getLast();
            Processes.spawn(() -> {
              try {
                in.await();
                kill(doomed);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
          }
        }
        all.forEach(pid -> Processes.awaitExit(pid, ofSeconds(30)));
      });
      assertThat(overlaps).hasValue(0);
      assertThat(through).hasValue(300);
    }
  }
}
