package dev.tend.store.system;

import static dev.tend.otp.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tend.otp.process.Answer;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.RequestId;
import dev.tend.otp.testkit.NoLeaks;
import dev.tend.otp.testkit.TestProcess;
import dev.tend.todo.Command;
import dev.tend.todo.Deadline;
import dev.tend.todo.Hindrance;
import dev.tend.todo.ListClient;
import dev.tend.todo.Outcome;
import dev.tend.todo.Published;
import dev.tend.todo.Reading;
import dev.tend.todo.TodoCache;
import dev.tend.todo.TodoServer;
import dev.tend.todo.journal.ListId;
import dev.tend.todo.journal.Origin;
import dev.tend.todo.journal.StoreException;
import dev.tend.todo.list.Draft;
import dev.tend.todo.list.Edit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Changes with keys, conditions and bounds. */
class ChangeTest {
  @Order(1)
  @RegisterExtension
  final NoLeaks noLeaks = new NoLeaks();

  @Order(2)
  @RegisterExtension
  final TodoSystem system = TodoSystem.withFaults(FaultyStore::new);

  @Test
  void aRepeatedKeyActsOnceAndIsAnsweredAlikeAlsoAfterARestart() throws Exception {
    Client bob = Client.of("Bob's list");
    Outcome first = bob.add("key", "Dentist");
    assertThat(bob.add("key", "Dentist")).isEqualTo(first);
    bob.add("other", "Milk");
    system.stop();
    system.start();
    assertThat(bob.add("key", "Dentist")).isEqualTo(first);
    assertThat(bob.titles()).containsExactly("Dentist", "Milk");
  }

  @Test
  void theSameKeyWithAnotherBodyIsRefused() {
    Client bob = Client.of("Bob's list");
    bob.add("key", "Dentist");
    Command other =
        new Command(
            new Origin(Command.LOCAL, "test", "key", "another hash"),
            Set.of(),
            Deadline.in(Duration.ofSeconds(5)));
    assertThat(ListClient.call(bob.id(), new TodoServer.Clear(other)))
        .isInstanceOf(Outcome.KeyReused.class);
    assertThat(bob.titles()).containsExactly("Dentist");
  }

  @Test
  void aRepeatedKeyIsFoundBeforeItsConditionIsJudged() {
    Client bob = Client.of("Bob's list");
    bob.add("a", "Dentist");
    Published before = published(bob);
    String tag = before.etag(before.list().entry(1).orElseThrow());
    TodoServer.Update update =
        new TodoServer.Update(Client.command("edit", tag), 1, Edit.of(new Edit.Done(true)));
    Outcome first = ListClient.call(bob.id(), update);
    assertThat(first).isInstanceOf(Outcome.Changed.class);
    assertThat(ListClient.call(bob.id(), update)).isEqualTo(first);
  }

  @Test
  void aStaleConditionIsRefusedAndTellsTheCurrentTag() {
    Client bob = Client.of("Bob's list");
    bob.add("a", "Dentist");
    Outcome outcome =
        ListClient.call(bob.id(), new TodoServer.Delete(Client.command("d", "no-such-tag"), 1));
    Published now = published(bob);
    assertThat(outcome).isEqualTo(new Outcome.Stale(now.etag(now.list().entry(1).orElseThrow())));
    assertThat(bob.titles()).containsExactly("Dentist");
    assertThat(ListClient.call(bob.id(), new TodoServer.Clear(Client.command("c", now.etag()))))
        .isInstanceOf(Outcome.Changed.class);
  }

  @Test
  void unknownListsAndEntriesAreSaidToBeUnknown() {
    Client bob = Client.of("Bob's list");
    assertThat(ListClient.read(ListId.random())).isInstanceOf(Reading.NoSuchList.class);
    assertThat(ListClient.call(ListId.random(), new TodoServer.Clear(Client.command("x"))))
        .isInstanceOf(Outcome.NoSuchList.class);
    assertThat(ListClient.call(bob.id(), new TodoServer.Delete(Client.command("x"), 7)))
        .isEqualTo(new Outcome.NoSuchEntry(7));
  }

  @Test
  void aRefusalThatRestsOnAPendingChangeWaitsForIt() throws Exception {
    Client bob = Client.of("Bob's list");
    bob.add("a", "Dentist");
    Gate gate = held();
    CompletableFuture<Outcome> delete = later(bob, new TodoServer.Delete(Client.command("d"), 1));
    gate.awaitReached();
    CompletableFuture<Outcome> update =
        later(bob, new TodoServer.Update(Client.command("u"), 1, Edit.of(new Edit.Done(true))));
    CompletableFuture<Outcome> repeated = later(bob, new TodoServer.Delete(Client.command("d"), 1));
    // A third list is served meanwhile; these two are not answered before the disk has spoken.
    Client alice = Client.of("Alice's list");
    FaultyStore.heal();
    alice.add("x", "y");
    assertThat(update).isNotDone();
    assertThat(repeated).isNotDone();
    gate.open();
    assertThat(delete.get()).isInstanceOf(Outcome.Changed.class);
    assertThat(update.get()).isEqualTo(new Outcome.NoSuchEntry(1));
    assertThat(repeated.get()).isEqualTo(delete.get());
  }

