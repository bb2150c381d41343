package dev.tend.otp.registry;

import static dev.tend.otp.registry.Registries.another;
import static dev.tend.otp.registry.Registries.kill;
import static dev.tend.otp.registry.Registries.links;
import static dev.tend.otp.registry.Registries.registrants;
import static dev.tend.otp.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tend.otp.conformance.Case;
import dev.tend.otp.process.CallFailed;
import dev.tend.otp.process.Exit;
import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.ServerName;
import dev.tend.otp.process.StartOptions;
import dev.tend.otp.process.StartResult;
import dev.tend.otp.supervisor.Supervisor;
import dev.tend.otp.sys.Sys;
import dev.tend.otp.testkit.ExitRecorder;
import dev.tend.otp.testkit.OtpTest;
import dev.tend.otp.testkit.Probe;
import dev.tend.otp.testkit.Started;
import dev.tend.otp.testkit.TestProcess;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code Registry.UniqueTest}, and the laws of names. */
@OtpTest
@ParameterizedClass
@ValueSource(ints = {1, 8})
class UniqueRegistryTest {
  /** Terms that mean something else in a pattern of Elixir's. */
  static final List<Object> RESERVED_KEYS =
      List.of("good", "_", List.of("$1", "x"), List.of("$$"), Map.of("b", "b"));

  private static final ServerName<?> LISTENER = ServerName.local("unique_listener");

  private final int partitions;
  private final UniqueRegistry<Object, Object> registry;

  @RegisterExtension final Started<Supervisor> tree;

  private record Point(int x, String kind, int y) {}

  UniqueRegistryTest(int partitions) {
    this.partitions = partitions;
    this.registry =
        Registry.unique(
            "unique",
            "initial",
            RegistryOptions.defaults().withPartitions(partitions).withListener(LISTENER));
    this.tree = Registries.under(registry);
  }

  private Entry<Object, Object> mine(Object key, Object value) {
    return new Entry<>(key, Processes.self(), value);
  }

  private static boolean isPoint(Object value, int x) {
    return value instanceof Point point && point.x == x;
  }

  @Test
  @Case("Registry.unique: starts configured number of partitions")
  void starts_configured_number_of_partitions() {
    assertThat(Supervisor.whichChildren(Registries.supervisorOf(registry))).hasSize(partitions);
  }

  @Test
  @Case({
    "Registry.unique: counts 0 keys in an empty registry",
    "Registry.unique: empty list for empty registry"
  })
  void empty_registry() {
    assertThat(registry.count()).isZero();
    assertThat(registry.select(entry -> true)).isEmpty();
    assertThat(registry.lookup("hello")).isEmpty();
  }

  @Test
  @Case("Registry.unique: counts the number of keys in a registry")
  void counts_the_number_of_keys() {
    TestProcess.run(() -> {
      registry.register("hello", "value");
      registry.register("world", "value");
      assertThat(registry.count()).isEqualTo(2);
      registry.unregister("world");
      assertThat(registry.count()).isEqualTo(1);
    });
    assertThat(registry.count()).isZero();
  }

  @Test
  @Case("Registry.unique: has unique registrations")
  void has_unique_registrations() {
    TestProcess.run(() -> {
      Pid<?> self = Processes.self();
      assertThat(registry.register("hello", "value")).isInstanceOf(RegisterResult.Registered.class);
      assertThat(registry.keys(self)).containsExactly("hello");
      assertThat(registry.values("hello", self)).containsExactly("value");

      assertThat(registry.register("hello", "value"))
          .isEqualTo(new RegisterResult.AlreadyRegistered(self));
      assertThat(registry.keys(self)).containsExactly("hello");
      assertThat(registry.values("hello", self)).containsExactly("value");

      registry.register("world", "value");
      assertThat(registry.keys(self)).containsExactlyInAnyOrder("hello", "world");
    });
  }

  @Test
  @Case("Registry.unique: has unique registrations across processes")
  void has_unique_registrations_across_processes() {
    TestProcess.run(() -> {
      Pid<Probe> other = another(() -> registry.register("hello", "value"));
      assertThat(registry.keys(other)).containsExactly("hello");
      assertThat(registry.values("hello", other)).containsExactly("value");

      assertThat(registry.register("hello", "recent"))
          .isEqualTo(new RegisterResult.AlreadyRegistered(other));
      assertThat(registry.keys(Processes.self())).isEmpty();
      assertThat(registry.values("hello", Processes.self())).isEmpty();
      assertThat(registry.lookup("hello")).contains(new Entry<>("hello", other, "value"));
    });
  }

