package dev.tend.otp.registry;

import static dev.tend.otp.registry.Registries.another;
import static dev.tend.otp.registry.Registries.links;
import static dev.tend.otp.registry.Registries.registrants;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tend.otp.conformance.Case;
import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.ServerName;
import dev.tend.otp.process.StartOptions;
import dev.tend.otp.process.Via;
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
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code Registry.DuplicateTest}. */
@OtpTest
@ParameterizedClass
@CsvSource({"PID, 1", "PID, 8", "KEY, 1", "KEY, 8"})
class DuplicateRegistryTest {
  private static final ServerName<?> LISTENER = ServerName.local("duplicate_listener");

  private final PartitionBy partitionBy;
  private final int partitions;
  private final DuplicateRegistry<Object, Object> registry;

  @RegisterExtension final Started<Supervisor> tree;

  private record Point(int x, String kind, int y) {}

  DuplicateRegistryTest(PartitionBy partitionBy, int partitions) {
    this.partitionBy = partitionBy;
    this.partitions = partitions;
    this.registry =
        Registry.duplicate(
            "duplicate",
            partitionBy,
            RegistryOptions.defaults().withPartitions(partitions).withListener(LISTENER));
    this.tree = Registries.under(registry);
  }

  private static Entry<Object, Object> mine(Object key, Object value) {
    return new Entry<>(key, Processes.self(), value);
  }

  private static Predicate<Object> isPoint(int x) {
    return value -> value instanceof Point point && point.x == x;
  }

  @Test
  @Case("Registry.duplicate: starts configured number of partitions")
  void starts_configured_number_of_partitions() {
    assertThat(Supervisor.whichChildren(Registries.supervisorOf(registry))).hasSize(partitions);
  }

  @Test
  @Case({
    "Registry.duplicate: counts 0 keys in an empty registry",
    "Registry.duplicate: empty list for empty registry"
  })
  void empty_registry() {
    assertThat(registry.count()).isZero();
    assertThat(registry.select(entry -> true)).isEmpty();
    assertThat(registry.lookup("hello")).isEmpty();
  }

  @Test
  @Case("Registry.duplicate: counts the number of keys in a registry")
  void counts_the_number_of_entries() {
    TestProcess.run(() -> {
      registry.register("hello", "value");
      registry.register("hello", "value");
      assertThat(registry.count()).isEqualTo(2);
    });
    assertThat(registry.count()).isZero();
  }

  @Test
  @Case("Registry.duplicate: has duplicate registrations")
  void has_duplicate_registrations() {
    TestProcess.run(() -> {
      Pid<?> self = Processes.self();
      registry.register("hello", "value");
      assertThat(registry.keys(self)).containsExactly("hello");
      assertThat(registry.values("hello", self)).containsExactly("value");
      registry.register("hello", "value");
      assertThat(registry.keys(self)).containsExactly("hello", "hello");
      assertThat(registry.values("hello", self)).containsExactly("value", "value");
      registry.register("world", "value");
      assertThat(registry.keys(self)).containsExactlyInAnyOrder("hello", "hello", "world");
    });
  }

  @Test
  @Case("Registry.duplicate: has duplicate registrations across processes")
  void has_duplicate_registrations_across_processes() {
    TestProcess.run(() -> {
      Pid<?> self = Processes.self();
      Pid<Probe> other = another(() -> registry.register("hello", "world"));
      assertThat(registry.keys(self)).isEmpty();
      assertThat(registry.keys(other)).containsExactly("hello");
      assertThat(registry.values("hello", self)).isEmpty();
      assertThat(registry.values("hello", other)).containsExactly("world");
      registry.register("hello", "value");
      assertThat(registry.keys(self)).containsExactly("hello");
      assertThat(registry.values("hello", self)).containsExactly("value");
      assertThat(registry.lookup("hello"))
          .containsExactlyInAnyOrder(mine("hello", "value"), new Entry<>("hello", other, "world"));
    });
  }

