package dev.tend.store.system;

import static dev.tend.otp.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.ServerName;
import dev.tend.otp.testkit.NoLeaks;
import dev.tend.todo.Catalog;
import dev.tend.todo.Database;
import dev.tend.todo.DatabaseWorker;
import dev.tend.todo.ProcessRegistry;
import dev.tend.todo.ServerSupervisor;
import dev.tend.todo.SystemSupervisor;
import dev.tend.todo.TodoCache;
import dev.tend.todo.TodoServer;
import dev.tend.todo.TodoSupervisor;
import dev.tend.todo.list.Edit;
import dev.tend.todo.list.Entry;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The seed's sessions at the shell, on the real system. */
class SeedSessionTest {
  private static final LocalDate DAY = LocalDate.of(2018, 12, 19);
  private static final Map<String, ServerName<?>> CHILDREN =
      Map.of(
          "Database", Database.NAME,
          "ServerSupervisor", ServerSupervisor.NAME,
          "TodoCache", TodoCache.NAME);

  @Order(1)
  @RegisterExtension
  final NoLeaks noLeaks = new NoLeaks();

  @Order(2)
  @RegisterExtension
  final TodoSystem system = TodoSystem.onDisk();

  @Test
  void aListKeepsWhatItWasTold() {
    Pid<TodoServer> bob = TodoCache.serverProcess("Bob's list");

    TodoServer.add(bob, DAY, "Dentist");
    TodoServer.add(bob, null, "Milk");
    TodoServer.add(bob, DAY, "Movies");
    TodoServer.update(bob, 3, Edit.of(new Edit.Title("Cinema"), new Edit.Done(true)));
    TodoServer.delete(bob, 2);

    assertThat(TodoServer.entries(bob, DAY))
        .extracting(Entry::title)
        .containsExactly("Dentist", "Cinema");
    assertThat(TodoServer.entries(bob)).extracting(Entry::id).containsExactly(1, 3);
    TodoServer.clear(bob);
    assertThat(TodoServer.entries(bob)).isEmpty();
    TodoServer.add(bob, null, "after");
    assertThat(TodoServer.entries(bob)).extracting(Entry::id).containsExactly(4);
  }

  @Test
  void oneNameIsOneProcessAndTwoNamesAreTwo() {
    Pid<TodoServer> bob = TodoCache.serverProcess("Bob's list");
    assertThat(TodoCache.serverProcess("Bob's list")).isEqualTo(bob);
    assertThat(TodoCache.serverProcess("Alice's list")).isNotEqualTo(bob);
  }

  @Test
  void bobKilledAndAskedForAgainIsANewProcessWithTheSameEntries() {
    Pid<TodoServer> bob = TodoCache.serverProcess("Bob's list");
    TodoServer.add(bob, DAY, "Dentist");

    Processes.exit(bob, ExitReason.KILL);
    Pid<TodoServer> again = TodoCache.serverProcess("Bob's list");

    assertThat(again).isNotEqualTo(bob);
    assertThat(TodoServer.entries(again)).extracting(Entry::title).containsExactly("Dentist");
  }