  @Test
  @Case("Registry.unique: has unique registrations even if partition is delayed")
  void a_dead_holder_is_replaced_while_the_partitions_stand_still() {
    TestProcess.run(() -> {
      Pid<Probe> other = another(() -> registry.register("hello", "value"));
      CountDownLatch release = standStill();
      try {
        assertThat(registry.register("hello", "other"))
            .isEqualTo(new RegisterResult.AlreadyRegistered(other));
        kill(other);
        assertThat(registry.lookup("hello")).isEmpty();
        assertThat(registry.register("hello", "other"))
            .isInstanceOf(RegisterResult.Registered.class);
        assertThat(registry.lookup("hello")).contains(mine("hello", "other"));
        registry.unregister("hello");
        assertThat(registry.lookup("hello")).isEmpty();
      } finally {
        release.countDown();
      }
    });
  }

  /** Returns when each partition's process is in a callback that lasts until the latch opens. */
  private CountDownLatch standStill() throws InterruptedException {
    CountDownLatch busy = new CountDownLatch(partitions);
    CountDownLatch release = new CountDownLatch(1);
    Object key =
        new Object() {
          @Override
          public int hashCode() {
            busy.countDown();
            try {
              release.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
            return 0;
          }
        };
    registry
        .life()
        .all()
        .forEach(partition ->
            Processes.sendRequest(partition.keeper(), new Keeper.Lock(key, Processes.self())));
    busy.await();
    return release;
  }

  @Test
  @Case({
    "Registry.unique: supports match patterns",
    "Registry.unique: supports guard conditions",
    "Registry.unique: count_match supports match patterns",
    "Registry.unique: count_match supports guard conditions"
  })
  void match_takes_what_holds() {
    TestProcess.run(() -> {
      Point value = new Point(1, "atom", 2);
      registry.register("hello", value);
      registry.register("world", new Point(1, "atom", 2));
      assertThat(registry.match("hello", v -> isPoint(v, 1))).containsExactly(mine("hello", value));
      assertThat(registry.match("hello", v -> isPoint(v, 2))).isEmpty();
      assertThat(registry.match("none", v -> true)).isEmpty();
      assertThat(registry.countMatch("hello", v -> isPoint(v, 1))).isEqualTo(1);
      assertThat(registry.countMatch("hello", v -> isPoint(v, 2))).isZero();
      assertThat(registry.countMatch("none", v -> true)).isZero();
    });
  }

  @ParameterizedTest
  @FieldSource("RESERVED_KEYS")
  @Case("Registry.unique: supports reserved keys")
  void every_key_is_only_itself(Object key) {
    TestProcess.run(() -> {
      for (Object reserved : RESERVED_KEYS) {
        registry.register(reserved, reserved);
      }
      registry.register(Map.of("a", "a", "b", "b"), "superset");
      assertThat(registry.match(key, v -> true)).containsExactly(mine(key, key));
      assertThat(registry.countMatch(key, v -> true)).isEqualTo(1);
      registry.unregisterMatch(key, v -> v.equals("other"));
      assertThat(registry.lookup(key)).contains(mine(key, key));
      registry.unregisterMatch(key, key::equals);
      assertThat(registry.lookup(key)).isEmpty();
      assertThat(registry.count()).isEqualTo(RESERVED_KEYS.size());
    });
  }

  @Test
  @Case({
    "Registry.unique: unregister_match supports patterns",
    "Registry.unique: unregister_match supports guards"
  })
  void unregister_match_takes_away_what_holds() {
    TestProcess.run(() -> {
      Point value = new Point(1, "atom", 1);
      registry.register("hello", value);
      registry.unregisterMatch("hello", v -> isPoint(v, 2));
      assertThat(registry.lookup("hello")).contains(mine("hello", value));
      registry.unregisterMatch("hello", v -> isPoint(v, 1));
      assertThat(registry.lookup("hello")).isEmpty();
      assertThat(registry.keys(Processes.self())).isEmpty();
    });
  }

  @Test
  @Case("Registry.unique: compares using ===")
  void keys_are_compared_strictly() {
    TestProcess.run(() -> {
      registry.register(1.0, "value");
      registry.register(1, "value");
      assertThat(registry.keys(Processes.self())).containsExactlyInAnyOrder(1, 1.0);
    });
  }

  @Test
  @Case("Registry.unique: updates current process value")
  void updates_current_process_value() {
    TestProcess.run(() -> {
      assertThat(registry.updateValue("hello", UniqueRegistryTest::never)).isEmpty();
      Pid<Probe> other = another(() -> registry.register("hello", "value"));
      assertThat(registry.updateValue("hello", UniqueRegistryTest::never)).isEmpty();
      assertThat(registry.lookup("hello")).contains(new Entry<>("hello", other, "value"));

      registry.register("world", 1);
      assertThat(registry.updateValue("world", v -> (Integer) v + 1))
          .contains(new UniqueRegistry.Updated<>(2, 1));
      assertThat(registry.lookup("world")).contains(mine("world", 2));
      assertThat(registry.values("world", Processes.self())).containsExactly(2);
    });
  }

  private static Object never(Object value) {
    throw new AssertionError("will never be invoked");
  }

  @Test
  void null_is_no_key_and_no_value() {
    TestProcess.run(() -> {
      assertThatThrownBy(() -> registry.register(null, 1)).isInstanceOf(NullPointerException.class);
      assertThatThrownBy(() -> registry.register("hello", null))
          .isInstanceOf(NullPointerException.class);
      assertThat(registry.count()).isZero();
      assertThat(links(Processes.self())).isZero();
      registry.register("hello", 1);
      assertThatThrownBy(() -> registry.updateValue("hello", value -> null))
          .isInstanceOf(NullPointerException.class);
      assertThat(registry.lookup("hello")).contains(mine("hello", 1));
    });
  }

  @Test
  @Case("Registry.unique: dispatches to a single key")
  void dispatches_to_a_single_key() {
    TestProcess.run(() -> {
      registry.dispatch("hello", UniqueRegistryTest::never);
      registry.register("hello", "value");
      registry.dispatch(
          "hello", entries -> entries.forEach(entry -> Processes.send(entry.pid(), entry.value())));
      assertThat(Processes.receive()).isEqualTo("value");
    });
  }

  @Test
  @Case({
    "Registry.unique: unregisters process by key",
    "Registry.unique: unregisters with no entries"
  })
  void unregisters_process_by_key() {
    TestProcess.run(() -> {
      registry.unregister("hello");
      registry.register("hello", "value");
      registry.register("world", "value");
      registry.unregister("hello");
      assertThat(registry.keys(Processes.self())).containsExactly("world");
      registry.unregister("world");
      assertThat(registry.keys(Processes.self())).isEmpty();
    });
  }

  @Test
  void nobody_unregisters_another() {
    TestProcess.run(() -> {
      Pid<Probe> other = another(() -> registry.register("hello", "value"));
      registry.register("world", "mine");
      registry.unregister("hello");
      assertThat(registry.lookup("hello")).contains(new Entry<>("hello", other, "value"));
    });
  }

  @Test
  @Case("Registry.unique: allows listeners")
  void allows_listeners() {
    TestProcess.run(() -> {
      Pid<?> self = Processes.self();
      Processes.register(LISTENER, self);
      Pid<Probe> other = another(() -> registry.register("hello", "world"));
      assertThat(Processes.receive())
          .isEqualTo(new ListenerMessage.Registered<>(registry, "hello", other, "world"));
      registry.register("world", "value");
      assertThat(Processes.receive())
          .isEqualTo(new ListenerMessage.Registered<>(registry, "world", self, "value"));
      registry.register("hello", "refused");
      registry.unregister("nothing");
      registry.unregister("world");
      assertThat(Processes.receive())
          .isEqualTo(new ListenerMessage.Unregistered<>(registry, "world", self));
    });
  }

  @Test
  @Case("Registry.unique: links and unlinks on register/unregister")
  void links_from_the_first_to_the_last_entry() {
    TestProcess.run(() -> {
      assertThat(links(Processes.self())).isZero();
      assertThat(registry.register("hello", "value"))
          .isInstanceOfSatisfying(
              RegisterResult.Registered.class,
              done -> assertThat(Registries.supervisorOf(registry).whereis()).isPresent());
      assertThat(links(Processes.self())).isEqualTo(1);
      registry.register("world", "value");
      assertThat(links(Processes.self())).isEqualTo(1);
      registry.unregister("hello");
      assertThat(links(Processes.self())).isEqualTo(1);
      registry.unregister("world");
      assertThat(links(Processes.self())).isZero();
      assertThat(registrants(registry)).isZero();
    });
  }

  @Test
  @Case({
    "Registry.unique: doesn't grow ets on already_registered",
    "Registry.unique: doesn't grow ets on already_registered across processes"
  })
  void a_refused_registration_leaves_nothing() {
    TestProcess.run(() -> {
      Pid<Probe> other = another(() -> registry.register("hello", "value"));
      for (int i = 0; i < 3; i++) {
        registry.register("hello", "recent");
        assertThat(links(Processes.self())).isZero();
        assertThat(registrants(registry)).isEqualTo(1);
      }
      registry.register("world", "value");
      for (int i = 0; i < 3; i++) {
        registry.register("hello", "recent");
        registry.register("world", "recent");
        assertThat(links(Processes.self())).isEqualTo(1);
        assertThat(registrants(registry)).isEqualTo(2);
        assertThat(registry.count()).isEqualTo(2);
      }
      assertThat(links(other)).isEqualTo(1);
    });
  }

  @Test
  @Case("Registry.unique: select all")
  void select_all() {
    TestProcess.run(() -> {
      Pid<Probe> named = new Probe().start(StartOptions.named(registry.via("hello"))).orThrow();
      registry.register("world", "value");
      assertThat(registry.select(entry -> true))
          .containsExactlyInAnyOrder(
              new Entry<>("hello", named, "initial"), mine("world", "value"));
    });
  }

  @Test
  @Case({
    "Registry.unique: select supports full match specs",
    "Registry.unique: select supports guard conditions",
    "Registry.unique: select allows multiple specs",
    "Registry.unique: count_select supports match specs",
    "Registry.unique: count_select supports guard conditions",
    "Registry.unique: count_select allows multiple specs"
  })
  void select_takes_what_holds() {
    TestProcess.run(() -> {
      Point value = new Point(1, "atom", 2);
      registry.register("hello", value);
      registry.register("world", "b");
      java.util.function.Predicate<Entry<Object, Object>> hello = e -> e.key().equals("hello");
      assertThat(registry.select(hello)).containsExactly(mine("hello", value));
      assertThat(registry.select(e -> e.pid() == Processes.self())).hasSize(2);
      assertThat(registry.select(e -> isPoint(e.value(), 1))).containsExactly(mine("hello", value));
      assertThat(registry.select(e -> isPoint(e.value(), 2))).isEmpty();
      assertThat(registry.select(hello.or(e -> e.key().equals("world"))).stream().map(Entry::key))
          .containsExactlyInAnyOrder("hello", "world");
      assertThat(registry.countSelect(hello)).isEqualTo(1);
      assertThat(registry.countSelect(e -> isPoint(e.value(), 2))).isZero();
      assertThat(registry.countSelect(hello.or(e -> e.key().equals("world")))).isEqualTo(2);
    });
  }

  // ---- names ----

  @Test
  @Case("Registry.unique: via callbacks")
  void a_key_is_a_name() {
    TestProcess.run(() -> {
      ServerName<Probe> name = registry.via("hello");
      Pid<Probe> pid = new Probe().start(StartOptions.named(name)).orThrow();
      assertThat(name.whereis()).contains(pid);
      assertThat(name.call(new Probe.State())).isEqualTo("new");
      assertThat(new Probe().start(StartOptions.named(name)))
          .isEqualTo(new StartResult.AlreadyStarted<>(pid));
      CountDownLatch told = new CountDownLatch(1);
      name.cast(new Probe.Tell(told::countDown));
      told.await();
      kill(pid);
      assertThat(name.whereis()).isEmpty();
      assertThatThrownBy(() -> name.call(new Probe.State())).isInstanceOf(CallFailed.class);
      name.cast(new Probe.Tell(() -> {}));
    });
  }

  @Test
  @Case("Registry.unique: uses value provided in via")
  void uses_value_provided_in_via() {
    TestProcess.run(() -> {
      Pid<Probe> pid =
          new Probe().start(StartOptions.named(registry.via("hello", "value"))).orThrow();
      assertThat(registry.lookup("hello")).contains(new Entry<>("hello", pid, "value"));
      assertThat(registry.via("hello").whereis()).isPresent();
    });
  }

  @Test
  void a_start_that_fails_leaves_no_name() {
    TestProcess.run(() -> {
      Probe failing =
          new Probe()
              .init(() -> {
                assertThat(registry.keys(Processes.self())).containsExactly("hello");
                throw new IllegalStateException("oops");
              });
      assertThat(failing.start(StartOptions.named(registry.via("hello"))))
          .isInstanceOf(StartResult.Failed.class);
      assertThat(registry.lookup("hello")).isEmpty();
      assertThat(registrants(registry)).isZero();
    });
  }

  @Test
  void a_process_registers_only_itself() {
    TestProcess.run(() -> {
      Pid<Probe> other = Probe.started();
      assertThatThrownBy(() -> Processes.register(registry.via("hello"), other))
          .isInstanceOf(IllegalArgumentException.class);
      assertThat(Processes.register(registry.via("hello"), Processes.self())).isTrue();
      assertThat(Processes.register(registry.via("hello"), Processes.self())).isFalse();
    });
    assertThatThrownBy(() -> registry.register("hello", 1))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  @Case("Registry.unique: raises on unknown registry name")
  void a_registry_that_does_not_run_is_unknown() {
    TestProcess.run(() -> {
      UniqueRegistry<String, Integer> unknown = Registry.unique("unknown", 0);
      assertThatThrownBy(() -> unknown.register("hello", 1))
          .isInstanceOf(UnknownRegistry.class)
          .hasMessageContaining("unknown registry");
      assertThatThrownBy(() -> unknown.lookup("hello")).isInstanceOf(UnknownRegistry.class);
      assertThatThrownBy(unknown::count).isInstanceOf(UnknownRegistry.class);
      ServerName<Probe> name = unknown.via("hello");
      assertThat(name.whereis()).isEmpty();
      assertThat(new Probe().start(StartOptions.named(name)))
          .isInstanceOfSatisfying(
              StartResult.Failed.class,
              failed ->
                  assertThat(failed.reason())
                      .isInstanceOfSatisfying(
                          ExitReason.Crash.class,
                          crash -> assertThat(crash.cause()).isInstanceOf(UnknownRegistry.class)));
    });
  }

  @Test
  void a_holders_death_is_heard_of_when_its_key_is_free() {
    try (ExitRecorder recorder = new ExitRecorder()) {
      for (int i = 0; i < 200; i++) {
        int round = i;
        Pid<Probe> holder = another(() -> registry.register("hello", round));
        recorder.monitor(holder);
        Processes.exit(holder, ExitReason.SHUTDOWN);
        recorder.await(i + 1);
        assertThat(registry.lookup("hello")).isEqualTo(Optional.empty());
        Registries.assertEmpty(registry);
      }
    }
  }

  /** Its keys are in other partitions too, which live on until the supervisor hears of it. */
  @Test
  void one_whose_partition_has_died_is_not_told_that_it_is_still_registered() {
    TestProcess.run(() -> {
      Processes.trapExit(true);
      Pid<?> owner = null;
      for (int key = 0; key < 20; key++) {
        owner = ((RegisterResult.Registered) registry.register(key, "value")).owner();
      }
      Sys.suspend(Registries.supervisorOf(registry));
      kill(owner);
      assertThat(Processes.receive()).isInstanceOf(Exit.class);
      for (int i = 0; i < 20; i++) {
        int key = i;
        assertThatThrownBy(() -> registry.register(key, "anew"))
            .isInstanceOf(UnknownRegistry.class);
      }
      Sys.resume(Registries.supervisorOf(registry));
      eventually(() ->
          assertThat(registry.life().all()).allMatch(partition -> partition.keeper().isAlive()));
      for (int key = 0; key < 20; key++) {
        assertThat(registry.register(key, "anew")).isInstanceOf(RegisterResult.Registered.class);
      }
    });
  }

  @Test
  void a_registry_without_a_name_or_a_value_is_refused() {
    assertThatThrownBy(() -> Registry.unique(null, 1)).isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> Registry.unique("none", null))
        .isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> Registry.duplicate(null)).isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> registry.via("hello", null)).isInstanceOf(NullPointerException.class);
  }
}
