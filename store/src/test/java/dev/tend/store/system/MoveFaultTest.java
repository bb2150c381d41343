package dev.tend.store.system;

import static dev.tend.otp.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Processes;
import dev.tend.otp.testkit.ManualTime;
import dev.tend.otp.testkit.NoLeaks;
import dev.tend.todo.Catalog;
import dev.tend.todo.Command;
import dev.tend.todo.Deadline;
import dev.tend.todo.ListClient;
import dev.tend.todo.Moves;
import dev.tend.todo.Outcome;
import dev.tend.todo.Reading;
import dev.tend.todo.Stored;
import dev.tend.todo.TodoCache;
import dev.tend.todo.journal.CatalogWish;
import dev.tend.todo.journal.ListId;
import dev.tend.todo.journal.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Entries on their way to a list that does not take them, on a clock of our own. */
class MoveFaultTest {
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private final ManualTime time = new ManualTime();

  @Order(1)
  @RegisterExtension
  final NoLeaks noLeaks = new NoLeaks();

  @Order(2)
  @RegisterExtension
  final TodoSystem system = TodoSystem.withFaults(FaultyStore::new).time(time);

  /** How often the move was tried in vain. */
  private final AtomicInteger tries = new AtomicInteger();

  private Client from;
  private Client to;

  @BeforeEach
  void make() {
    from = Client.of("from");
    to = Client.of("to");
    from.add("a", "milk");
  }

  private Outcome move() {
    return Moves.move(from.id(), Client.command("m"), 1, to.id());
  }

  private void moveInVain() {
    FaultyStore.commit =
        (shard, batch) -> {
          if (batch.stream().anyMatch(append -> append.list().equals(to.id()))) {
            tries.incrementAndGet();
            throw new StoreException.Unavailable("the disk is away", null);
          }
          return shard.commit(batch);
        };
    assertThat(move()).isInstanceOf(Outcome.Unknown.class);
    assertThat(tries).hasValue(1);
  }

  /**
   * A try may end with the last vain one, if the target still has that in its line: then the next
   * one reaches the disk.
   */
  private void assertItIsTriedUntilItArrives() {
    for (int n = 0; n < 3; n++) {
      int tried = tries.get();
      eventually(() -> {
        time.advance(PAUSE);
        assertThat(tries).hasValueGreaterThan(tried);
      });
    }
    FaultyStore.heal();
    eventually(() -> {
      time.advance(PAUSE);
      assertThat(to.titles()).containsExactly("milk");
    });
    eventually(() -> assertThat(from.titles()).isEmpty());
  }

  @Test
  void theSourceGoesOnUntilTheTargetIsBack() {
    moveInVain();
    assertItIsTriedUntilItArrives();
  }

  @Test
  void soItDoesAfterADeath() {
    moveInVain();
    Processes.exit(TodoCache.serverProcess("from"), ExitReason.KILL);
    assertThat(from.titles()).containsExactly("milk");
    eventually(() -> assertThat(tries).hasValue(2));
    assertItIsTriedUntilItArrives();
  }

  @Test
  void aRefusedMoveThatIsRepeatedWhenTheTargetIsBackDoublesNothing() {
    AtomicBoolean first = new AtomicBoolean(true);
    FaultyStore.commit =
        (shard, batch) -> {
          if (first.compareAndSet(true, false)) {
            delete("d");
          }
          return shard.commit(batch);
        };
    assertThat(move()).isInstanceOf(Outcome.NoSuchList.class);
    restore("r");

    assertThat(move()).isInstanceOf(Outcome.KeyReused.class);

    assertThat(from.titles()).containsExactly("milk");
    assertThat(to.titles()).isEmpty();
  }

  @Test
  void whatArrivesForOneDriverAfterAnotherWasRefusedIsTakenBack() {
    AtomicInteger commits = new AtomicInteger();
    FaultyStore.commit =
        (shard, batch) -> {
          if (batch.stream().anyMatch(append -> append.list().equals(from.id()))) {
            switch (commits.incrementAndGet()) {
              case 1 -> delete("d");
              case 2 -> {
                // The first driver is told that the target is not there, and the entry will stay.
                restore("r");
                time.advance(PAUSE);
                eventually(() -> assertThat(to.titles()).containsExactly("milk"));
              }
              default -> {}
            }
          }
          return shard.commit(batch);
        };

    assertThat(move()).isInstanceOf(Outcome.NoSuchList.class);

    eventually(() -> assertThat(to.titles()).isEmpty());
    assertThat(from.titles()).containsExactly("milk");
    assertThat(move()).isInstanceOf(Outcome.KeyReused.class);
  }

  /** It stayed, and has been sent elsewhere since: that is another journey. */
  @Test
  void whatArrivesLateDoesNotEndALaterMoveOfTheEntry() {
    Client other = Client.of("other");
    Gate late = new Gate();
    AtomicInteger commits = new AtomicInteger();
    FaultyStore.commit =
        (shard, batch) -> {
          ListId list = batch.getFirst().list();
          if (list.equals(from.id())) {
            switch (commits.incrementAndGet()) {
              case 1 -> delete("d");
              case 2 -> {
                restore("r");
                time.advance(PAUSE);
              }
              default -> {}
            }
          } else if (list.equals(to.id())) {
            late.pass();
          } else if (list.equals(other.id())) {
            late.open();
            // It is taken back; or it has ended a move that is not its own.
            eventually(() -> assertThat(changes(to) > 1 || from.titles().isEmpty()).isTrue());
          }
          return shard.commit(batch);
        };
    assertThat(move()).isInstanceOf(Outcome.NoSuchList.class);

    assertThat(Moves.move(from.id(), Client.command("m2"), 1, other.id()))
        .isInstanceOf(Outcome.Changed.class);

    assertThat(other.titles()).containsExactly("milk");
    assertThat(from.titles()).isEmpty();
    eventually(() -> assertThat(to.titles()).isEmpty());
  }

  private static long changes(Client client) {
    return ((Reading.Found) ListClient.read(client.id())).published().list().revision();
  }

  @Test
  void aRefusalThatCouldNotBeRecordedIsNotTold() {
    AtomicInteger commits = new AtomicInteger();
    FaultyStore.commit =
        (shard, batch) -> {
          if (batch.stream().anyMatch(append -> append.list().equals(from.id()))) {
            switch (commits.incrementAndGet()) {
              case 1 -> delete("d");
              case 2 -> throw new StoreException.Unavailable("the disk is away", null);
              default -> {}
            }
          }
          return shard.commit(batch);
        };

    assertThat(move()).isInstanceOf(Outcome.Unknown.class);

    restore("r");
    time.advance(PAUSE);
    eventually(() -> assertThat(to.titles()).containsExactly("milk"));
    eventually(() -> assertThat(from.titles()).isEmpty());
    assertThat(move()).isInstanceOf(Outcome.Changed.class);
  }

  private void delete(String key) {
    change(
        new CatalogWish.Delete(
            Command.LOCAL, to.id(), 0, Instant.EPOCH, Client.command(key).origin()));
  }

  private void restore(String key) {
    change(
        new CatalogWish.Restore(
            Command.LOCAL, to.id(), 0, Instant.EPOCH, Client.command(key).origin()));
  }

  private static void change(CatalogWish wish) {
    assertThat(Catalog.change(wish, Deadline.in(Duration.ofSeconds(20))))
        .isInstanceOf(Stored.Done.class);
  }
}
