package dev.tend.store.system;

import static dev.tend.otp.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tend.otp.testkit.NoLeaks;
import dev.tend.todo.ListClient;
import dev.tend.todo.Outcome;
import dev.tend.todo.ProcessRegistry;
import dev.tend.todo.Reading;
import dev.tend.todo.journal.StoreException;
import java.time.Duration;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Lists that nobody asks for. */
class IdleTest {
  @Order(1)
  @RegisterExtension
  final NoLeaks noLeaks = new NoLeaks();

  @Order(2)
  @RegisterExtension
  final TodoSystem system = TodoSystem.withFaults(FaultyStore::new).idle(Duration.ofMillis(200));

  @Test
  void anIdleListStopsAndComesBackAtTheNextRequest() {
    Client bob = Client.of("Bob's list");
    bob.add("a", "Dentist");
    eventually(() -> assertThat(listServers()).isZero());
    assertThat(bob.titles()).containsExactly("Dentist");
  }

  @Test
  void requestsThatRaceWithTheStopAreServed() {
    Client bob = Client.of("Bob's list");
    for (int i = 0; i < 300; i++) {
      assertThat(bob.add("key " + i, "entry")).isInstanceOf(Outcome.Changed.class);
      if (i % 10 == 0) {
        eventually(() -> assertThat(listServers()).isZero());
      }
      assertThat(ListClient.read(bob.id())).isInstanceOf(Reading.Found.class);
    }
  }

  @Test
  void aListThatCannotBeReadIsNotTriedForEver() {
    Client bob = Client.of("Bob's list");
    FaultyStore.read =
        (shard, list, after, limit) -> {
          throw new StoreException.Unavailable("the shard is corrupt", null);
        };
    assertThat(ListClient.read(bob.id())).isInstanceOf(Reading.Unavailable.class);
    eventually(() -> assertThat(listServers()).isZero());
    assertThat(bob.add("a", "b")).isInstanceOf(Outcome.Unavailable.class);
    FaultyStore.heal();
    eventually(() -> assertThat(bob.add("a", "b")).isInstanceOf(Outcome.Changed.class));
  }

  private static long listServers() {
    return ProcessRegistry.registrations().stream()
        .filter(row -> row.key() instanceof ProcessRegistry.ListKey)
        .count();
  }
}
