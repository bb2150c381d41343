package dev.tend.store.system;

import static dev.tend.otp.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.testkit.NoLeaks;
import dev.tend.todo.Catalog;
import dev.tend.todo.Command;
import dev.tend.todo.DatabaseWorker;
import dev.tend.todo.Deadline;
import dev.tend.todo.Hindrance;
import dev.tend.todo.ListClient;
import dev.tend.todo.Outcome;
import dev.tend.todo.Reading;
import dev.tend.todo.Stored;
import dev.tend.todo.TodoCache;
import dev.tend.todo.TodoServer;
import dev.tend.todo.journal.Append;
import dev.tend.todo.journal.Appended;
import dev.tend.todo.journal.CatalogWish;
import dev.tend.todo.journal.Catalogued;
import dev.tend.todo.journal.JournalRecord;
import dev.tend.todo.journal.StoreException;
import dev.tend.todo.list.Change;
import dev.tend.todo.list.Entry;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Kills and errors at the worst moments: acknowledged is durable, and nothing happens twice. */
class StoreFaultTest {
  @Order(1)
  @RegisterExtension
  final NoLeaks noLeaks = new NoLeaks();

  @Order(2)
  @RegisterExtension
  final TodoSystem system = TodoSystem.withFaults(FaultyStore::new);

  @Test
  void bobKilledWhileHisAppendWaitsAtTheWorkerAndRetriedIsOneRecord() throws Exception {
    Client bob = Client.of("Bob's list");
    bob.add("first", "first");
    Pid<TodoServer> pid = TodoCache.serverProcess("Bob's list");
    Gate gate = firstCommitHeldAt(Moment.BEFORE);

    CompletableFuture<Outcome> unanswered = bob.addLater("key", "Dentist");
    gate.awaitReached();
    Processes.exit(pid, ExitReason.KILL);
    assertThat(unanswered.get()).isInstanceOf(Outcome.Unknown.class);
    CompletableFuture<Outcome> retry = bob.addLater("key", "Dentist");
    gate.open();

    assertThat(((Outcome.Changed) retry.get()).revision()).isEqualTo(2);
    assertThat(bob.titles()).containsExactly("first", "Dentist");
  }

  private enum Moment {
    BEFORE,
    AFTER
  }

  @ParameterizedTest
  @ValueSource(strings = {"BEFORE", "AFTER"})
  void aWorkerKilledInsideASlowCommitIsSeenOrRefusedNeverDoubled(String moment) throws Exception {
    Client bob = Client.of("Bob's list");
    bob.add("first", "first");
    Gate gate = firstCommitHeldAt(Moment.valueOf(moment));

    CompletableFuture<Outcome> waiting = bob.addLater("key", "Dentist");
    gate.awaitReached();
    Pid<?> worker = DatabaseWorker.of(bob.list().shard()).whereis().orElseThrow();
    Processes.exit(worker, ExitReason.KILL);
    eventually(() ->
        assertThat(DatabaseWorker.of(bob.list().shard()).whereis())
            .isPresent()
            .get()
            .isNotEqualTo(worker));

    // The list learns the head from the new worker, and answers, while the old one still hangs.
    assertThat(((Outcome.Changed) waiting.get()).revision()).isEqualTo(2);
    gate.open();
    assertThat(((Outcome.Changed) bob.add("key", "Dentist")).revision()).isEqualTo(2);
    assertThat(((Outcome.Changed) bob.add("next", "Movies")).revision()).isEqualTo(3);
    assertThat(bob.titles()).containsExactly("first", "Dentist", "Movies");
    restartAndExpect(bob, "first", "Dentist", "Movies");
  }

  @Test
  void aListThatIsDeletedIsNotShownWhileAChangeOfItWaitsForTheDisk() throws Exception {
    Client bob = Client.of("Bob's list");
    bob.add("first", "first");
    Gate gate = firstCommitHeldAt(Moment.BEFORE);
    CompletableFuture<Outcome> waiting = bob.addLater("key", "Dentist");
    gate.awaitReached();
    Deadline deadline = Deadline.in(Duration.ofSeconds(20));
    CatalogWish delete =
        new CatalogWish.Delete(
            Command.LOCAL, bob.id(), 0, Instant.EPOCH, Client.command("d").origin());
    assertThat(Catalog.change(delete, deadline))
        .isInstanceOfSatisfying(
            Stored.Done.class,
            done -> ListClient.adopt(((Catalogued.Entered) done.value()).entry(), deadline));

    assertThat(ListClient.read(bob.id())).isInstanceOf(Reading.NoSuchList.class);
    assertThat(ListClient.published(bob.id())).isEmpty();
    gate.open();
    assertThat(waiting.get()).isInstanceOf(Outcome.Changed.class);
  }

