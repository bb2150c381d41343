package dev.tend.store.system;

import static dev.tend.otp.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.sys.Sys;
import dev.tend.otp.testkit.NoLeaks;
import dev.tend.todo.Catalog;
import dev.tend.todo.Command;
import dev.tend.todo.Deadline;
import dev.tend.todo.ListClient;
import dev.tend.todo.ListEvent;
import dev.tend.todo.Outcome;
import dev.tend.todo.Reading;
import dev.tend.todo.Stored;
import dev.tend.todo.Subscriptions;
import dev.tend.todo.TodoCache;
import dev.tend.todo.journal.CatalogWish;
import dev.tend.todo.journal.Catalogued;
import dev.tend.todo.journal.ListId;
import dev.tend.todo.journal.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Changes of the catalogue that are durable, and that nobody was told of. */
class CatalogFaultTest {
  @Order(1)
  @RegisterExtension
  final NoLeaks noLeaks = new NoLeaks();

  @Order(2)
  @RegisterExtension
  final TodoSystem system = TodoSystem.withFaults(FaultyStore::new);

  private static Stored<Catalogued> change(CatalogWish wish) {
    return Catalog.change(wish, Deadline.in(Duration.ofSeconds(20)));
  }

  private static CatalogWish delete(Client client, String key) {
    return new CatalogWish.Delete(
        Command.LOCAL, client.id(), 0, Instant.EPOCH, Client.command(key).origin());
  }

  private static CatalogWish rename(Client client, String name, String key) {
    return new CatalogWish.Rename(
        Command.LOCAL, client.id(), name, 0, Instant.EPOCH, Client.command(key).origin());
  }

  /** The next one is durable, and its answer is lost. */
  private static void nextCommitIsUnknown() {
    AtomicBoolean failed = new AtomicBoolean();
    FaultyStore.catalogCommit =
        (file, wishes) -> {
          List<Catalogued> done = file.commit(wishes);
          if (failed.compareAndSet(false, true)) {
            throw new StoreException.OutcomeUnknown("the disk said nothing", null);
          }
          return done;
        };
  }

  @Test
  void aDeletionOfUnknownOutcomeThatIsRepeatedIsSeenByAll() {
    Client bob = Client.of("Bob's list");
    bob.add("a", "Dentist");
    nextCommitIsUnknown();
    assertThat(change(delete(bob, "d"))).isInstanceOf(Stored.Unknown.class);

    assertRepeated(change(delete(bob, "d")));

    assertThat(ListClient.read(bob.id())).isInstanceOf(Reading.NoSuchList.class);
    assertThat(bob.add("b", "Movies")).isInstanceOf(Outcome.NoSuchList.class);
  }

  @Test
  void aRenameOfUnknownOutcomeThatIsRepeatedIsSeenByAll() {
    Client bob = Client.of("Bob's list");
    bob.add("a", "Dentist");
    nextCommitIsUnknown();
    assertThat(change(rename(bob, "Alice's list", "r"))).isInstanceOf(Stored.Unknown.class);

    assertRepeated(change(rename(bob, "Alice's list", "r")));

    assertThat(ListClient.read(bob.id()))
        .isInstanceOfSatisfying(
            Reading.Found.class,
            found -> assertThat(found.published().catalog().name()).isEqualTo("Alice's list"));
  }

  @Test
  void aDeletionWhoseAnswerDiesWithTheCatalogueAndThatIsRepeatedIsSeenByAll() throws Exception {
    Client bob = Client.of("Bob's list");
    bob.add("a", "Dentist");

    deleteAndKillTheCatalogueBeforeItTells(bob);
    eventually(() -> assertRepeated(change(delete(bob, "d"))));

    assertThat(ListClient.read(bob.id())).isInstanceOf(Reading.NoSuchList.class);
    assertThat(bob.add("b", "Movies")).isInstanceOf(Outcome.NoSuchList.class);
  }