  @Test
  @Case("Registry.duplicate: compares using matches")
  void keys_are_compared_strictly() {
    TestProcess.run(() -> {
      registry.register(1.0, "value");
      registry.register(1, "value");
      assertThat(registry.keys(Processes.self())).containsExactlyInAnyOrder(1, 1.0);
    });
  }

  @Test
  @Case("Registry.duplicate: dispatches to multiple keys in serial")
  void dispatches_in_the_caller() {
    TestProcess.run(() -> {
      Pid<?> self = Processes.self();
      registry.dispatch("hello", DuplicateRegistryTest::never);
      registry.register("hello", "value1");
      registry.register("hello", "value2");
      registry.register("world", "value3");
      List<Object> dispatched = new ArrayList<>();
      registry.dispatch(
          "hello",
          entries -> {
            assertThat(Processes.self()).isEqualTo(self);
            entries.forEach(entry -> dispatched.add(entry.value()));
          });
      assertThat(dispatched).containsExactly("value1", "value2");
      registry.dispatch("world", es -> es.forEach(e -> dispatched.add(e.value())));
      assertThat(dispatched).containsExactly("value1", "value2", "value3");
    });
  }

  @Test
  @Case("Registry.duplicate: dispatches to multiple keys in parallel")
  void dispatches_in_a_process_a_partition() {
    TestProcess.run(() -> {
      Processes.trapExit(true);
      Pid<?> self = Processes.self();
      boolean parallel = partitions == 8 && partitionBy == PartitionBy.PID;
      registry.dispatchInParallel("hello", DuplicateRegistryTest::never);
      registry.register("hello", "value1");
      registry.register("hello", "value2");
      registry.register("world", "value3");
      registry.dispatchInParallel(
          "hello",
          entries -> {
            assertThat(Processes.self() == self).isNotEqualTo(parallel);
            entries.forEach(entry -> Processes.send(entry.pid(), entry.value()));
          });
      assertThat(Processes.receive()).isEqualTo("value1");
      assertThat(Processes.receive()).isEqualTo("value2");
      assertThat(Processes.receive(Duration.ZERO, message -> message)).isEmpty();
      assertThat((long) links(self)).isEqualTo(registrants(registry));
    });
  }

  @Test
  void what_a_dispatcher_throws_is_thrown() {
    TestProcess.run(() -> {
      registry.register("hello", "value1");
      IllegalStateException oops = new IllegalStateException("oops");
      assertThatThrownBy(() ->
              registry.dispatchInParallel(
                  "hello",
                  entries -> {
                    throw oops;
                  }))
          .isSameAs(oops);
      assertThatThrownBy(() ->
              registry.dispatch(
                  "hello",
                  entries -> {
                    throw oops;
                  }))
          .isSameAs(oops);
    });
  }

  @Test
  void who_dispatches_takes_its_dispatchers_along() {
    AtomicReference<Pid<?>> dispatcher = new AtomicReference<>();
    CountDownLatch dispatching = new CountDownLatch(1);
    TestProcess.run(() -> {
      registry.register("hello", "value");
      Pid<?> caller =
          Processes.spawn(() ->
              registry.dispatchInParallel(
                  "hello",
                  entries -> {
                    dispatcher.set(Processes.self());
                    dispatching.countDown();
                    Processes.receive();
                  }));
      dispatching.await();
      Processes.exit(caller, ExitReason.KILL);
      assertThat(Processes.awaitExit(dispatcher.get(), Duration.ofSeconds(20)))
          .contains(ExitReason.KILLED);
    });
  }

  @Test
  void who_is_interrupted_still_waits_for_its_dispatchers() throws InterruptedException {
    AtomicInteger dispatched = new AtomicInteger();
    List<Pid<Probe>> all = IntStream.range(0, 20).mapToObj(i -> Probe.started()).toList();
    all.forEach(pid -> pid.call(new Probe.Run<>(() -> registry.register("hello", "value"))));
    Thread caller =
        Thread.startVirtualThread(() -> {
          Thread.currentThread().interrupt();
          registry.dispatchInParallel("hello", entries -> dispatched.addAndGet(entries.size()));
        });
    caller.join();
    assertThat(dispatched).hasValue(20);
    all.forEach(pid -> Processes.exit(pid, ExitReason.KILL));
  }