  @Test
  void aDeadWorkersUnknownCommitDoesNotDisturbItsSuccessor() throws Exception {
    Client bob = Client.of("Bob's list");
    bob.add("first", "first");
    Gate gate = new Gate();
    atTheFirstCommit((shard, batch) -> {
      gate.pass();
      throw new StoreException.OutcomeUnknown("the disk said nothing", null);
    });
    CompletableFuture<Outcome> waiting = bob.addLater("key", "Dentist");
    gate.awaitReached();
    TodoSystem.kill(DatabaseWorker.of(bob.list().shard()));
    assertThat(waiting.get()).isInstanceOf(Outcome.Changed.class);

    gate.open();
    eventually(() -> assertThat(Processes.snapshot().zombies()).isEmpty());
    assertThat(bob.add("next", "Movies")).isInstanceOf(Outcome.Changed.class);
    assertThat(bob.titles()).containsExactly("first", "Dentist", "Movies");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void anUnknownCommitIsDecidedByTheHeadOfTheJournal(boolean written) throws Exception {
    Client bob = Client.of("Bob's list");
    bob.add("first", "first");
    AtomicBoolean failed =
        atTheFirstCommit((shard, batch) -> {
          if (written) {
            shard.commit(batch);
          }
          throw new StoreException.OutcomeUnknown("the disk said nothing", null);
        });

    assertThat(((Outcome.Changed) bob.add("key", "Dentist")).revision()).isEqualTo(2);

    assertThat(failed).isTrue();
    assertThat(bob.titles()).containsExactly("first", "Dentist");
    restartAndExpect(bob, "first", "Dentist");
  }

  @Test
  void aRefusedCommitIsAnsweredByUnavailableAndNothingOfItHappens() throws Exception {
    Client bob = Client.of("Bob's list");
    bob.add("first", "first");
    FaultyStore.commit =
        (shard, batch) -> {
          throw new StoreException.Unavailable("the disk is full", null);
        };
    assertThat(bob.add("key", "Dentist"))
        .isInstanceOfSatisfying(
            Outcome.Unavailable.class,
            answer ->
                assertThat(answer.why())
                    .isEqualTo(new Hindrance(Hindrance.Kind.STORAGE, "the disk is full")));
    assertThat(bob.titles()).containsExactly("first");

    FaultyStore.heal();
    assertThat(((Outcome.Changed) bob.add("key", "Dentist")).revision()).isEqualTo(2);
    restartAndExpect(bob, "first", "Dentist");
  }

  @Test
  void aShardThatCannotBeReadIsUnavailableNeverEmptyAndOthersServe() {
    Client bob = Client.of("Bob's list");
    Client alice = Client.of("Alice's list");
    assertThat(alice.list().shard()).isNotEqualTo(bob.list().shard());
    bob.add("first", "first");
    FaultyStore.read =
        (shard, list, after, limit) -> {
          if (list.equals(bob.id())) {
            throw new StoreException.Unavailable("the shard is corrupt", null);
          }
          return shard.read(list, after, limit);
        };
    Processes.exit(TodoCache.serverProcess("Bob's list"), ExitReason.KILL);

    assertThat(ListClient.read(bob.id())).isInstanceOf(Reading.Unavailable.class);
    assertThat(bob.add("second", "second")).isInstanceOf(Outcome.Unavailable.class);
    assertThat(alice.add("hers", "hers")).isInstanceOf(Outcome.Changed.class);

    FaultyStore.heal();
    eventually(() -> assertThat(bob.titles()).containsExactly("first"));
  }

  @Test
  void loadingOneSlowListDelaysNeitherTheCacheNorOtherLists() throws Exception {
    Client bob = Client.of("Bob's list");
    bob.add("first", "first");
    Processes.exit(TodoCache.serverProcess("Bob's list"), ExitReason.KILL);
    Gate gate = new Gate();
    FaultyStore.read =
        (shard, list, after, limit) -> {
          if (list.equals(bob.id())) {
            gate.pass();
          }
          return shard.read(list, after, limit);
        };

    TodoCache.serverProcess("Bob's list"); // starts at once; loading hangs
    gate.awaitReached();
    for (int i = 0; i < 3; i++) {
      Client other = Client.of("other " + i);
      if (other.list().shard() != bob.list().shard()) {
        assertThat(other.add("a", "b")).isInstanceOf(Outcome.Changed.class);
      }
    }
    gate.open();
    assertThat(bob.titles()).containsExactly("first");
  }

  @Test
  void aListWithAFullMailboxIsBusyAtOnceAndLosesNothing() throws Exception {
    Client bob = Client.of("Bob's list");
    bob.add("first", "first");
    Processes.exit(TodoCache.serverProcess("Bob's list"), ExitReason.KILL);
    Gate gate = new Gate();
    FaultyStore.read =
        (shard, list, after, limit) -> {
          gate.pass();
          return shard.read(list, after, limit);
        };
    Pid<TodoServer> server = TodoCache.serverProcess("Bob's list"); // loading hangs
    gate.awaitReached();
    List<CompletableFuture<Outcome>> waiting =
        List.of(bob.addLater("a", "a"), bob.addLater("b", "b"));
    eventually(() -> assertThat(Processes.info(server).orElseThrow().mailbox()).isEqualTo(2));
    for (int i = 2; i < TodoServer.MAILBOX; i++) {
      Processes.send(server, "noise");
    }

    assertThat(bob.add("c", "c"))
        .isInstanceOfSatisfying(
            Outcome.Unavailable.class,
            busy -> assertThat(busy.why().kind()).isEqualTo(Hindrance.Kind.BUSY));
    assertThat(ListClient.read(bob.id()))
        .isInstanceOfSatisfying(
            Reading.Unavailable.class,
            busy -> assertThat(busy.why().kind()).isEqualTo(Hindrance.Kind.BUSY));

    gate.open();
    for (CompletableFuture<Outcome> outcome : waiting) {
      assertThat(outcome.get()).isInstanceOf(Outcome.Changed.class);
    }
    assertThat(bob.add("c", "c")).isInstanceOf(Outcome.Changed.class);
    assertThat(bob.titles()).containsExactlyInAnyOrder("first", "a", "b", "c");
  }

  @Test
  void aForeignAppendIsAConflictTheListReloadsAndTheRetryActsOnce() {
    Client bob = Client.of("Bob's list");
    bob.add("first", "first");
    atTheFirstCommit((shard, batch) -> {
      shard.commit(List.of(foreignAppend(bob, 2)));
      return shard.commit(batch);
    });

    assertThat(bob.add("mine", "mine"))
        .isInstanceOfSatisfying(
            Outcome.Unavailable.class,
            refused -> assertThat(refused.why().kind()).isEqualTo(Hindrance.Kind.RESTARTING));
    eventually(() -> assertThat(revision(bob.add("mine", "mine"))).isEqualTo(3));
    assertThat(bob.titles()).containsExactly("first", "foreign 2", "mine");
  }

  @Test
  void aForeignAppendInsteadOfOneWhoseEndIsUnknownIsAConflictAndTheRetryActsOnce() {
    Client bob = Client.of("Bob's list");
    bob.add("first", "first");
    atTheFirstCommit((shard, batch) -> {
      shard.commit(List.of(foreignAppend(bob, 2, 3)));
      throw new StoreException.OutcomeUnknown("the disk said nothing", null);
    });

    assertThat(bob.add("mine", "mine")).isInstanceOf(Outcome.Unknown.class);
    eventually(() -> assertThat(revision(bob.add("mine", "mine"))).isEqualTo(4));
    assertThat(bob.titles()).containsExactly("first", "foreign 2", "foreign 3", "mine");
  }

  private static long revision(Outcome outcome) {
    return outcome instanceof Outcome.Changed changed ? changed.revision() : -1;
  }

  /** As of a writer that this list's server knows nothing of. */
  private static Append foreignAppend(Client of, int... revisions) {
    List<JournalRecord> records =
        Arrays.stream(revisions)
            .mapToObj(revision ->
                new JournalRecord(
                    revision,
                    Instant.EPOCH,
                    Client.command("foreign " + revision).origin(),
                    new Change.Added(
                        new Entry(revision, null, "foreign " + revision, false, "", revision))))
            .toList();
    return new Append(of.id(), revisions[0] - 1L, records);
  }

  @Test
  void whatADeadServerHadSentIsThereBeforeItsSuccessorBegins() throws Exception {
    Client bob = Client.of("Bob's list");
    bob.add("first", "first");
    Gate gate = firstCommitHeldAt(Moment.BEFORE);
    CompletableFuture<Outcome> orphan = bob.addLater("orphan", "from the dead server");
    gate.awaitReached();
    Pid<TodoServer> old = TodoCache.serverProcess("Bob's list");
    Processes.exit(old, ExitReason.KILL);
    assertThat(orphan.get()).isInstanceOf(Outcome.Unknown.class);
    gate.open();

    eventually(() -> assertThat(bob.add("mine", "mine")).isInstanceOf(Outcome.Changed.class));
    assertThat(bob.titles()).containsExactly("first", "from the dead server", "mine");
  }

  @Test
  void aListThatAlwaysCrashesIsQuarantinedAndDisturbsNoOther() {
    Client bob = Client.of("Bob's list");
    Client alice = Client.of("Alice's list");
    bob.add("first", "first");
    AtomicInteger loads = new AtomicInteger();
    FaultyStore.entries =
        (shard, list, after, limit) -> {
          if (list.equals(bob.id())) {
            loads.incrementAndGet();
            return Collections.singletonList(null); // which no list can be made of
          }
          return shard.entries(list, after, limit);
        };
    Pid<TodoServer> alicePid = TodoCache.serverProcess("Alice's list");
    Processes.exit(TodoCache.serverProcess("Bob's list"), ExitReason.KILL);

    eventually(() ->
        assertThat(ListClient.read(bob.id()))
            .isInstanceOfSatisfying(
                Reading.Unavailable.class,
                answer -> {
                  assertThat(answer.why().kind()).isEqualTo(Hindrance.Kind.QUARANTINED);
                  assertThat(answer.retryAfter()).isPositive();
                }));
    assertThat(loads).hasValue(3);
    assertThat(ListClient.read(bob.id())).isInstanceOf(Reading.Unavailable.class);
    assertThat(bob.add("more", "more")).isInstanceOf(Outcome.Unavailable.class);
    assertThat(loads).as("left alone while it rests").hasValue(3);
    assertThat(alice.add("hers", "hers")).isInstanceOf(Outcome.Changed.class);
    assertThat(TodoCache.serverProcess("Alice's list")).isEqualTo(alicePid);
  }

  /** A journal read while loading would have a gap at its beginning, and be refused. */
  @Test
  void aListIsLoadedWithoutItsHistory() {
    Client bob = Client.of("Bob's list");
    bob.add("first", "first");
    bob.add("second", "second");
    FaultyStore.read =
        (shard, list, after, limit) -> {
          if (limit > 0) {
            throw new StoreException.Unavailable("the history is not for loading", null);
          }
          return List.of();
        };
    Processes.exit(TodoCache.serverProcess("Bob's list"), ExitReason.KILL);
    assertThat(bob.titles()).containsExactly("first", "second");
    FaultyStore.heal();
    assertThat(((Outcome.Changed) bob.add("second", "second")).revision()).isEqualTo(2);
    assertThat(((Outcome.Changed) bob.add("third", "third")).revision()).isEqualTo(3);
  }

  @Test
  void killsFromOutsideNeverQuarantine() {
    Client bob = Client.of("Bob's list");
    for (int i = 0; i < 10; i++) {
      Processes.exit(TodoCache.serverProcess("Bob's list"), ExitReason.KILL);
    }
    assertThat(bob.titles()).isEmpty();
  }

  // ---- helpers ----

  /** The next commit hangs before or after it reaches the disk; all others go through. */
  private static Gate firstCommitHeldAt(Moment moment) {
    Gate gate = new Gate();
    atTheFirstCommit((shard, batch) ->
        switch (moment) {
          case BEFORE -> {
            gate.pass();
            yield shard.commit(batch);
          }
          case AFTER -> after(gate, shard.commit(batch));
        });
    return gate;
  }

  /**
   * Instead of the next commit; those after it are as they should be.
   *
   * @return whether it has come to that
   */
  private static AtomicBoolean atTheFirstCommit(FaultyStore.Commit instead) {
    AtomicBoolean gone = new AtomicBoolean();
    FaultyStore.commit =
        (shard, batch) ->
            gone.compareAndSet(false, true) ? instead.of(shard, batch) : shard.commit(batch);
    return gone;
  }

  private static List<Appended> after(Gate gate, List<Appended> answers) {
    gate.pass();
    return answers;
  }

  private void restartAndExpect(Client client, String... titles) throws Exception {
    FaultyStore.heal();
    system.stop();
    system.start();
    assertThat(client.titles()).containsExactly(titles);
  }
}
