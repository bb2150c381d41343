package dev.tend.otp.ets;

import static dev.tend.otp.ets.Tables.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tend.otp.conformance.Case;
import dev.tend.otp.testkit.OtpTest;
import dev.tend.otp.testkit.TestProcess;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The order of an ordered set, and that of it no more is read than what was asked for. */
@OtpTest
class TableOrderTest {
  private static final int SIDE = 10;

  record Place(int row, int seat) {}

  record Ticket(Place place, String name) {}

  private static final AtomicInteger LOOKS = new AtomicInteger();

  private static final Column<Place, Integer> ROW =
      Column.of(place -> {
        LOOKS.incrementAndGet();
        return place.row();
      });
  private static final Column<Place, Integer> SEAT = Column.ofInt(Place::seat);

  private static Ticket ticket(int row, int seat) {
    return new Ticket(new Place(row, seat), row + "/" + seat);
  }

  private static List<Ticket> tickets() {
    return IntStream.range(0, SIDE)
        .boxed()
        .flatMap(row -> IntStream.range(0, SIDE).mapToObj(seat -> ticket(row, seat)))
        .toList();
  }

  /** With a hall of ten rows of ten seats. */
  private static void test(Consumer<OrderedSetTable<Place, Ticket>> code) {
    TestProcess.run(() -> {
      OrderedSetTable<Place, Ticket> table =
          Table.newOrderedSet(Access.PRIVATE, Ticket::place, KeyOrder.by(ROW).then(SEAT));
      table.insertAll(tickets().reversed());
      code.accept(table);
    });
  }

  @Test
  @Case({"ets_SUITE: ordered", "ets_SUITE: firstnext", "ets_SUITE: firstnext_lookup"})
  void one_goes_from_key_to_key_in_order() {
    test(table -> {
      assertThat(table.rows()).containsExactlyElementsOf(tickets());
      List<Place> walked = new ArrayList<>();
      for (Optional<Place> at = table.first(); at.isPresent(); at = table.next(at.get())) {
        walked.add(at.get());
      }
      assertThat(walked).containsExactlyElementsOf(tickets().stream().map(Ticket::place).toList());
      for (Optional<Place> at = table.last(); at.isPresent(); at = table.prev(at.get())) {
        assertThat(at).contains(walked.removeLast());
      }
      assertThat(walked).isEmpty();
      assertThat(table.firstLookup()).contains(ticket(0, 0));
      assertThat(table.lastLookup()).contains(ticket(9, 9));
      assertThat(table.nextLookup(new Place(3, 9))).contains(ticket(4, 0));
      assertThat(table.prevLookup(new Place(4, 0))).contains(ticket(3, 9));
    });
  }

  @Test
  @Case({"ets_SUITE: ordered", "ets_SUITE: fixtable_next"})
  void one_goes_on_from_a_key_that_is_not_there() {
    test(table -> {
      table.delete(new Place(4, 4));
      assertThat(table.next(new Place(4, 4))).contains(new Place(4, 5));
      assertThat(table.prev(new Place(4, 4))).contains(new Place(4, 3));
      assertThat(table.next(new Place(9, 9))).isEmpty();
      assertThat(table.prev(new Place(-1, 0))).isEmpty();
      assertRefused(table, "null is no key", () -> table.next(null));
      table.deleteAllObjects();
      assertThat(table.first()).isEmpty();
      assertThat(table.lastLookup()).isEmpty();
    });
  }

  record Range(String name, UnaryOperator<Pattern<Place, Ticket>> pattern, int from, int to) {
    @Override
    public String toString() {
      return name;
    }

    List<Ticket> expected() {
      return tickets().subList(from, to);
    }
  }

  private static Range range(
      String name, int from, int to, UnaryOperator<Pattern<Place, Ticket>> pattern) {
    return new Range(name, pattern, from, to);
  }