  @Test
  void aRepetitionIsAnsweredWithItsChangeWhateverBecomesOfLaterOnes() throws Exception {
    Client bob = Client.of("Bob's list");
    bob.add("a", "Dentist");
    Gate gate = new Gate();
    AtomicInteger commits = new AtomicInteger();
    FaultyStore.commit =
        (shard, batch) -> {
          if (commits.getAndIncrement() > 0) {
            throw new StoreException.Unavailable("the disk is full", null);
          }
          gate.pass();
          return shard.commit(batch);
        };
    Pid<TodoServer> server = TodoCache.serverProcess("Bob's list");
    TestProcess.run(() -> {
      // Requests of one process arrive in the order sent.
      RequestId<Outcome> first = Processes.sendRequest(server, adding("k", "Milk"));
      gate.awaitReached();
      RequestId<Outcome> later = Processes.sendRequest(server, adding("l", "Movies"));
      RequestId<Outcome> again = Processes.sendRequest(server, adding("k", "Milk"));
      assertThat(server.call(new TodoServer.Read())).isInstanceOf(Reading.Found.class);
      gate.open();
      assertThat(answerTo(again)).isEqualTo(answerTo(first)).isInstanceOf(Outcome.Changed.class);
      assertThat(answerTo(later)).isInstanceOf(Outcome.Unavailable.class);
    });
    assertThat(bob.titles()).containsExactly("Dentist", "Milk");
  }

  private static TodoServer.Add adding(String key, String title) {
    return new TodoServer.Add(Client.command(key), Draft.of(null, title));
  }

  private static Outcome answerTo(RequestId<Outcome> request) {
    Answer<Outcome> answer = Processes.receive(message -> request.check(message).orElse(null));
    return ((Answer.Replied<Outcome>) answer).value();
  }

