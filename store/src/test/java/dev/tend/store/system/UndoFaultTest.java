package dev.tend.store.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tend.otp.testkit.NoLeaks;
import dev.tend.todo.ListClient;
import dev.tend.todo.Outcome;
import dev.tend.todo.TodoServer;
import dev.tend.todo.Undo;
import dev.tend.todo.journal.StoreException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is told of an undo that takes more than one commit, where one of them fails. */
class UndoFaultTest {
  @Order(1)
  @RegisterExtension
  final NoLeaks noLeaks = new NoLeaks();

  @Order(2)
  @RegisterExtension
  final TodoSystem system = TodoSystem.withFaults(FaultyStore::new);

  @Test
  void ofAListThatWasFilledAgainInPartNobodyIsToldThatNothingHappened() {
    Client bob = Client.of("Bob's list");
    bob.add("a", "Dentist");
    bob.add("b", "Milk");
    bob.add("c", "Movies");
    ListClient.call(bob.id(), new TodoServer.Clear(Client.command("clear")));
    AtomicInteger commits = new AtomicInteger();
    FaultyStore.commit =
        (shard, batch) -> {
          if (commits.getAndIncrement() > 0) {
            throw new StoreException.Unavailable("the disk is full", null);
          }
          return shard.commit(batch);
        };

    assertThat(undo(bob)).isInstanceOf(Outcome.Unknown.class);
    assertThat(bob.titles()).containsExactly("Dentist");

    FaultyStore.heal();
    assertThat(undo(bob)).isInstanceOf(Outcome.Changed.class);
    assertThat(bob.titles()).containsExactly("Dentist", "Milk", "Movies");
  }

  private static Outcome undo(Client bob) {
    return Undo.undo(bob.id(), Client.command("undo"), 4);
  }
}
