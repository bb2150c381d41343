package dev.tend.store.system;

import static dev.tend.otp.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.testkit.NoLeaks;
import dev.tend.todo.Command;
import dev.tend.todo.DatabaseWorker;
import dev.tend.todo.Deadline;
import dev.tend.todo.Hindrance;
import dev.tend.todo.ListClient;
import dev.tend.todo.Outcome;
import dev.tend.todo.TodoCache;
import dev.tend.todo.TodoServer;
import dev.tend.todo.journal.Append;
import dev.tend.todo.journal.ListId;
import dev.tend.todo.list.Draft;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** More than the disk can take: neighbours have their turn, and what is too much costs nothing. */
class BoundsTest {
  private static final int MOST_IN_APPEND = 64;

  @Order(1)
  @RegisterExtension
  final NoLeaks noLeaks = new NoLeaks();

  @Order(2)
  @RegisterExtension
  final TodoSystem system = TodoSystem.withFaults(FaultyStore::new).shards(1);

  @Test
  void anImportLetsItsNeighboursIntoTheNextCommit() throws Exception {
    Client bob = Client.of("Bob's list");
    Client alice = Client.of("Alice's list");
    alice.add("first", "first");
    Gate gate = new Gate();
    List<List<Append>> batches = Collections.synchronizedList(new ArrayList<>());
    AtomicBoolean held = new AtomicBoolean();
    FaultyStore.commit =
        (shard, batch) -> {
          if (held.compareAndSet(false, true)) {
            gate.pass();
          }
          batches.add(batch);
          return shard.commit(batch);
        };

    CompletableFuture<List<Outcome>> imported =
        CompletableFuture.supplyAsync(() -> addMany(bob, 250));
    gate.awaitReached();
    CompletableFuture<Outcome> hers = alice.addLater("hers", "hers");
    Pid<?> worker = DatabaseWorker.of(1).whereis().orElseThrow();
    eventually(() -> assertThat(mailbox(worker)).isPositive());
    gate.open();

    assertThat(hers.get()).isInstanceOf(Outcome.Changed.class);
    assertThat(imported.get()).hasSize(250).allMatch(Outcome.Changed.class::isInstance);
    assertThat(batches).hasSizeGreaterThan(250 / MOST_IN_APPEND);
    assertThat(batches)
        .allSatisfy(batch -> assertThat(records(batch, bob.id())).isLessThan(MOST_IN_APPEND + 1));
    assertThat(records(batches.get(1), alice.id())).as("in the next commit").isEqualTo(1);
  }

  @Test
  void whileTheDiskHangsTensOfThousandsAreRefusedAtOnceAndNothingOfThemIsKept() throws Exception {
    Client bob = Client.of("Bob's list");
    bob.add("first", "first");
    Gate gate = new Gate();
    AtomicBoolean held = new AtomicBoolean();
    FaultyStore.commit =
        (shard, batch) -> {
          if (held.compareAndSet(false, true)) {
            gate.pass();
          }
          return shard.commit(batch);
        };
    List<CompletableFuture<Outcome>> waiting = new ArrayList<>();
    Pid<?> server = TodoCache.serverProcess("Bob's list");
    Pid<?> worker = DatabaseWorker.of(1).whereis().orElseThrow();
    for (int i = 0; i < TodoServer.MOST_PENDING + 1; i++) {
      waiting.add(addPatiently(bob, "waiting " + i));
    }
    gate.awaitReached();
    eventually(() -> assertThat(waiting).filteredOn(CompletableFuture::isDone).hasSize(1));
    waiting.removeIf(CompletableFuture::isDone);

    assertRefused(bob, 10_000);
    long before = heap();
    assertRefused(bob, 20_000);

    assertThat(heap() - before).as("bytes kept of 20,000 requests").isLessThan(1_000_000);
    assertThat(mailbox(server)).isZero();
    assertThat(mailbox(worker)).as("one append a list").isLessThanOrEqualTo(1);
    assertThat(waiting).noneMatch(CompletableFuture::isDone);
    gate.open();
    for (CompletableFuture<Outcome> one : waiting) {
      assertThat(one.get()).isInstanceOf(Outcome.Changed.class);
    }
    assertThat(bob.entries()).hasSize(1 + TodoServer.MOST_PENDING);
  }

  /** With more time than it takes to refuse so many. */
  private static CompletableFuture<Outcome> addPatiently(Client client, String key) {
    CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    Command command =
        new Command(Client.command(key).origin(), Set.of(), Deadline.in(Duration.ofMinutes(5)));
    TodoServer.Add add = new TodoServer.Add(command, Draft.of(null, "waiting"));
    Thread.startVirtualThread(() -> {
      try {
        outcome.complete(ListClient.call(client.id(), add));
      } catch (Throwable e) {
        outcome.completeExceptionally(e);
      }
    });
    return outcome;
  }

  private static List<Outcome> addMany(Client client, int count) {
    return ListClient.calls(
        client.id(),
        IntStream.range(0, count)
            .mapToObj(
                i -> new TodoServer.Add(Client.command("import " + i), Draft.of(null, "task " + i)))
            .toList(),
        Deadline.in(Duration.ofSeconds(60)));
  }

  private static void assertRefused(Client client, int times) {
    for (int i = 0; i < times; i++) {
      assertThat(client.add("refused " + i, "refused"))
          .isInstanceOfSatisfying(
              Outcome.Unavailable.class,
              refused -> {
                assertThat(refused.why().kind()).isEqualTo(Hindrance.Kind.BUSY);
                assertThat(refused.why().sentence()).contains("too many changes wait for the disk");
                assertThat(refused.retryAfter()).isPositive();
              });
    }
  }

  private static int records(List<Append> batch, ListId list) {
    return batch.stream()
        .filter(append -> append.list().equals(list))
        .mapToInt(append -> append.records().size())
        .sum();
  }

  private static int mailbox(Pid<?> process) {
    return Processes.info(process).orElseThrow().mailbox();
  }

  /** The least of some looks: what others of this JVM need for a moment is not in it. */
  private static long heap() {
    Runtime runtime = Runtime.getRuntime();
    long least = Long.MAX_VALUE;
    for (int look = 0; look < 3; look++) {
      System.gc();
      least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
    }
    return least;
  }
}