  @Test
  void aFullLineStillAnswersRepetitionsOfWhatIsDurable() throws Exception {
    Client bob = Client.of("Bob's list");
    Outcome first = bob.add("first", "first");
    Gate gate = held();
    List<CompletableFuture<Outcome>> all = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      all.add(bob.addLater("" + i, "" + i));
    }
    gate.awaitReached();
    eventually(
        () -> assertThat(all.stream().filter(CompletableFuture::isDone).count()).isEqualTo(44));
    CompletableFuture<Outcome> again = bob.addLater("first", "first");
    int pending = 0;
    while (all.get(pending).isDone()) {
      pending++;
    }
    assertThat(bob.add("" + pending, "" + pending))
        .as("it may happen yet")
        .isInstanceOf(Outcome.Unknown.class);
    gate.open();
    assertThat(again.get()).isEqualTo(first);
    for (CompletableFuture<Outcome> one : all) {
      one.get();
    }
  }

  @Test
  void whatIsNotDurableIsNotSeen() throws Exception {
    Client bob = Client.of("Bob's list");
    bob.add("a", "Dentist");
    Gate gate = held();
    CompletableFuture<Outcome> add = bob.addLater("b", "Milk");
    gate.awaitReached();
    assertThat(bob.titles()).containsExactly("Dentist");
    gate.open();
    add.get();
    assertThat(bob.titles()).containsExactly("Dentist", "Milk");
  }

  @Test
  void moreThan256PendingAreRefusedAtOnceAndTheRestIsCommittedInOrder() throws Exception {
    Client bob = Client.of("Bob's list");
    bob.add("first", "first");
    Gate gate = held();
    List<CompletableFuture<Outcome>> all = new ArrayList<>();
    all.add(bob.addLater("0", "0"));
    gate.awaitReached();
    for (int i = 1; i < 300; i++) {
      all.add(bob.addLater("" + i, "" + i));
    }
    eventually(
        () -> assertThat(all.stream().filter(CompletableFuture::isDone).count()).isEqualTo(44));
    gate.open();
    long changed = 0;
    for (CompletableFuture<Outcome> one : all) {
      Outcome outcome = one.get();
      changed += outcome instanceof Outcome.Changed ? 1 : 0;
      assertThat(outcome).isInstanceOfAny(Outcome.Changed.class, Outcome.Unavailable.class);
    }
    assertThat(changed).isEqualTo(TodoServer.MOST_PENDING);
    assertThat(bob.entries()).hasSize(1 + TodoServer.MOST_PENDING);
  }

  @ParameterizedTest
  @EnumSource
  void repetitionsThatWaitForTheDiskAreLimitedToo(Repetition repetition) throws Exception {
    Client bob = Client.of("Bob's list");
    Outcome first = bob.add("durable", "Dentist");
    Gate gate = held();
    CompletableFuture<Outcome> pending = bob.addLater("pending", "Milk");
    gate.awaitReached();
    TodoServer.Add add = new TodoServer.Add(repetition.command(), Draft.of(null, "again"));
    List<CompletableFuture<Outcome>> all =
        IntStream.range(0, 300)
            .mapToObj(_ ->
                CompletableFuture.supplyAsync(
                    () -> ListClient.call(bob.id(), add), Thread::startVirtualThread))
            .toList();
    eventually(() ->
        assertThat(all)
            .filteredOn(CompletableFuture::isDone)
            .hasSize(300 - repetition.most)
            .allSatisfy(one -> assertThat(one.get()).isInstanceOf(Outcome.Unknown.class)));
    gate.open();
    assertThat(pending.get()).isInstanceOf(Outcome.Changed.class);
    Outcome answer = repetition == Repetition.OF_A_DURABLE ? first : new Outcome.KeyReused();
    for (CompletableFuture<Outcome> one : all) {
      assertThat(one.get())
          .satisfiesAnyOf(
              outcome -> assertThat(outcome).isEqualTo(answer),
              outcome -> assertThat(outcome).isInstanceOf(Outcome.Unknown.class));
    }
    assertThat(bob.titles()).containsExactly("Dentist", "Milk");
  }

  enum Repetition {
    OF_A_DURABLE("durable", "hash of durable", TodoServer.MOST_PENDING),
    OF_A_PENDING_KEY_FOR_ANOTHER("pending", "another hash", TodoServer.MOST_PENDING - 1);

    private final String key;
    private final String hash;
    private final int most;

    Repetition(String key, String hash, int most) {
      this.key = key;
      this.hash = hash;
      this.most = most;
    }

    private Command command() {
      return new Command(
          new Origin(Command.LOCAL, "test", key, hash),
          Set.of(),
          Deadline.in(Duration.ofSeconds(20)));
    }
  }

  @Test
  void aRequestWhoseDeadlineHasPassedIsNotBegun() {
    Client bob = Client.of("Bob's list");
    Command late =
        new Command(
            new Origin(Command.LOCAL, "test", "late", ""), Set.of(), Deadline.in(Duration.ZERO));
    TodoServer.Add add = new TodoServer.Add(late, Draft.of(null, "late"));
    assertThat(ListClient.call(bob.id(), add)).isInstanceOf(Outcome.Unavailable.class);
    assertThat(TodoCache.serverProcess("Bob's list").call(add))
        .isInstanceOfSatisfying(
            Outcome.Unavailable.class,
            refused -> assertThat(refused.why().kind()).isEqualTo(Hindrance.Kind.BUSY));
    assertThat(bob.titles()).isEmpty();
  }

  @Test
  void manyClientsOfOneListAllHaveTheirChange() throws Exception {
    Client bob = Client.of("Bob's list");
    List<CompletableFuture<Outcome>> all = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      all.add(bob.addLater("" + i, "" + i));
    }
    for (CompletableFuture<Outcome> one : all) {
      assertThat(one.get()).isInstanceOf(Outcome.Changed.class);
    }
    assertThat(bob.entries()).hasSize(200);
    assertThat(bob.titles()).doesNotHaveDuplicates();
    system.stop();
    system.start();
    assertThat(bob.entries()).hasSize(200);
  }

  @Test
  void awkwardNamesAreData() {
    for (String name :
        List.of(
            "../../etc/passwd",
            "\"quotes\" and 'more'",
            "🦷 café",
            "two\nlines",
            "x".repeat(255),
            "'; DROP TABLE lists; --",
            "\0null",
            "<script>alert(1)</script>")) {
      Client client = Client.of(name);
      client.add("a", name);
      assertThat(client.titles()).containsExactly(name);
      assertThat(TodoServer.entries(TodoCache.serverProcess(name))).hasSize(1);
    }
  }

  private static Published published(Client client) {
    return ((Reading.Found) ListClient.read(client.id())).published();
  }

  private static CompletableFuture<Outcome> later(Client client, TodoServer.ChangeRequest request) {
    return CompletableFuture.supplyAsync(() -> ListClient.call(client.id(), request));
  }

  private static Gate held() {
    Gate gate = new Gate();
    FaultyStore.commit =
        (shard, batch) -> {
          gate.pass();
          return shard.commit(batch);
        };
    return gate;
  }
}