  static Stream<Range> ranges() {
    return Stream.of(
        range("a prefix", 30, 40, p -> p.whereKey(ROW.is(3))),
        range(
            "a prefix and a lower end",
            35,
            40,
            p -> p.whereKey(ROW.is(3)).whereKey(SEAT.atLeast(5))),
        range(
            "a prefix and an upper end",
            30,
            35,
            p -> p.whereKey(SEAT.lessThan(5)).whereKey(ROW.is(3))),
        range(
            "a prefix and both ends",
            33,
            36,
            p -> p.whereKey(ROW.is(3)).whereKey(SEAT.greaterThan(2)).whereKey(SEAT.atMost(5))),
        range("all parts", 37, 38, p -> p.whereKey(ROW.is(3)).whereKey(SEAT.is(7))),
        range("at least", 80, 100, p -> p.whereKey(ROW.atLeast(8))),
        range("greater than", 90, 100, p -> p.whereKey(ROW.greaterThan(8))),
        range("at most", 0, 20, p -> p.whereKey(ROW.atMost(1))),
        range("less than", 0, 10, p -> p.whereKey(ROW.lessThan(1))),
        range("between", 20, 40, p -> p.whereKey(ROW.atLeast(2)).whereKey(ROW.lessThan(4))),
        range(
            "nothing between", 0, 0, p -> p.whereKey(ROW.greaterThan(4)).whereKey(ROW.lessThan(4))),
        range("the wrong way round", 0, 0, p -> p.whereKey(ROW.atLeast(6)).whereKey(ROW.atMost(3))),
        range("two at once", 0, 0, p -> p.whereKey(ROW.is(6)).whereKey(ROW.is(3))),
        range(
            "a point in a range",
            30,
            40,
            p -> p.whereKey(ROW.atLeast(2)).whereKey(ROW.is(3)).whereKey(ROW.atMost(8))),
        range(
            "the narrower of two ends",
            50,
            60,
            p ->
                p.whereKey(ROW.atLeast(2))
                    .whereKey(ROW.lessThan(8))
                    .whereKey(ROW.atLeast(5))
                    .whereKey(ROW.atMost(5))),
        range("beyond the end", 0, 0, p -> p.whereKey(ROW.is(10))));
  }

  @ParameterizedTest
  @MethodSource("ranges")
  @Case({"ets_SUITE: partly_bound", "ets_SUITE: otp_6338"})
  void a_range_is_all_that_is_in_it(Range range) {
    test(table -> {
      assertThat(table.select(range.pattern)).containsExactlyElementsOf(range.expected());
      assertThat(table.selectReverse(range.pattern))
          .containsExactlyElementsOf(range.expected().reversed());
      assertThat(table.selectCount(range.pattern)).isEqualTo(range.expected().size());
      assertThat(table.selectDelete(range.pattern)).isEqualTo(range.expected().size());
      assertThat(table.size()).isEqualTo(100 - range.expected().size());
      assertThat(table.select(range.pattern)).isEmpty();
    });
  }

  /** To find the ends takes the logarithm of the size; then each in it is looked at. */
  @ParameterizedTest
  @MethodSource("ranges")
  @Case("ets_SUITE: partly_bound")
  void a_range_reads_nothing_but_what_is_in_it(Range range) {
    TestProcess.run(() -> {
      OrderedSetTable<Place, Ticket> table =
          Table.newOrderedSet(Access.PRIVATE, Ticket::place, KeyOrder.by(ROW).then(SEAT));
      table.insertAll(tickets());
      for (int row = 100; row < 2_100; row++) {
        table.insertAll(List.of(ticket(row, 0), ticket(-row, 0)));
      }
      AtomicInteger rows = new AtomicInteger();
      UnaryOperator<Pattern<Place, Ticket>> counting =
          pattern ->
              range
                  .pattern
                  .apply(pattern.whereKey(ROW.atLeast(0)).whereKey(ROW.lessThan(100)))
                  .where(ticket -> rows.incrementAndGet() > 0);
      LOOKS.set(0);
      assertThat(table.select(counting)).containsExactlyElementsOf(range.expected());
      assertThat(rows).hasValue(range.expected().size());
      assertThat(LOOKS.get()).isLessThan(1_000);
    });
  }