  @Test
  void aListIsNotStartedOnWhatWasKnownOfItBeforeTheCatalogueDied() throws Exception {
    Client bob = Client.of("Bob's list");
    Sys.suspend(TodoCache.NAME);
    CompletableFuture<Reading> begun =
        CompletableFuture.supplyAsync(() -> ListClient.read(bob.id()), Thread::startVirtualThread);
    eventually(() ->
        assertThat(Processes.info(TodoCache.NAME.whereis().orElseThrow()))
            .hasValueSatisfying(cache -> assertThat(cache.mailbox()).isEqualTo(1)));
    deleteAndKillTheCatalogueBeforeItTells(bob);
    eventually(() -> assertRepeated(change(delete(bob, "d"))));
    Sys.resume(TodoCache.NAME);
    begun.get();

    assertThat(ListClient.read(bob.id())).isInstanceOf(Reading.NoSuchList.class);
    assertThat(bob.add("b", "Movies")).isInstanceOf(Outcome.NoSuchList.class);
  }

  private static void deleteAndKillTheCatalogueBeforeItTells(Client bob) throws Exception {
    Gate gate = new Gate();
    AtomicBoolean held = new AtomicBoolean();
    FaultyStore.catalogCommit =
        (file, wishes) -> {
          List<Catalogued> done = file.commit(wishes);
          if (held.compareAndSet(false, true)) {
            gate.pass();
          }
          return done;
        };
    CompletableFuture<Stored<Catalogued>> lost =
        CompletableFuture.supplyAsync(() -> change(delete(bob, "d")));
    gate.awaitReached();
    Pid<Catalog> killed = Catalog.NAME.whereis().orElseThrow();
    Processes.exit(killed, ExitReason.KILL);
    assertThat(lost.get()).isInstanceOf(Stored.Unknown.class);
    gate.open();
  }

  @Test
  void whoFollowsTheCatalogueHearsThatAChangeMayHaveGoneUntold() throws Exception {
    BlockingQueue<Object> told = new LinkedBlockingQueue<>();
    Client bob = Client.of("Bob's list");
    CountDownLatch subscribed = new CountDownLatch(1);
    Pid<?> page =
        Processes.spawn(() -> {
          Subscriptions.subscribeToCatalog(Command.LOCAL);
          subscribed.countDown();
          while (true) {
            told.add(Processes.receive(message -> message));
          }
        });
    subscribed.await();
    nextCommitIsUnknown();
    assertThat(change(rename(bob, "Alice's list", "r"))).isInstanceOf(Stored.Unknown.class);

    assertThat(told.poll(20, TimeUnit.SECONDS)).isEqualTo(new ListEvent.Reopened());
    Processes.exit(page, ExitReason.KILL);
  }

  @Test
  void aCatalogueOpenedAnewReadsOnlyTheListsThatRun() {
    Client bob = Client.of("Bob's list");
    bob.add("a", "Dentist");
    for (int i = 0; i < 20; i++) {
      Client.of("read once " + i);
    }
    List<ListId> read = new CopyOnWriteArrayList<>();
    FaultyStore.find =
        (file, id) -> {
          read.add(id);
          return file.find(id);
        };
    nextCommitIsUnknown();
    assertThat(change(rename(bob, "Alice's list", "r"))).isInstanceOf(Stored.Unknown.class);

    assertRepeated(change(rename(bob, "Alice's list", "r")));

    assertThat(read).containsExactly(bob.id());
    assertThat(TodoCache.serverProcess("Alice's list").isAlive()).isTrue();
    assertThat(Client.of("read once 7").entries()).isEmpty();
  }

  private static void assertRepeated(Stored<Catalogued> answer) {
    assertThat(answer)
        .isInstanceOfSatisfying(
            Stored.Done.class,
            done -> assertThat(done.value()).isInstanceOf(Catalogued.Repeated.class));
  }
}