  private static void never(List<?> entries) {
    throw new AssertionError("will never be invoked");
  }

  @Test
  @Case({
    "Registry.duplicate: unregisters by key",
    "Registry.duplicate: unregisters with no entries"
  })
  void unregisters_by_key() {
    TestProcess.run(() -> {
      registry.unregister("hello");
      registry.register("hello", "value");
      registry.register("hello", "value");
      registry.register("world", "value");
      registry.unregister("hello");
      assertThat(registry.keys(Processes.self())).containsExactly("world");
      assertThat(registry.lookup("hello")).isEmpty();
      registry.unregister("world");
      assertThat(registry.keys(Processes.self())).isEmpty();
      assertThat(registrants(registry)).isZero();
    });
  }

  @Test
  @Case({
    "Registry.duplicate: supports match patterns",
    "Registry.duplicate: supports guards",
    "Registry.duplicate: count_match supports match patterns",
    "Registry.duplicate: count_match supports guard conditions"
  })
  void match_takes_what_holds() {
    TestProcess.run(() -> {
      Point one = new Point(1, "atom", 1);
      Point two = new Point(2, "atom", 2);
      registry.register("hello", one);
      registry.register("hello", two);
      registry.register("world", one);
      assertThat(registry.match("hello", isPoint(1))).containsExactly(mine("hello", one));
      assertThat(registry.match("hello", isPoint(2))).containsExactly(mine("hello", two));
      assertThat(registry.match("hello", isPoint(3))).isEmpty();
      assertThat(registry.match("hello", value -> true))
          .containsExactly(mine("hello", one), mine("hello", two));
      assertThat(registry.countMatch("hello", isPoint(1))).isEqualTo(1);
      assertThat(registry.countMatch("hello", isPoint(3))).isZero();
      assertThat(registry.countMatch("hello", value -> true)).isEqualTo(2);
      assertThat(registry.countMatch("none", value -> true)).isZero();
    });
  }

  @Test
  @Case({
    "Registry.duplicate: uses exact complex keys in lookup and match",
    "Registry.duplicate: supports reserved keys",
    "Registry.duplicate: select with reserved-atom keys",
    "Registry.duplicate: count_select with reserved-atom keys"
  })
  void every_key_is_only_itself() {
    List<Object> keys = UniqueRegistryTest.RESERVED_KEYS;
    TestProcess.run(() -> {
      registry.register(Map.of("a", "a", "b", "b"), "superset");
      for (Object key : keys) {
        registry.register(key, key);
        registry.register(key, "second");
      }
      for (Object key : keys) {
        assertThat(registry.lookup(key)).containsExactly(mine(key, key), mine(key, "second"));
        assertThat(registry.match(key, key::equals)).containsExactly(mine(key, key));
        assertThat(registry.countMatch(key, value -> true)).isEqualTo(2);
        assertThat(registry.select(entry -> entry.key().equals(key))).hasSize(2);
        assertThat(registry.countSelect(entry -> entry.key().equals(key))).isEqualTo(2);
        registry.unregisterMatch(key, key::equals);
        assertThat(registry.lookup(key)).containsExactly(mine(key, "second"));
      }
      keys.forEach(registry::unregister);
      assertThat(registry.select(entry -> true)).hasSize(1);
    });
  }

