package dev.tend.otp.ets;

import static dev.tend.otp.ets.Tables.assertRefused;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tend.otp.conformance.Case;
import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.testkit.OtpTest;
import dev.tend.otp.testkit.TestProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Changes of a row in its place, which tables with one row a key have. */
@OtpTest
@ParameterizedClass
@EnumSource(names = {"SET", "ORDERED_SET"})
class TableUpdateTest {
  private record Score(String key, long won, long lost) {}

  private static final Counter<Score> WON =
      Counter.of(Score::won, (row, count) -> new Score(row.key(), count, row.lost()));
  private static final Counter<Score> LOST =
      Counter.of(Score::lost, (row, count) -> new Score(row.key(), row.won(), count));
  private static final Counter<Score> MISTAKEN =
      Counter.of(Score::won, (row, count) -> new Score("other", count, 0));

  private static final Score FIRST = new Score("a", 1, 2);

  private final TableType type;

  TableUpdateTest(TableType type) {
    this.type = type;
  }

  /** With a table that has the first row. */
  private void test(Consumer<SetTable<String, Score>> code) {
    TestProcess.run(() -> {
      SetTable<String, Score> table =
          type == TableType.SET
              ? Table.newSet(Access.PRIVATE, Score::key)
              : Table.newOrderedSet(Access.PRIVATE, Score::key);
      table.insert(FIRST);
      code.accept(table);
    });
  }

  @Test
  @Case("ets_SUITE: update_counter")
  void counters_are_added_to() {
    test(table -> {
      assertThat(table.updateCounter("a", WON.add(5))).isEqualTo(6);
      assertThat(table.updateCounter("a", LOST.add(-5))).isEqualTo(-3);
      assertThat(table.updateCounter("a", WON.add(0))).isEqualTo(6);
      assertThat(table.rows()).containsExactly(new Score("a", 6, -3));
    });
  }

  @ParameterizedTest
  @CsvSource({
    "9, 10, 0, 10",
    "10, 10, 0, 0",
    "0, 0, -1, -1",
    "-1, 0, -7, 0",
    "-2, 0, 7, 7",
    "-9, -8, 3, -8"
  })
  @Case("ets_SUITE: update_counter")
  void a_sum_beyond_the_threshold_is_set(long by, long threshold, long value, long expected) {
    test(table -> {
      long count = table.updateCounter("a", WON.add(by).orElse(threshold, value));
      assertThat(count).isEqualTo(expected);
      assertThat(table.lookupElement("a", Score::won)).isEqualTo(expected);
    });
  }

  @Test
  @Case("ets_SUITE: update_counter")
  void several_are_added_to_in_order_and_one_more_than_once() {
    test(table -> {
      assertThat(
              table.updateCounter(
                  "a", List.of(WON.add(1), LOST.add(1), WON.add(9).orElse(10, 0), WON.add(3))))
          .containsExactly(2L, 3L, 0L, 3L);
      assertThat(table.rows()).containsExactly(new Score("a", 3, 3));
      assertThat(table.updateCounter("a", List.of())).isEmpty();
    });
  }

  @Test
  @Case("ets_SUITE: update_counter_with_default")
  void without_a_row_the_other_one_counts() {
    test(table -> {
      assertThat(table.updateCounter("b", WON.add(2), new Score("b", 10, 0))).isEqualTo(12);
      assertThat(table.updateCounter("b", WON.add(2), new Score("b", 10, 0))).isEqualTo(14);
      assertThat(table.lookup("b")).contains(new Score("b", 14, 0));
    });
  }

  @Test
  @Case({
    "ets_SUITE: update_counter",
    "ets_SUITE: evil_update_counter",
    "ets_SUITE: update_counter_with_default_bad_pos",
    "ets_SUITE: update_counter_with_default_bad_default"
  })
  void what_cannot_be_counted_leaves_the_row_as_it_was() {
    test(table -> {
      Counter<Score> failing =
          Counter.of(
              Score::won,
              (row, count) -> {
                throw new IllegalStateException("mine");
              });
      assertThatThrownBy(() -> table.updateCounter("b", failing.add(1), new Score("b", 0, 0)))
          .hasMessage("mine");
      assertRefused(table, "no row with key b", () -> table.updateCounter("b", WON.add(1)));
      assertRefused(
          table,
          "would be beyond a long",
          () -> table.updateCounter("a", List.of(LOST.add(1), WON.add(Long.MAX_VALUE))));
      assertRefused(
          table,
          "cannot become one with key other",
          () -> table.updateCounter("a", MISTAKEN.add(1)));
      assertRefused(
          table,
          "the row with key b cannot become one with key c",
          () -> table.updateCounter("b", WON.add(1), new Score("c", 0, 0)));
      assertRefused(table, "null is no key", () -> table.updateCounter(null, WON.add(1)));
      assertThat(table.rows()).containsExactly(FIRST);
    });
  }

  @Test
  @Case({"ets_SUITE: update_element", "ets_SUITE: update_element_default"})
  void a_row_is_changed_if_it_is_there() {
    test(table -> {
      assertThat(table.updateElement("a", row -> new Score("a", 7, row.lost()))).isTrue();
      assertThat(table.updateElement("b", row -> new Score("b", 7, 7))).isFalse();
      assertThat(table.rows()).containsExactly(new Score("a", 7, 2));
      table.updateElement("b", row -> new Score("b", row.won() + 1, 0), new Score("b", 4, 4));
      table.updateElement("b", row -> new Score("b", row.won() + 1, 0), new Score("b", 4, 4));
      assertThat(table.lookup("b")).contains(new Score("b", 6, 0));
    });
  }

