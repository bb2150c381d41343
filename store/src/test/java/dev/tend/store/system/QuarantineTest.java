package dev.tend.store.system;

import static dev.tend.otp.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Processes;
import dev.tend.otp.testkit.ManualTime;
import dev.tend.otp.testkit.NoLeaks;
import dev.tend.todo.Hindrance;
import dev.tend.todo.ListClient;
import dev.tend.todo.Outcome;
import dev.tend.todo.Reading;
import dev.tend.todo.TodoCache;
import java.time.Duration;
import java.util.Collections;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A list that keeps crashing, on a clock of our own. */
class QuarantineTest {
  private final ManualTime time = new ManualTime();

  @Order(1)
  @RegisterExtension
  final NoLeaks noLeaks = new NoLeaks();

  @Order(2)
  @RegisterExtension
  final TodoSystem system = TodoSystem.withFaults(FaultyStore::new).time(time);

  @Test
  void itRestsLongerEachTimeUntilItBehavesAndOthersNeverNotice() {
    Client bob = Client.of("Bob's list");
    Client alice = Client.of("Alice's list");
    bob.add("first", "first");
    crashAtEachLoad(bob);
    Processes.exit(TodoCache.serverProcess("Bob's list"), ExitReason.KILL);

    for (int seconds : new int[] {30, 60, 120, 300, 300}) {
      Duration rest = Duration.ofSeconds(seconds);
      eventually(() -> assertThat(resting(bob)).isEqualTo(rest));
      assertThat(TodoCache.allResting())
          .extracting(TodoCache.Resting::list)
          .containsExactly(bob.id());
      assertThat(alice.add("key", "hers")).isInstanceOf(Outcome.Changed.class);
      time.advance(rest.minusNanos(1));
      assertThat(resting(bob)).isEqualTo(Duration.ofNanos(1));
      time.advance(Duration.ofNanos(1));
    }

    FaultyStore.heal();
    eventually(() -> assertThat(bob.titles()).containsExactly("first"));
    assertThat(TodoCache.allResting()).isEmpty();
    time.advance(Duration.ofMinutes(10).plusSeconds(1));
    crashAtEachLoad(bob);
    Processes.exit(TodoCache.serverProcess("Bob's list"), ExitReason.KILL);
    eventually(() -> assertThat(resting(bob)).isEqualTo(Duration.ofSeconds(30)));
  }

  private static void crashAtEachLoad(Client client) {
    FaultyStore.entries =
        (shard, list, after, limit) ->
            list.equals(client.id())
                ? Collections.singletonList(null) // which no list can be made of
                : shard.entries(list, after, limit);
  }

  /** What a client who asks is told of how long it rests; zero if it does not. */
  private static Duration resting(Client client) {
    return ListClient.read(client.id()) instanceof Reading.Unavailable(Hindrance why, Duration left)
            && why.kind() == Hindrance.Kind.QUARANTINED
        ? left
        : Duration.ZERO;
  }
}