  @Test
  @Case({
    "Registry.duplicate: unregister_match supports patterns",
    "Registry.duplicate: unregister_match supports guards"
  })
  void unregister_match_takes_away_what_holds() {
    TestProcess.run(() -> {
      Point one = new Point(1, "atom", 1);
      Point two = new Point(2, "atom", 2);
      registry.register("hello", one);
      registry.register("hello", two);
      registry.unregisterMatch("hello", isPoint(2));
      assertThat(registry.lookup("hello")).containsExactly(mine("hello", one));
      assertThat(registry.keys(Processes.self())).containsExactly("hello");
      registry.register("hello", two);
      registry.unregisterMatch("hello", isPoint(3));
      assertThat(registry.lookup("hello")).containsExactly(mine("hello", one), mine("hello", two));
      registry.unregisterMatch("hello", value -> value instanceof Point);
      assertThat(registry.lookup("hello")).isEmpty();
      assertThat(links(Processes.self())).isZero();
    });
  }

  @Test
  void any_entry_of_a_key_can_go() {
    TestProcess.run(() -> {
      for (int gone = 0; gone < 4; gone++) {
        int going = gone;
        for (int i = 0; i < 4; i++) {
          registry.register("hello", i);
        }
        registry.unregisterMatch("hello", value -> value.equals(going));
        registry.register("hello", 4);
        List<Object> left = new ArrayList<>(List.of(0, 1, 2, 3, 4));
        left.remove(going);
        assertThat(registry.values("hello", Processes.self())).isEqualTo(left);
        registry.unregister("hello");
        assertThat(registry.lookup("hello")).isEmpty();
      }
    });
  }

  @Test
  @Case("Registry.duplicate: allows listeners")
  void allows_listeners() {
    TestProcess.run(() -> {
      Pid<?> self = Processes.self();
      Processes.register(LISTENER, self);
      Pid<Probe> other = another(() -> registry.register("hello", "world"));
      assertThat(Processes.receive())
          .isEqualTo(new ListenerMessage.Registered<>(registry, "hello", other, "world"));
      registry.register("hello", "value");
      assertThat(Processes.receive())
          .isEqualTo(new ListenerMessage.Registered<>(registry, "hello", self, "value"));
      registry.register("hello", "more");
      Processes.receive();
      registry.unregisterMatch("hello", "more"::equals);
      assertThat(Processes.receive(Duration.ZERO, message -> message)).isEmpty();
      registry.unregister("hello");
      assertThat(Processes.receive())
          .isEqualTo(new ListenerMessage.Unregistered<>(registry, "hello", self));
    });
  }

  /** Names by the code of a program, which may fail. */
  private record BrokenNames() implements Via {
    @Override
    public boolean register(Object key, Pid<?> pid) {
      throw new IllegalStateException("no names today");
    }

    @Override
    public void unregister(Object key) {
      throw new IllegalStateException("no names today");
    }

    @Override
    public Optional<Pid<?>> whereis(Object key) {
      throw new IllegalStateException("no names today");
    }
  }

  @Test
  void a_listener_whose_name_cannot_be_looked_up_keeps_nobody_else_from_hearing() {
    DuplicateRegistry<String, String> told =
        Registry.duplicate(
            "told",
            PartitionBy.KEY,
            RegistryOptions.defaults()
                .withListener(ServerName.via(new BrokenNames(), "listener"))
                .withListener(LISTENER));
    TestProcess.run(() -> {
      Pid<?> self = Processes.self();
      Supervisor.startLink(
          Flags.of(Strategy.ONE_FOR_ONE), List.of(told.childSpec()), StartOptions.defaults());
      Processes.register(LISTENER, self);
      told.register("hello", "value");
      assertThat(Processes.receive())
          .isEqualTo(new ListenerMessage.Registered<>(told, "hello", self, "value"));
      told.unregister("hello");
      assertThat(Processes.receive())
          .isEqualTo(new ListenerMessage.Unregistered<>(told, "hello", self));
      assertThat(told.lookup("hello")).isEmpty();
    });
  }

