package dev.tend.store.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tend.otp.testkit.NoLeaks;
import dev.tend.todo.Deadline;
import dev.tend.todo.History;
import dev.tend.todo.ListClient;
import dev.tend.todo.Outcome;
import dev.tend.todo.TodoServer;
import dev.tend.todo.journal.StoreException;
import dev.tend.todo.list.Draft;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A list as it was, read again and again. */
class ReplayTest {
  private static final int RECORDS = 3_000;

  @Order(1)
  @RegisterExtension
  final NoLeaks noLeaks = new NoLeaks();

  @Order(2)
  @RegisterExtension
  final TodoSystem system = TodoSystem.withFaults(FaultyStore::new);

  /** How often records were asked for. */
  private final AtomicInteger reads = new AtomicInteger();

  private Client bob;

  @BeforeEach
  void fill() {
    bob = Client.of("bob");
    assertThat(
            ListClient.calls(
                bob.id(),
                IntStream.range(0, RECORDS)
                    .mapToObj(
                        i -> new TodoServer.Add(Client.command("k" + i), Draft.of(null, "e" + i)))
                    .toList(),
                Deadline.in(Duration.ofSeconds(60))))
        .allMatch(Outcome.Changed.class::isInstance);
    FaultyStore.read =
        (shard, list, after, limit) -> {
          reads.incrementAndGet();
          return shard.read(list, after, limit);
        };
  }

  private History.Answer<History.Past> asOf(long revision) {
    return History.asOf(bob.id(), revision, Deadline.in(Duration.ofSeconds(20)));
  }

  private void assertIsThere(long revision) {
    assertThat(asOf(revision))
        .isInstanceOfSatisfying(
            History.Answer.Found.class,
            found ->
                assertThat(found.value())
                    .isInstanceOfSatisfying(
                        History.Past.Then.class,
                        then -> {
                          assertThat(then.list().revision()).isEqualTo(revision);
                          assertThat(then.list().size()).isEqualTo((int) revision);
                        }));
  }

  /** An export of a list in which someone writes. */
  @Test
  void whoReadsItInPagesHasItReplayedOnce() {
    for (int page = 0; page < 10; page++) {
      assertIsThere(RECORDS);
      bob.add("meanwhile " + page, "more");
    }
    assertThat(reads).hasValue(RECORDS / 1_000);
  }

  @Test
  void whatIsLaterIsGoneOnWithAndWhatIsEarlierIsReadAnew() {
    assertIsThere(2_000);
    assertIsThere(2_500);
    assertThat(reads).hasValue(3);
    assertIsThere(1_500);
    assertThat(reads).hasValue(5);
    assertIsThere(2_000);
    assertIsThere(2_500);
    assertThat(reads).hasValue(5);
  }

  /** Its reader comes again, and finds the way that is made already. */
  @Test
  void aJournalForWhichThereWasNoTimeIsGoneOnWith() {
    FaultyStore.read =
        (shard, list, after, limit) -> {
          if (reads.incrementAndGet() == 3) {
            throw new StoreException.Unavailable("the disk is away", null);
          }
          return shard.read(list, after, limit);
        };
    assertThat(asOf(RECORDS)).isInstanceOf(History.Answer.Unavailable.class);

    assertIsThere(RECORDS);
    assertThat(reads).hasValue(4);
  }
}