  @Test
  @Case("ets_SUITE: update_element")
  void a_change_that_is_none_leaves_the_row_as_it_was() {
    test(table -> {
      IllegalStateException mine = new IllegalStateException("mine");
      assertRefused(table, "null is no row", () -> table.updateElement("a", row -> null));
      assertRefused(
          table,
          "the row with key a cannot become one with key b",
          () -> table.updateElement("a", row -> new Score("b", 0, 0)));
      assertThatThrownBy(() ->
              table.updateElement(
                  "a",
                  row -> {
                    throw mine;
                  }))
          .isSameAs(mine);
      assertThat(table.rows()).containsExactly(FIRST);
    });
  }

  @Test
  void a_row_is_replaced_if_it_is_exactly_this() {
    test(table -> {
      Score other = new Score("a", 5, 5);
      assertThat(table.replace(other, FIRST)).isFalse();
      assertThat(table.replace(new Score("b", 1, 2), new Score("b", 1, 3))).isFalse();
      assertRefused(
          table, "cannot become one with key b", () -> table.replace(FIRST, new Score("b", 1, 1)));
      assertThat(table.rows()).containsExactly(FIRST);
      assertThat(table.replace(new Score("a", 1, 2), other)).isTrue();
      assertThat(table.rows()).containsExactly(other);
    });
  }

  @Test
  @Case("ets_SUITE: t_select_replace")
  void those_that_match_are_replaced_and_keep_their_keys() {
    test(table -> {
      table.insertAll(List.of(new Score("b", 5, 0), new Score("c", 6, 0)));
      long replaced =
          table.selectReplace(
              match -> match.where(row -> row.won() > 4),
              row -> new Score(row.key(), row.won(), 9));
      assertThat(replaced).isEqualTo(2);
      assertThat(table.rows())
          .containsExactlyInAnyOrder(FIRST, new Score("b", 5, 9), new Score("c", 6, 9));
      assertRefused(
          table,
          "cannot become one with key z",
          () -> table.selectReplace(match -> match.key("b"), row -> new Score("z", 0, 0)));
      assertThat(table.lookup("b")).contains(new Score("b", 5, 9));
    });
  }

  /** What a program gives to the table runs outside of the process's lock, and of the table's. */
  @Test
  void a_kill_does_not_wait_for_a_counters_function() throws InterruptedException {
    CountDownLatch inside = new CountDownLatch(1);
    AtomicBoolean goOn = new AtomicBoolean();
    Counter<Score> slow =
        Counter.of(
            Score::won,
            (row, count) -> {
              inside.countDown();
              while (!goOn.get()) {
                Thread.onSpinWait();
              }
              return new Score(row.key(), count, row.lost());
            });
    Pid<?> writer =
        Processes.spawn(() -> {
          SetTable<String, Score> table =
              type == TableType.SET
                  ? Table.newSet(Access.PRIVATE, Score::key)
                  : Table.newOrderedSet(Access.PRIVATE, Score::key);
          table.updateCounter("a", slow.add(1), FIRST);
        });
    inside.await();
    Thread killer = Thread.startVirtualThread(() -> Processes.exit(writer, ExitReason.KILL));
    boolean killed = killer.join(ofSeconds(40));
    goOn.set(true);
    assertThat(killed).isTrue();
    killer.join();
    Processes.awaitExit(writer, ofSeconds(10));
  }

  private record Part(List<Integer> key, long count) {}

  /** What the caller gives to find a row is not what the row is kept under. */
  @Test
  void a_row_that_is_new_is_kept_under_its_own_key() {
    TestProcess.run(() -> {
      Function<Part, List<Integer>> keyOf = Part::key;
      Column<List<Integer>, Integer> first = Column.of(List::getFirst);
      SetTable<List<Integer>, Part> table =
          type == TableType.SET
              ? Table.newSet(Access.PRIVATE, keyOf)
              : Table.newOrderedSet(Access.PRIVATE, keyOf, KeyOrder.by(first));
      Counter<Part> count = Counter.of(Part::count, (row, n) -> new Part(row.key(), n));
      List<Integer> key = new ArrayList<>(List.of(1));
      table.updateCounter(key, count.add(1), new Part(List.of(1), 0));
      key.set(0, 2);
      table.updateCounter(key, List.of(count.add(1)), new Part(List.of(2), 0));
      key.set(0, 3);
      table.updateElement(key, row -> row, new Part(List.of(3), 1));
      key.set(0, 4);
      for (int i = 1; i <= 3; i++) {
        assertThat(table.lookup(List.of(i))).contains(new Part(List.of(i), 1));
      }
    });
  }

  @ParameterizedTest
  @CsvSource({"9223372036854775807, 5", "-9223372036854775808, -5"})
  void a_sum_beyond_a_long_is_beyond_any_threshold(long from, long by) {
    test(table -> {
      table.insert(new Score("a", from, 0));
      assertThat(table.updateCounter("a", WON.add(by).orElse(from, 7))).isEqualTo(7);
      assertThat(table.rows()).containsExactly(new Score("a", 7, 0));
    });
  }

  @Test
  void what_a_counters_function_throws_is_thrown() {
    ArithmeticException mine = new ArithmeticException("mine");
    Counter<Score> failing =
        Counter.of(
            row -> {
              throw mine;
            },
            (row, n) -> row);
    test(
        table -> assertThatThrownBy(() -> table.updateCounter("a", failing.add(1))).isSameAs(mine));
  }
}
