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
import dev.tend.todo.list.Draft;
import dev.tend.todo.list.Edit;
import dev.tend.todo.list.Entry;
import dev.tend.todo.list.Limits;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A list with as much text as a list may have, but for what 20,000 more letters take. */
class HeavyListTest {
  private static final Outcome FULL = new Outcome.Full(Outcome.Full.Of.TEXT);
  private static final String NOTES = "n".repeat(Limits.NOTES);
  private static final int HEAVY = (int) (Limits.TEXT / (Limits.NOTES + 1)) - 1;
  private static final int LEFT = (int) (Limits.TEXT - HEAVY * (Limits.NOTES + 1L));

  @Order(1)
  @RegisterExtension
  final NoLeaks noLeaks = new NoLeaks();

  @Order(2)
  @RegisterExtension
  final TodoSystem system = TodoSystem.withFaults(FaultyStore::new).shards(1);

  private Client heavy;
  private Client other;

  @BeforeEach
  void fill() {
    heavy = Client.of("heavy");
    other = Client.of("other");
    List<JournalRecord> records =
        IntStream.rangeClosed(1, HEAVY)
            .mapToObj(n ->
                new JournalRecord(
                    n,
                    Instant.EPOCH,
                    Client.command("fill " + n).origin(),
                    new Change.Added(new Entry(n, null, "t", false, NOTES, n))))
            .toList();
    FaultyStore.commit =
        (shard, batch) -> {
          FaultyStore.heal();
          shard.commit(List.of(new Append(heavy.id(), 0, records)));
          return shard.commit(batch);
        };
    other.add("a", "elsewhere");
    assertThat(heavy.entries()).hasSize(HEAVY);
  }

  @Test
  void noTextIsAddedBroughtBackOrMovedIntoIt() {
    Outcome.Changed shorter = changed(new TodoServer.Update(Client.command("s"), 1, notes("")));
    int room = LEFT + Limits.NOTES;
    for (int title = 1; room > 0; title++) {
      int length = Math.min(room - 1, Limits.NOTES);
      changed(add("add " + title, "n".repeat(length)));
      room -= length + 1;
    }
    assertThat(call(add("b", ""))).isEqualTo(FULL);
    assertThat(call(new TodoServer.Update(Client.command("u"), 1, notes("n")))).isEqualTo(FULL);
    assertThat(Undo.undo(heavy.id(), Client.command("v"), shorter.revision())).isEqualTo(FULL);
    assertThat(Moves.move(other.id(), Client.command("m"), 1, heavy.id())).isEqualTo(FULL);
    assertThat(other.titles()).containsExactly("elsewhere");
    changed(new TodoServer.Update(Client.command("w"), 2, notes("n".repeat(Limits.NOTES - 1))));
    changed(add("c", ""));
    changed(new TodoServer.Update(Client.command("x"), 3, new Edit(List.of(new Edit.Done(true)))));
    assertThat(call(add("d", ""))).isEqualTo(FULL);
  }

  @Test
  void ifThereIsNoRoomForAllThatWasClearedNothingOfItComesBack() {
    Outcome.Changed cleared = changed(new TodoServer.Clear(Client.command("c")));
    changed(add("d", "n".repeat(Limits.NOTES)));
    changed(add("e", "n".repeat(Limits.NOTES)));
    assertThat(Undo.undo(heavy.id(), Client.command("u"), cleared.revision())).isEqualTo(FULL);
    assertThat(heavy.titles()).containsExactly("t", "t");
  }

  private static TodoServer.Add add(String key, String notes) {
    return new TodoServer.Add(Client.command(key), new Draft(null, "t", false, notes));
  }

  private static Edit notes(String text) {
    return new Edit(List.of(new Edit.Notes(text)));
  }

  private Outcome.Changed changed(TodoServer.ChangeRequest request) {
    Outcome outcome = call(request);
    assertThat(outcome).isInstanceOf(Outcome.Changed.class);
    return (Outcome.Changed) outcome;
  }

  private Outcome call(TodoServer.ChangeRequest request) {
    return ListClient.call(heavy.id(), request);
  }
}
