package dev.tend.otp.ets;

import static dev.tend.otp.ets.Tables.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tend.otp.conformance.Case;
import dev.tend.otp.testkit.OtpTest;
import dev.tend.otp.testkit.TestProcess;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The cases of {@code ets_SUITE} about pages and streams. */
@OtpTest
class EtsPageSuiteTest {
  private record Key(String name, int number) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      return Comparator.comparing(Key::name).thenComparingInt(Key::number).compare(this, other);
    }
  }

  private record Entry(Key key, int value) {}

  private static final Column<Key, String> NAME = Column.of(Key::name);

  private static final Column<Key, Integer> NUMBER = Column.of(Key::number);

  private static Entry entry(String name, int number, int value) {
    return new Entry(new Key(name, number), value);
  }

  private static Entry entry(int number) {
    return entry("n", number, number);
  }

  private static List<Entry> entries(int count) {
    return IntStream.rangeClosed(1, count).mapToObj(EtsPageSuiteTest::entry).toList();
  }

  private static Table<Key, Entry> newTable(TableType type) {
    return type == TableType.ORDERED_SET
        ? Table.newOrderedSet(Access.PRIVATE, Entry::key, KeyOrder.by(NAME).then(NUMBER))
        : Tables.newTable(type, Access.PRIVATE, Entry::key);
  }

  private static void test(TableType type, List<Entry> rows, Consumer<Table<Key, Entry>> code) {
    TestProcess.run(() -> {
      Table<Key, Entry> table = newTable(type);
      table.insertAll(rows);
      code.accept(table);
    });
  }

  @ParameterizedTest
  @EnumSource
  @Case("ets_SUITE: select_bound_chunk")
  void a_bound_key_with_a_limit_is_one_page(TableType type) {
    test(
        type,
        entries(100),
        table -> {
          Page<Entry> page = table.select(match -> match.key(new Key("n", 50)), 10);
          assertThat(page.results()).containsExactly(entry(50));
          assertThat(page.next()).isEmpty();
        });
  }

  @ParameterizedTest
  @ValueSource(ints = {1_000, 2_000, 3_000, 4_000, 5_000, 6_000, 7_000, 8_000, 9_000, 10_000})
  @Case("ets_SUITE: otp_6842_select_1000")
  void every_page_but_the_last_is_full(int limit) {
    test(
        TableType.ORDERED_SET,
        entries(10_000),
        table -> {
          int left = 10_000;
          Optional<Page<Entry>> page = Optional.of(table.select(match -> match, limit));
          while (left > 0) {
            assertThat(page.orElseThrow().results()).hasSize(Math.min(left, limit));
            left -= page.get().results().size();
            page = page.get().next();
          }
          assertThat(page).isEmpty();
        });
  }

  @Test
  @Case("ets_SUITE: t_select_reverse")
  void from_the_end_it_is_the_same_backwards() {
    test(
        TableType.ORDERED_SET,
        entries(1_000),
        table -> {
          OrderedSetTable<Key, Entry> ordered = (OrderedSetTable<Key, Entry>) table;
          UnaryOperator<Pattern<Key, Entry>> some =
              match -> match.where(row -> row.value() % 5 > 2);
          List<Entry> expected = table.select(some).toList().reversed();
          assertThat(expected).hasSize(400);
          assertThat(ordered.selectReverse(some)).containsExactlyElementsOf(expected);
          List<Entry> paged = new ArrayList<>();
          for (Optional<Page<Entry>> page = Optional.of(ordered.selectReverse(some, 3));
              page.isPresent();
              page = page.get().next()) {
            paged.addAll(page.get().results());
          }
          assertThat(paged).isEqualTo(expected);
        });
  }

  @ParameterizedTest
  @EnumSource
  @Case({"ets_SUITE: t_bucket_disappears", "ets_SUITE: fixtable_insert"})
  void pages_go_on_after_the_row_that_would_be_next_is_deleted(TableType type) {
    test(
        type,
        entries(100),
        table -> {
          Page<Entry> first = table.select(match -> match, 1);
          table.selectDelete(match -> match.where(row -> row.value() % 2 == 0));
          table.insert(entry(1_000));
          List<Entry> seen = new ArrayList<>(first.results());
          for (Optional<Page<Entry>> page = first.next();
              page.isPresent();
              page = page.get().next()) {
            seen.addAll(page.get().results());
          }
          List<Entry> stayed = entries(100).stream().filter(row -> row.value() % 2 == 1).toList();
          assertThat(seen).containsAll(stayed).doesNotHaveDuplicates();
        });
  }

  @ParameterizedTest
  @EnumSource(names = {"BAG", "DUPLICATE_BAG"})
  @Case({"ets_SUITE: fixtable_iter_bag", "ets_SUITE: safe_fixtable"})
  void a_stream_of_a_bag_meets_all_that_is_left_and_nothing_else(TableType type) {
    List<Entry> rows = new ArrayList<>();
    for (int key = 0; key < 64; key++) {
      for (int value = 0; value < 6; value++) {
        rows.add(entry("n", key, value));
      }
    }
    Predicate<Entry> goes = row -> (row.key().number() >> row.value() & 1) == 1;
    test(
        type,
        rows,
        table -> {
          rows.stream().filter(goes).forEach(table::deleteObject);
          List<Entry> left = rows.stream().filter(goes.negate()).toList();
          assertThat(table.rows()).containsExactlyInAnyOrderElementsOf(left);
          assertThat(table.keys()).hasSize(63);
          assertThat(table.selectCount(match -> match)).isEqualTo(left.size());
        });
  }

  /** A name is looked for once, and what was found is not another table of that name. */
  @Test
  @Case("ets_SUITE: t_named_select")
  void pages_do_not_go_on_in_another_table_of_the_name() {
    TestProcess.run(() -> {
      SetName<Key, Entry> name = new SetName<>("selected");
      SetTable<Key, Entry> table = Table.newSet(name, Access.PRIVATE, Entry::key);
      table.insertAll(entries(10));
      Page<Entry> page = name.whereis().orElseThrow().select(match -> match, 3);
      table.delete();
      SetTable<Key, Entry> other = Table.newSet(name, Access.PRIVATE, Entry::key);
      other.insertAll(entries(10));
      assertRefused(table, "it does not exist any more", page::next);
      assertThat(name.whereis().orElseThrow().select(match -> match, 3).results()).hasSize(3);
    });
  }

  @Test
  @Case("ets_SUITE: t_select_replace_next_bug")
  void one_goes_from_key_to_key_after_rows_were_replaced() {
    test(
        TableType.ORDERED_SET,
        entries(3),
        table -> {
          OrderedSetTable<Key, Entry> ordered = (OrderedSetTable<Key, Entry>) table;
          UnaryOperator<Pattern<Key, Entry>> two = match -> match.key(new Key("n", 2));
          assertThat(ordered.selectReplace(two, row -> entry("n", 2, 7))).isEqualTo(1);
          assertThat(ordered.next(new Key("n", 1))).contains(new Key("n", 2));
          assertThat(ordered.next(new Key("n", 2))).contains(new Key("n", 3));
          assertThat(ordered.lookup(new Key("n", 2))).contains(entry("n", 2, 7));
        });
  }

  @ParameterizedTest
  @EnumSource
  void neither_pages_nor_streams_go_on_with_rows_that_have_all_been_deleted(TableType type) {
    test(
        type,
        entries(100),
        table -> {
          Page<Entry> page = table.select(match -> match, 1);
          Page<Entry> bound = table.select(match -> match.whereKey(NAME.is("n")), 1);
          Iterator<Entry> rows = table.rows().iterator();
          Iterator<Key> keys = table.keys().iterator();
          rows.next();
          keys.next();
          table.deleteAllObjects();
          assertThat(page.next()).isEmpty();
          assertThat(bound.next()).isEmpty();
          assertThat(rows.hasNext()).isFalse();
          assertThat(keys.hasNext()).isFalse();
        });
  }

  @ParameterizedTest
  @EnumSource(names = {"BAG", "DUPLICATE_BAG"})
  void a_page_does_not_go_on_within_a_key_whose_rows_have_all_been_deleted(TableType type) {
    test(
        type,
        List.of(entry("n", 1, 1), entry("n", 1, 2), entry("n", 1, 3)),
        table -> {
          Page<Entry> page = table.select(match -> match, 1);
          table.deleteAllObjects();
          assertThat(page.next()).isEmpty();
        });
  }
}
