package dev.tend.store.system;

import static dev.tend.otp.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tend.otp.testkit.NoLeaks;
import dev.tend.todo.ProcessRegistry;
import dev.tend.todo.TodoCache;
import dev.tend.todo.TodoServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The seed's loop over very many lists. */
class ManyListsTest {
  private static final int LISTS = 100_000;
  private static final int CLIENTS = 64;

  @Order(1)
  @RegisterExtension
  final NoLeaks noLeaks = new NoLeaks();

  @Order(2)
  @RegisterExtension
  final TodoSystem system = TodoSystem.onDisk();

  @Test
  void aHundredThousandListsAnswerAndOneAnswersAgainAfterTheRegistryIsKilled() throws Exception {
    AtomicInteger next = new AtomicInteger();
    AtomicInteger answered = new AtomicInteger();
    List<Thread> clients = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      clients.add(
          Thread.startVirtualThread(() -> {
            for (int n = next.getAndIncrement(); n < LISTS; n = next.getAndIncrement()) {
              assertAnswers("list " + n);
              answered.incrementAndGet();
            }
          }));
    }
    for (Thread client : clients) {
      client.join();
    }
    assertThat(answered).hasValue(LISTS);
    assertThat(ProcessRegistry.registrations()).hasSize(LISTS + 4);

    TodoSystem.kill(ProcessRegistry.NAME);

    assertAnswers("list 99999");
  }

  /** Asked again where it had no time. */
  private static void assertAnswers(String list) {
    eventually(
        Duration.ofSeconds(60),
        () -> assertThat(TodoServer.entries(TodoCache.serverProcess(list))).isEmpty());
  }
}