  @Test
  void what_the_order_cannot_bound_is_tested_key_by_key() {
    test(table -> {
      UnaryOperator<Pattern<Place, Ticket>> thirdSeats =
          p -> p.whereKey(ROW.atLeast(8)).whereKey(SEAT.is(3));
      assertThat(table.select(thirdSeats)).containsExactly(ticket(8, 3), ticket(9, 3));
      assertThat(table.selectReverse(thirdSeats)).containsExactly(ticket(9, 3), ticket(8, 3));
      assertThat(table.selectDelete(thirdSeats)).isEqualTo(2);
    });
  }

  @Test
  void numbers_are_in_order_to_both_ends_of_a_long() {
    TestProcess.run(() -> {
      Column<Long, Long> number = Column.ofLong(row -> row);
      OrderedSetTable<Long, Long> table =
          Table.newOrderedSet(Access.PRIVATE, row -> row, KeyOrder.by(number));
      table.insertAll(List.of(1L, Long.MAX_VALUE, Long.MIN_VALUE, -1L));
      assertThat(table.rows()).containsExactly(Long.MIN_VALUE, -1L, 1L, Long.MAX_VALUE);
      assertThat(table.select(p -> p.whereKey(number.greaterThan(-1L))))
          .containsExactly(1L, Long.MAX_VALUE);
      assertThat(table.select(p -> p.where(number.is(Long.MIN_VALUE))))
          .containsExactly(Long.MIN_VALUE);
      assertThat(number.of(7L)).isEqualTo(7);
    });
  }

  @Test
  void a_bound_key_is_one_look_up() {
    test(table -> {
      LOOKS.set(0);
      assertThat(table.select(p -> p.key(new Place(3, 3)))).containsExactly(ticket(3, 3));
      assertThat(LOOKS.get()).isLessThan(50);
      assertThat(table.select(p -> p.key(new Place(3, 3)).whereKey(ROW.is(4)))).isEmpty();
      assertThat(table.selectReverse(p -> p.key(new Place(3, 3)))).containsExactly(ticket(3, 3));
    });
  }

  @Test
  void pages_go_on_where_the_one_before_ended() {
    test(table -> {
      Page<Ticket> page = table.select(p -> p.whereKey(ROW.is(3)), 4);
      assertThat(page.results()).isEqualTo(tickets().subList(30, 34));
      table.deleteObject(ticket(3, 5));
      Page<Ticket> second = page.next().orElseThrow();
      assertThat(second.results())
          .containsExactly(ticket(3, 4), ticket(3, 6), ticket(3, 7), ticket(3, 8));
      assertThat(page.next()).containsSame(second);
      Page<Ticket> third = second.next().orElseThrow();
      assertThat(third.results()).containsExactly(ticket(3, 9));
      assertThat(third.next()).isEmpty();
      assertThat(table.selectReverse(p -> p, 2).results())
          .containsExactly(ticket(9, 9), ticket(9, 8));
      assertThat(table.select(p -> p, Ticket::name, 1).results()).containsExactly("0/0");
      assertThat(table.select(p -> p.where(row -> false), 1).results()).isEmpty();
      assertRefused(table, "a limit of 1 at least", () -> table.select(p -> p, 0));
    });
  }

  @Test
  @Case({"ets_SUITE: foldl_ordered", "ets_SUITE: foldr_ordered"})
  void folds_go_both_ways() {
    test(table -> {
      table.selectDelete(p -> p.whereKey(ROW.greaterThan(0)));
      table.selectDelete(p -> p.whereKey(SEAT.greaterThan(2)));
      assertThat(table.fold("", (all, row) -> all + row.name())).isEqualTo("0/00/10/2");
      assertThat(table.foldReverse("", (all, row) -> all + row.name())).isEqualTo("0/20/10/0");
    });
  }

