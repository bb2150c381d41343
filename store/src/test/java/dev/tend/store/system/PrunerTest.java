package dev.tend.store.system;

import static dev.tend.otp.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.testkit.ManualTime;
import dev.tend.otp.testkit.NoLeaks;
import dev.tend.todo.Deadline;
import dev.tend.todo.History;
import dev.tend.todo.History.Past;
import dev.tend.todo.ListClient;
import dev.tend.todo.Outcome;
import dev.tend.todo.ProcessRegistry;
import dev.tend.todo.Pruner;
import dev.tend.todo.TodoConfig;
import dev.tend.todo.TodoServer;
import dev.tend.todo.Undo;
import dev.tend.todo.journal.Append;
import dev.tend.todo.journal.JournalRecord;
import dev.tend.todo.journal.Pruned;
import dev.tend.todo.journal.StoreException;
import dev.tend.todo.list.Entry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A server that keeps history for two days only. */
class PrunerTest {
  private static final Duration AGE = Duration.ofDays(3);

  private final ManualTime time = new ManualTime();

  @Order(1)
  @RegisterExtension
  final NoLeaks noLeaks = new NoLeaks();

  @Order(2)
  @RegisterExtension
  final TodoSystem system =
      TodoSystem.withFaults(FaultyStore::new).history(Pruner.SHORTEST).time(time).shards(2);

  @Test
  void whatIsTooOldIsDroppedAndTheListStaysAsItIs() {
    Client bob = withOldEntries("Bob's list");
    Client ann = withOldEntries("Ann's list");
    bob.add("c", "young");
    time.advance(Duration.ofMinutes(1));
    eventually(() -> {
      time.advance(Duration.ofMillis(100));
      assertThat(asOf(bob, 1)).isEqualTo(new Past.Dropped(2));
      assertThat(asOf(ann, 1)).isEqualTo(new Past.Dropped(2));
    });
    assertThat(titles(asOf(bob, 2))).containsExactly("old", "older");
    assertThat(titles(asOf(bob, 3))).containsExactly("old", "older", "young");
    assertThat(asOf(bob, 4)).isEqualTo(new Past.NotYet());
    assertThat(Undo.undo(bob.id(), Client.command("u1"), 2))
        .isInstanceOf(Outcome.NothingToDo.class);
    assertThat(Undo.undo(bob.id(), Client.command("u2"), 3)).isInstanceOf(Outcome.Changed.class);
    kill(bob);
    assertThat(bob.titles()).containsExactly("old", "older");
    assertThat(ann.titles()).containsExactly("old", "older");
  }

  @Test
  void aListIsLoadedWhileOldRecordsOfItAreDropped() {
    Client bob = withOldEntries("Bob's list");
    AtomicInteger loads = new AtomicInteger();
    FaultyStore.entries =
        (shard, list, after, most) -> {
          shard.prune(Optional.empty(), Instant.now().minus(Pruner.SHORTEST), 1);
          assertThat(shard.standing(list).since()).isEqualTo(loads.incrementAndGet());
          return shard.entries(list, after, most);
        };
    kill(bob);
    assertThat(bob.titles()).containsExactly("old", "older");
    assertThat(loads).hasValue(1);
  }

  @Test
  void aLongHistoryGoesInManySteps() {
    Client bob = Client.of("Bob's list");
    makeAged();
    for (int hundred = 0; hundred < 6; hundred++) {
      String key = "a" + hundred + "-";
      List<CompletableFuture<Outcome>> adding =
          IntStream.range(0, 100).mapToObj(i -> bob.addLater(key + i, "old")).toList();
      assertThat(adding)
          .allSatisfy(added -> assertThat(added.get()).isInstanceOf(Outcome.Changed.class));
    }
    ListClient.call(bob.id(), new TodoServer.Clear(Client.command("clear")));
    FaultyStore.heal();
    bob.add("c", "young");
    List<Boolean> ends = new CopyOnWriteArrayList<>();
    FaultyStore.prune =
        (shard, after, before, most) -> {
          Pruned pruned = shard.prune(after, before, most);
          ends.add(pruned.isEnd());
          return pruned;
        };
    time.advance(Duration.ofMinutes(1));
    eventually(() -> {
      time.advance(Duration.ofMillis(100));
      assertThat(Pruner.NAME.call(new Pruner.Progress()).dropped()).isEqualTo(601);
    });
    assertThat(ends).as("whether all was looked at, after each step").contains(false);
    assertThat(asOf(bob, 600)).isEqualTo(new Past.Dropped(601));
    kill(bob);
    assertThat(bob.titles()).containsExactly("young");
  }