  @Test
  void theRegistryKilledEverythingBelowIsNewAndServes() {
    TodoServer.add(TodoCache.serverProcess("Bob's list"), DAY, "Dentist");
    Map<String, Pid<?>> before = pids();

    TodoSystem.kill(ProcessRegistry.NAME);

    eventually(() -> {
      Map<String, Pid<?>> after = pids();
      assertThat(after.keySet()).isEqualTo(before.keySet());
      after.forEach((name, pid) -> assertThat(pid).as(name).isNotEqualTo(before.get(name)));
    });
    eventually(() ->
        assertThat(TodoServer.entries(TodoCache.serverProcess("Bob's list")))
            .extracting(Entry::title)
            .containsExactly("Dentist"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Database", "ServerSupervisor", "TodoCache"})
  void oneChildOfTheSystemKilledTheOthersKeepTheirPids(String killed) {
    TodoServer.add(TodoCache.serverProcess("Bob's list"), DAY, "Dentist");
    Pid<?> registry = ProcessRegistry.NAME.whereis().orElseThrow();
    Pid<?> old = CHILDREN.get(killed).whereis().orElseThrow();
    Map<String, Pid<?>> others =
        CHILDREN.entrySet().stream()
            .filter(child -> !child.getKey().equals(killed))
            .collect(
                Collectors.toMap(Map.Entry::getKey, c -> c.getValue().whereis().orElseThrow()));

    Processes.exit(old, ExitReason.KILL);

    eventually(
        () -> assertThat(CHILDREN.get(killed).whereis()).isPresent().get().isNotEqualTo(old));
    eventually(() ->
        assertThat(TodoServer.entries(TodoCache.serverProcess("Bob's list")))
            .extracting(Entry::title)
            .containsExactly("Dentist"));
    others.forEach(
        (name, pid) -> assertThat(CHILDREN.get(name).whereis().orElseThrow()).isEqualTo(pid));
    assertThat(ProcessRegistry.NAME.whereis().orElseThrow()).isEqualTo(registry);
  }

  @Test
  void theSystemSupervisorKilledTheRegistryKeepsItsPid() {
    TodoServer.add(TodoCache.serverProcess("Bob's list"), DAY, "Dentist");
    Pid<?> registry = ProcessRegistry.NAME.whereis().orElseThrow();
    Pid<?> cache = TodoCache.NAME.whereis().orElseThrow();

    TodoSystem.kill(SystemSupervisor.NAME);

    eventually(() ->
        assertThat(TodoServer.entries(TodoCache.serverProcess("Bob's list")))
            .extracting(Entry::title)
            .containsExactly("Dentist"));
    assertThat(ProcessRegistry.NAME.whereis().orElseThrow()).isEqualTo(registry);
    assertThat(TodoCache.NAME.whereis().orElseThrow()).isNotEqualTo(cache);
  }

  @Test
  void exitNormalIsIgnoredByASupervisor() {
    Map<String, Pid<?>> before = pids();
    Processes.exit(TodoSupervisor.NAME.whereis().orElseThrow(), ExitReason.NORMAL);
    TodoCache.serverProcess("Bob's list");
    assertThat(pids()).isEqualTo(before);
  }

  @Test
  void aWorkerKilledListsOfOtherShardsWorkOn() {
    List<Pid<TodoServer>> lists = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      lists.add(TodoCache.serverProcess("list " + i));
    }
    TodoSystem.kill(DatabaseWorker.of(1));
    // Shards are dealt in turn: of eight lists six are not on shard 1.
    long working =
        lists.stream()
            .filter(list ->
                TodoServer.add(list, null, "still") instanceof dev.tend.todo.Outcome.Changed)
            .count();
    assertThat(working).isGreaterThanOrEqualTo(6);
    eventually(() ->
        assertThat(lists)
            .allSatisfy(list ->
                assertThat(TodoServer.add(list, null, "again"))
                    .isInstanceOf(dev.tend.todo.Outcome.Changed.class)));
    lists.forEach(list -> assertThat(list.isAlive()).isTrue());
  }

  @Test
  void theCacheKilledNoListIsRestartedLostOrDoubled() {
    Map<String, Pid<TodoServer>> before = new HashMap<>();
    for (int i = 0; i < 50; i++) {
      before.put("list " + i, TodoCache.serverProcess("list " + i));
    }

    TodoSystem.kill(TodoCache.NAME);

    eventually(() -> assertThat(TodoCache.NAME.whereis()).isPresent());
    before.forEach((name, pid) -> assertThat(TodoCache.serverProcess(name)).isEqualTo(pid));
    assertThat(listServers()).isEqualTo(50);
    Pid<TodoServer> one = before.get("list 7");
    Processes.exit(one, ExitReason.KILL);
    assertThat(TodoCache.serverProcess("list 7")).isNotEqualTo(one);
  }

  @Test
  void aThousandClientsAtOnceForOneNewListGetOneProcess() throws Exception {
    Set<Pid<TodoServer>> seen = ConcurrentHashMap.newKeySet();
    CountDownLatch go = new CountDownLatch(1);
    List<Thread> clients = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      clients.add(
          Thread.startVirtualThread(() -> {
            try {
              go.await();
            } catch (InterruptedException e) {
              throw new AssertionError(e);
            }
            seen.add(TodoCache.serverProcess("everybody's list"));
          }));
    }
    go.countDown();
    for (Thread client : clients) {
      client.join();
    }
    assertThat(seen).hasSize(1);
    assertThat(listServers()).isEqualTo(1);
  }

  private static long listServers() {
    return ProcessRegistry.registrations().stream()
        .filter(row -> row.key() instanceof ProcessRegistry.ListKey)
        .count();
  }

  private static Map<String, Pid<?>> pids() {
    return Map.of(
        "Registry", ProcessRegistry.NAME.whereis().orElseThrow(),
        "System", SystemSupervisor.NAME.whereis().orElseThrow(),
        "Database", Database.NAME.whereis().orElseThrow(),
        "Catalog", Catalog.NAME.whereis().orElseThrow(),
        "Worker", DatabaseWorker.of(1).whereis().orElseThrow(),
        "Servers", ServerSupervisor.NAME.whereis().orElseThrow(),
        "Cache", TodoCache.NAME.whereis().orElseThrow(),
        "Bob", TodoCache.serverProcess("Bob's list"));
  }
}