  @Test
  void keys_are_the_same_if_the_order_says_so() {
    TestProcess.run(() -> {
      OrderedSetTable<String, String> table =
          Table.newOrderedSet(
              Access.PRIVATE,
              row -> row,
              KeyOrder.by(Column.of((String row) -> row, String.CASE_INSENSITIVE_ORDER)));
      table.insert("tea");
      table.insert("Tea");
      table.insertAll(List.of("milk", "MILK"));
      assertThat(table.rows()).containsExactly("MILK", "Tea");
      assertThat(table.lookup("TEA")).contains("Tea");
      assertThat(table.updateElement("tea", row -> "tEA")).isTrue();
      OrderedSetTable<Integer, Integer> falling =
          Table.newOrderedSet(
              Access.PRIVATE,
              row -> row,
              KeyOrder.by(Column.of((Integer row) -> row, Comparator.reverseOrder())));
      falling.insertAll(List.of(1, 3, 2));
      assertThat(falling.rows()).containsExactly(3, 2, 1);
      assertThat(falling.first()).contains(3);
    });
  }

  @Test
  void the_whole_key_can_be_a_range_too() {
    TestProcess.run(() -> {
      OrderedSetTable<Integer, Integer> table = Table.newOrderedSet(Access.PRIVATE, row -> row);
      table.insertAll(IntStream.range(0, 100).boxed().toList());
      Column<Integer, Integer> number = Column.itself();
      assertThat(table.select(p -> p.whereKey(number.atLeast(7)).whereKey(number.lessThan(10))))
          .containsExactly(7, 8, 9);
    });
  }

  /** As by a subtraction, of which only the sign counts. */
  @Test
  void an_order_may_answer_the_least_of_all_numbers() {
    TestProcess.run(() -> {
      Column<Integer, Integer> far =
          Column.of(
              (Integer row) -> row,
              (one, other) ->
                  one < other ? Integer.MIN_VALUE : one > other ? Integer.MAX_VALUE : 0);
      OrderedSetTable<Integer, Integer> table =
          Table.newOrderedSet(Access.PRIVATE, row -> row, KeyOrder.by(far));
      IntStream.range(0, 300).forEach(table::insert);
      assertThat(table.select(p -> p.whereKey(far.greaterThan(99)).whereKey(far.lessThan(200))))
          .containsExactlyElementsOf(IntStream.range(100, 200).boxed().toList());
    });
  }

  @Test
  void of_keys_that_are_the_same_the_one_of_the_row_counts() {
    TestProcess.run(() -> {
      OrderedSetTable<Place, Ticket> table =
          Table.newOrderedSet(Access.PRIVATE, Ticket::place, KeyOrder.by(ROW));
      table.insert(ticket(1, 1));
      table.insert(ticket(1, 2));
      Place place = new Place(1, 2);
      assertThat(table.keys()).containsExactly(place);
      assertThat(table.first()).contains(place);
      assertThat(table.prev(new Place(2, 0))).contains(place);
      UnaryOperator<Pattern<Place, Ticket>> second = p -> p.whereKey(SEAT.is(2));
      UnaryOperator<Pattern<Place, Ticket>> first = p -> p.key(place).whereKey(SEAT.is(1));
      assertThat(table.select(second)).containsExactly(ticket(1, 2));
      assertThat(table.selectReverse(second)).containsExactly(ticket(1, 2));
      assertThat(table.select(p -> p.key(new Place(1, 1)).whereKey(SEAT.is(2)))).hasSize(1);
      assertThat(table.select(first)).isEmpty();
      assertThat(table.selectReplace(first, row -> row)).isZero();
      assertThat(table.selectReplace(second, row -> row)).isEqualTo(1);
      assertThat(table.selectDelete(p -> p.whereKey(SEAT.is(1)))).isZero();
      assertThat(table.selectDelete(second)).isEqualTo(1);
    });
  }

  @Test
  void a_first_key_that_has_no_order_is_refused_like_any_other() {
    TestProcess.run(() -> {
      OrderedSetTable<Ticket, Ticket> table =
          Table.newOrderedSet(
              Access.PRIVATE, row -> row, KeyOrder.by(Column.of((Ticket row) -> row.name())));
      assertThatThrownBy(() -> table.insert(new Ticket(new Place(0, 0), null)))
          .isInstanceOf(NullPointerException.class);
      table.insert(ticket(1, 1));
      assertThat(table.rows()).containsExactly(ticket(1, 1));
    });
  }
}