  @Test
  void aCommandIsRepeatedWhileItsRecordIsThereAndAfterThatItsKeyNamesANewOne() throws Exception {
    Client bob = Client.of("Bob's list");
    makeAged();
    bob.add("gone", "was here");
    Outcome there = bob.add("there", "is here");
    ListClient.call(bob.id(), new TodoServer.Delete(Client.command("delete"), 1));
    FaultyStore.heal();
    time.advance(Duration.ofMinutes(1));
    eventually(() -> {
      time.advance(Duration.ofMillis(100));
      assertThat(asOf(bob, 2)).isEqualTo(new Past.Dropped(3));
    });
    assertThat(bob.add("there", "is here")).isEqualTo(there);
    CompletableFuture<Outcome> one = bob.addLater("gone", "was here");
    CompletableFuture<Outcome> other = bob.addLater("gone", "was here");
    assertThat(one.get(20, TimeUnit.SECONDS)).isInstanceOf(Outcome.Changed.class);
    assertThat(other.get(20, TimeUnit.SECONDS)).isEqualTo(one.get());
    kill(bob);
    assertThat(bob.add("gone", "was here")).isEqualTo(one.get());
    assertThat(bob.titles()).containsExactly("is here", "was here");
  }

  @Test
  void aShardThatCannotBeHadIsLookedAtTheNextTime() {
    Client bob = withOldEntries("Bob's list");
    Processes.exit(worker(bob), ExitReason.KILL);
    FaultyStore.prune =
        (shard, after, before, most) -> {
          throw new StoreException.OutcomeUnknown("the disk is gone", null);
        };
    time.advance(Duration.ofHours(3));
    eventually(() -> {
      time.advance(Duration.ofSeconds(1));
      assertThat(asOf(bob, 1)).isInstanceOf(Past.Then.class);
    });
    FaultyStore.heal();
    eventually(() -> {
      time.advance(Duration.ofMinutes(10));
      assertThat(asOf(bob, 1)).isEqualTo(new Past.Dropped(2));
    });
    assertThat(bob.add("c", "next")).isInstanceOf(Outcome.Changed.class);
  }

  @Test
  void historyIsNotKeptForLessThanCommandsAre() {
    assertThatThrownBy(() ->
            new TodoConfig(
                null,
                Duration.ofMinutes(1),
                1,
                Optional.of(Duration.ofHours(1)),
                Duration.ofDays(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("PT48H");
  }

  private static Client withOldEntries(String name) {
    Client client = Client.of(name);
    makeAged();
    client.add("a", "old");
    client.add("b", "older");
    FaultyStore.heal();
    return client;
  }

  private static void makeAged() {
    FaultyStore.commit =
        (shard, batch) -> shard.commit(batch.stream().map(PrunerTest::aged).toList());
  }

  private static Append aged(Append append) {
    return new Append(
        append.list(),
        append.follows(),
        append.records().stream()
            .map(record ->
                new JournalRecord(
                    record.revision(), record.at().minus(AGE), record.origin(), record.change()))
            .toList());
  }

  private static Past asOf(Client client, long revision) {
    return History.asOf(client.id(), revision, Deadline.in(Duration.ofSeconds(10)))
            instanceof History.Answer.Found<Past>(var _, Past past)
        ? past
        : new Past.Dropped(-1);
  }

  private static List<String> titles(Past past) {
    return ((Past.Then) past).list().entries().stream().map(Entry::title).toList();
  }

  private static Pid<?> worker(Client client) {
    return ProcessRegistry.whereis(new ProcessRegistry.WorkerKey(client.list().shard()))
        .orElseThrow();
  }

  private static void kill(Client client) {
    Processes.exit(
        ProcessRegistry.whereis(new ProcessRegistry.ListKey(client.id())).orElseThrow(),
        ExitReason.KILL);
  }
}
