package dev.tend.todo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tend.todo.journal.Made;
import dev.tend.todo.journal.Origin;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ReceiptsTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

  @Test
  void theNewestTenThousandAreKept() {
    Receipts receipts = Receipts.none();
    for (int revision = 1; revision <= Receipts.MOST + 5; revision++) {
      receipts = receipts.with(record(revision, NOW), NOW);
    }
    assertThat(receipts.of(origin(5))).isEmpty();
    assertThat(receipts.of(origin(6))).map(Receipts.Receipt::revision).hasValue(6L);
    assertThat(receipts.of(origin(Receipts.MOST + 5))).isPresent();
  }

  @Test
  void thoseOfTheLastDayAreKept() {
    Instant old = NOW.minus(Duration.ofHours(24)).minusMillis(1);
    Receipts receipts =
        Receipts.none().with(record(1, old), old).with(record(2, old.plusMillis(1)), old);
    for (int revision = 3; revision <= Receipts.LEAST + 2; revision++) {
      receipts = receipts.with(record(revision, NOW), NOW);
    }
    assertThat(receipts.of(origin(1))).isEmpty();
    assertThat(receipts.of(origin(2))).isPresent();
  }

  /** A clock that has jumped makes what was just done look old. */
  @Test
  void theNewestThousandAreKeptWhateverTheClockSays() {
    Receipts receipts = Receipts.none();
    for (int revision = 1; revision <= Receipts.LEAST; revision++) {
      receipts = receipts.with(record(revision, NOW), NOW);
    }
    Instant jumped = NOW.plus(Duration.ofDays(400));
    Receipts later = receipts.with(record(Receipts.LEAST + 1, jumped), jumped);
    assertThat(later.of(origin(1))).isEmpty();
    assertThat(later.of(origin(2))).isPresent();
    assertThat(later.of(origin(Receipts.LEAST + 1))).isPresent();
  }

  /** Only where the record of the older one has been dropped with its history. */
  @Test
  void ofTwoCommandsWithOneKeyTheNewerIsRemembered() {
    Receipts receipts = Receipts.none().with(record(1, NOW), NOW);
    Receipts.Receipt first = receipts.of(origin(1)).orElseThrow();
    Receipts again = receipts.with(new Made(2, NOW, origin(1)), NOW);
    assertThat(again.without(origin(1), first).of(origin(1)))
        .map(Receipts.Receipt::revision)
        .hasValue(2L);
    assertThat(receipts.without(origin(1), first).of(origin(1))).isEmpty();
    for (int revision = 3; revision <= Receipts.MOST + 1; revision++) {
      again = again.with(record(revision, NOW), NOW);
    }
    assertThat(again.of(origin(1))).isPresent();
  }

  @Test
  void aKeyIsTheActorsOwn() {
    Receipts receipts = Receipts.none().with(record(1, NOW), NOW);
    assertThat(receipts.of(new Origin("someone else", "test", "key 1", ""))).isEmpty();
  }

  private static Made record(int revision, Instant at) {
    return new Made(revision, at, origin(revision));
  }

  private static Origin origin(int n) {
    return new Origin("actor", "test", "key " + n, "");
  }
}