  @Test
  @Case("Registry.duplicate: links and unlinks on register/unregister")
  void links_from_the_first_to_the_last_entry() {
    TestProcess.run(() -> {
      Pid<?> self = Processes.self();
      Pid<?> owner = registry.register("hello", "value");
      assertThat(links(self)).isEqualTo(1);
      assertThat(links(owner)).isEqualTo(2);
      registry.register("hello", "value");
      assertThat(links(self)).isEqualTo(1);
      registry.register("world", "value");
      assertThat((long) links(self)).isEqualTo(registrants(registry));
      registry.unregister("world");
      assertThat(links(owner)).isEqualTo(2);
      registry.unregister("hello");
      assertThat(links(self)).isZero();
      assertThat(links(owner)).isEqualTo(1);
    });
  }

  @Test
  @Case("Registry.duplicate: raises on unknown registry name")
  void a_registry_that_does_not_run_is_unknown() {
    TestProcess.run(() -> {
      DuplicateRegistry<String, Integer> unknown = Registry.duplicate("unknown");
      assertThatThrownBy(() -> unknown.register("hello", 1))
          .isInstanceOf(UnknownRegistry.class)
          .hasMessageContaining("unknown registry");
      assertThatThrownBy(() -> unknown.dispatch("hello", DuplicateRegistryTest::never))
          .isInstanceOf(UnknownRegistry.class);
    });
  }

  @Test
  @Case({
    "Registry.duplicate: select all",
    "Registry.duplicate: select supports full match specs",
    "Registry.duplicate: select supports guard conditions",
    "Registry.duplicate: select allows multiple specs",
    "Registry.duplicate: count_select supports match specs",
    "Registry.duplicate: count_select supports guard conditions",
    "Registry.duplicate: count_select allows multiple specs"
  })
  void select_takes_what_holds() {
    TestProcess.run(() -> {
      Point value = new Point(1, "atom", 2);
      registry.register("hello", value);
      registry.register("hello", value);
      registry.register("world", "b");
      Predicate<Entry<Object, Object>> hello = entry -> entry.key().equals("hello");
      Predicate<Entry<Object, Object>> world = entry -> entry.key().equals("world");
      assertThat(registry.select(entry -> true))
          .containsExactlyInAnyOrder(
              mine("hello", value), mine("hello", value), mine("world", "b"));
      assertThat(registry.select(hello))
          .containsExactly(mine("hello", value), mine("hello", value));
      assertThat(registry.select(entry -> entry.pid() != Processes.self())).isEmpty();
      assertThat(registry.select(hello.or(world))).hasSize(3);
      assertThat(registry.countSelect(hello)).isEqualTo(2);
      assertThat(registry.countSelect(entry -> isPoint(1).test(entry.value()))).isEqualTo(2);
      assertThat(registry.countSelect(hello.or(world))).isEqualTo(3);
    });
  }

  @Test
  void null_is_no_key_and_no_value() {
    TestProcess.run(() -> {
      assertThatThrownBy(() -> registry.register(null, 1)).isInstanceOf(NullPointerException.class);
      assertThatThrownBy(() -> registry.register("hello", null))
          .isInstanceOf(NullPointerException.class);
      assertThat(registry.count()).isZero();
      assertThat(links(Processes.self())).isZero();
      assertThat(registrants(registry)).isZero();
    });
  }

  @Test
  void a_key_that_cannot_be_hashed_leaves_nothing_behind() {
    Object key =
        new Object() {
          @Override
          public int hashCode() {
            throw new IllegalStateException("no hash");
          }
        };
    TestProcess.run(() -> {
      assertThatThrownBy(() -> registry.register(key, 1)).hasMessage("no hash");
      assertThat(links(Processes.self())).isZero();
      assertThat(registrants(registry)).isZero();
    });
  }

  @Test
  void a_condition_that_unregisters_itself_leaves_nothing_wrong_behind() {
    TestProcess.run(() -> {
      registry.register("stays", "value");
      registry.register("world", "value");
      registry.register("hello", "value");
      registry.unregisterMatch(
          "hello",
          value -> {
            registry.unregister("hello");
            registry.unregister("world");
            return true;
          });
      assertThat(registry.keys(Processes.self())).containsExactly("stays");
      assertThat(registry.count()).isEqualTo(1);
    });
  }
}
