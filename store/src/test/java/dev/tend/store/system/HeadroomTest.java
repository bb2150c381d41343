package dev.tend.store.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tend.otp.testkit.Eventually;
import dev.tend.otp.testkit.NoLeaks;
import dev.tend.todo.ListClient;
import dev.tend.todo.Outcome;
import dev.tend.todo.Reading;
import dev.tend.todo.TodoServer;
import dev.tend.todo.list.Draft;
import dev.tend.todo.list.Limits;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Lists that together are more than may be in memory: three MiB here. */
class HeadroomTest {
  private static final String NOTES = "n".repeat(Limits.NOTES);
  private static final int A_MIB = (1 << 20) / Limits.NOTES + 1;

  @Order(1)
  @RegisterExtension
  final NoLeaks noLeaks = new NoLeaks();

  @Order(2)
  @RegisterExtension
  final TodoSystem system = TodoSystem.onDisk().shards(1).memory(3 << 20);

  private static Client filled(String name, int entries) {
    Client client = Client.of(name);
    List<TodoServer.ChangeRequest> adds =
        IntStream.rangeClosed(1, entries)
            .<TodoServer.ChangeRequest>mapToObj(n ->
                new TodoServer.Add(
                    Client.command(name + n), new Draft(null, name + n, false, NOTES)))
            .toList();
    assertThat(ListClient.calls(client.id(), adds, Client.command("").deadline()))
        .allMatch(outcome -> outcome instanceof Outcome.Changed);
    return client;
  }

  private static boolean isHeld(Client client) {
    return ListClient.published(client.id()).isPresent();
  }

  /** However often it has to be asked for. */
  private static void assertWhole(Client client, int entries) {
    Eventually.eventually(
        () -> assertThat(ListClient.read(client.id())).isInstanceOf(Reading.Found.class));
    assertThat(client.entries()).hasSize(entries).allMatch(entry -> entry.notes().equals(NOTES));
  }

  @Test
  void theLargestMakeWayForWhatIsReadAndAreReadAgain() {
    Client small = Client.of("small");
    small.add("a", "one");
    List<Client> large =
        List.of(filled("a", 2 * A_MIB), filled("b", 2 * A_MIB), filled("c", 2 * A_MIB));
    for (int round = 0; round < 3; round++) {
      for (Client client : large) {
        assertWhole(client, 2 * A_MIB);
        Eventually.eventually(
            () -> assertThat(large.stream().filter(HeadroomTest::isHeld)).hasSizeLessThan(2));
      }
    }
    assertThat(isHeld(small)).isTrue();
  }

  @Test
  void whatHasMoreThanItsShareAloneIsRefusedAndOthersAreNot() throws Exception {
    Client huge = filled("huge", 4 * A_MIB);
    Client large = filled("large", 2 * A_MIB);
    Eventually.eventually(() ->
        assertThat(ListClient.read(huge.id()))
            .isInstanceOfSatisfying(
                Reading.Unavailable.class,
                not -> assertThat(not.why().sentence()).contains("too large for the memory")));
    assertWhole(large, 2 * A_MIB);
    assertThat(isHeld(huge)).isFalse();
    system.stop();
    system.memory(30 << 20).start();
    assertWhole(huge, 4 * A_MIB);
    assertWhole(large, 2 * A_MIB);
    assertThat(isHeld(huge)).isTrue();
  }

  /** Nothing that was acknowledged is lost by one that is asked to stop again and again. */
  @Test
  void aListThatIsChangedMakesWayOnlyBetweenItsChanges() throws Exception {
    Client changed = filled("changed", 2 * A_MIB);
    Client other = filled("other", 2 * A_MIB);
    Thread reader =
        Thread.startVirtualThread(() -> {
          while (!Thread.currentThread().isInterrupted()) {
            ListClient.read(other.id());
          }
        });
    for (int i = 0; i < 200; i++) {
      String key = "change " + i;
      Eventually.eventually(
          () -> assertThat(changed.add(key, key)).isInstanceOf(Outcome.Changed.class));
    }
    reader.interrupt();
    reader.join();
    Eventually.eventually(
        () -> assertThat(ListClient.read(changed.id())).isInstanceOf(Reading.Found.class));
    assertThat(changed.titles())
        .endsWith("change 198", "change 199")
        .doesNotHaveDuplicates()
        .hasSize(2 * A_MIB + 200);
  }
}
