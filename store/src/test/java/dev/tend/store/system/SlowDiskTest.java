package dev.tend.store.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tend.otp.testkit.NoLeaks;
import dev.tend.todo.Outcome;
import dev.tend.todo.TodoCache;
import dev.tend.todo.TodoServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Workers inside slow native code hold up nobody but their own lists. */
class SlowDiskTest {
  /** More than there are cores, and than the scheduler has carriers for virtual threads. */
  private static final int SLOW =
      2
          + Math.max(
              Runtime.getRuntime().availableProcessors(),
              Integer.getInteger("jdk.virtualThreadScheduler.parallelism", 1));

  @Order(1)
  @RegisterExtension
  final NoLeaks noLeaks = new NoLeaks();

  @Order(2)
  @RegisterExtension
  final TodoSystem system = TodoSystem.withFaults(FaultyStore::new).shards(SLOW + 1);

  @Test
  void moreWorkersThanCoresInsideASlowCommitDoNotDelayAnIdleList() throws Exception {
    List<Client> lists = new ArrayList<>();
    for (int i = 0; i <= SLOW; i++) {
      lists.add(Client.of("list " + i));
    }
    Client idle = lists.removeLast();
    idle.add("first", "first");
    CountDownLatch inside = new CountDownLatch(SLOW);
    AtomicBoolean enough = new AtomicBoolean();
    FaultyStore.commit =
        (shard, batch) -> {
          if (!batch.getFirst().list().equals(idle.id())) {
            inside.countDown();
            nativeWorkUntil(enough);
          }
          return shard.commit(batch);
        };

    List<CompletableFuture<Outcome>> slow = new ArrayList<>();
    for (Client list : lists) {
      slow.add(list.addLater("key", "slow"));
    }
    inside.await();
    for (int i = 0; i < 20; i++) {
      assertThat(TodoServer.entries(TodoCache.serverProcess("list " + SLOW))).hasSize(1 + i);
      assertThat(idle.add("quick " + i, "quick")).isInstanceOf(Outcome.Changed.class);
    }
    assertThat(slow).as("all the while the slow ones hang").noneMatch(CompletableFuture::isDone);
    enough.set(true);
    for (CompletableFuture<Outcome> one : slow) {
      assertThat(one.get()).isInstanceOf(Outcome.Changed.class);
    }
  }

  /** One native call after the other, as in a disk that does not answer. */
  private static void nativeWorkUntil(AtomicBoolean enough) {
    try (Connection memory = DriverManager.getConnection("jdbc:sqlite::memory:");
        Statement sql = memory.createStatement()) {
      while (!enough.get()) {
        sql.executeQuery(
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 200000)"
                    + " SELECT count(*) FROM n")
            .close();
      }
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }
}
