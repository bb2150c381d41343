package dev.tend.store.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tend.otp.testkit.NoLeaks;
import dev.tend.todo.ListClient;
import dev.tend.todo.Moves;
import dev.tend.todo.Outcome;
import dev.tend.todo.TodoServer;
import dev.tend.todo.Undo;
import dev.tend.todo.journal.Append;
import dev.tend.todo.journal.JournalRecord;
import dev.tend.todo.list.Change;
import dev.tend.todo.list.Entry;
import dev.tend.todo.list.Limits;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A list with as many entries as a list may have. */
class FullListTest {
  private static final Outcome FULL = new Outcome.Full(Outcome.Full.Of.ENTRIES);

  @Order(1)
  @RegisterExtension
  final NoLeaks noLeaks = new NoLeaks();

  @Order(2)
  @RegisterExtension
  final TodoSystem system = TodoSystem.withFaults(FaultyStore::new).shards(1);

  private Client full;
  private Client other;

  /** At once and behind its server's back, with the commit of another list. */
  @BeforeEach
  void fill() {
    full = Client.of("full");
    other = Client.of("other");
    List<JournalRecord> records =
        IntStream.rangeClosed(1, Limits.ENTRIES)
            .mapToObj(n ->
                new JournalRecord(
                    n,
                    Instant.EPOCH,
                    Client.command("fill " + n).origin(),
                    new Change.Added(new Entry(n, null, "task " + n, false, "", n))))
            .toList();
    FaultyStore.commit =
        (shard, batch) -> {
          FaultyStore.heal();
          shard.commit(List.of(new Append(full.id(), 0, records)));
          return shard.commit(batch);
        };
    other.add("a", "elsewhere");
    assertThat(full.entries()).hasSize(100_000);
  }

  @Test
  void nothingIsAddedBroughtBackOrMovedIntoIt() {
    assertThat(full.add("b", "one more")).isEqualTo(FULL);
    Outcome.Changed deleted = (Outcome.Changed) call(new TodoServer.Delete(Client.command("d"), 7));
    assertThat(full.add("c", "in its place")).isInstanceOf(Outcome.Changed.class);
    assertThat(Undo.undo(full.id(), Client.command("u"), deleted.revision())).isEqualTo(FULL);
    assertThat(Moves.move(other.id(), Client.command("m"), 1, full.id())).isEqualTo(FULL);
    assertThat(other.titles()).containsExactly("elsewhere");
    assertThat(full.entries()).hasSize(100_000);
    assertThat(full.titles()).endsWith("task 100000", "in its place").doesNotContain("task 7");
  }

  @Test
  void ifThereIsNoRoomForAllThatWasClearedNothingOfItComesBack() {
    Outcome.Changed cleared = (Outcome.Changed) call(new TodoServer.Clear(Client.command("c")));
    full.add("d", "new");
    assertThat(Undo.undo(full.id(), Client.command("u"), cleared.revision())).isEqualTo(FULL);
    assertThat(full.titles()).containsExactly("new");
  }

  private Outcome call(TodoServer.ChangeRequest request) {
    return ListClient.call(full.id(), request);
  }
}
