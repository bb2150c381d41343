package dev.tend.otp.ets;

import static dev.tend.otp.ets.Tables.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tend.otp.conformance.Case;
import dev.tend.otp.testkit.OtpTest;
import dev.tend.otp.testkit.TestProcess;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The cases of {@code ets_SUITE} about matching and selecting. */
@OtpTest
class EtsMatchSuiteTest {
  private record Key(String name, int number) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      return Comparator.comparing(Key::name).thenComparingInt(Key::number).compare(this, other);
    }
  }

  private record Entry(Key key, int value) {}

  private static final Column<Key, String> NAME = Column.of(Key::name);

  private static final Column<Key, Integer> NUMBER = Column.of(Key::number);

  private static final Column<Entry, Integer> VALUE = Column.of(Entry::value);

  private static final List<Entry> FOUR =
      List.of(entry("one", 4, 4), entry("one", 5, 5), entry("two", 4, 4), entry("two", 5, 6));

  private static Entry entry(String name, int number, int value) {
    return new Entry(new Key(name, number), value);
  }

  private static Entry entry(int number) {
    return entry("n", number, number);
  }

  private static List<Entry> entries(int count) {
    return IntStream.rangeClosed(1, count).mapToObj(EtsMatchSuiteTest::entry).toList();
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
  @Case({"ets_SUITE: match1", "ets_SUITE: match_object"})
  void parts_of_keys_and_of_rows_are_matched(TableType type) {
    test(
        type,
        FOUR,
        table -> {
          assertThat(table.select(match -> match.whereKey(NAME.is("one"))).map(Entry::value))
              .containsExactlyInAnyOrder(4, 5);
          assertThat(table.select(match -> match.whereKey(NAME.is("two"))))
              .containsExactlyInAnyOrder(FOUR.get(2), FOUR.get(3));
          assertThat(table.select(match -> match.whereKey(NUMBER.is(4)).where(VALUE.is(4))))
              .containsExactlyInAnyOrder(FOUR.get(0), FOUR.get(2));
          assertThat(
                  table.select(match ->
                      match
                          .whereKey(NAME.is("two"))
                          .where(row -> row.key().number() == row.value())))
              .containsExactly(FOUR.get(2));
          assertThat(table.select(match -> match.whereKey(NAME.is("three")))).isEmpty();
          assertThat(table.select(match -> match)).containsExactlyInAnyOrderElementsOf(FOUR);
        });
  }

  @ParameterizedTest
  @EnumSource(names = {"BAG", "DUPLICATE_BAG"})
  @Case("ets_SUITE: match2")
  void rows_of_a_bag_are_matched_under_one_key_and_under_all(TableType type) {
    List<Entry> rows =
        List.of(entry("a", 1, 1), entry("a", 2, 1), entry("a", 2, 2), entry("a", 3, 1));
    test(
        type,
        rows,
        table -> {
          assertThat(table.select(match -> match.key(new Key("a", 2))).map(Entry::value))
              .containsExactly(1, 2);
          assertThat(table.select(match -> match.key(new Key("a", 2)).where(VALUE.is(2))))
              .containsExactly(entry("a", 2, 2));
          assertThat(table.select(match -> match.where(VALUE.is(1))).map(row -> row.key().number()))
              .containsExactlyInAnyOrder(1, 2, 3);
          assertThat(table.select(match -> match.key(new Key("a", 4)))).isEmpty();
          assertThat(table.select(match -> match.where(VALUE.is(4)))).isEmpty();
        });
  }

  @ParameterizedTest
  @EnumSource
  @Case({"ets_SUITE: match_object2", "ets_SUITE: otp_8732"})
  void a_search_without_a_result_ends(TableType type) {
    test(
        type,
        entries(13_005),
        table -> {
          table.insert(entry("", 0, 0));
          assertThat(table.select(match -> match.where(VALUE.is(-1)))).isEmpty();
          assertThat(table.select(match -> match.where(VALUE.is(-1)), 1_000).next()).isEmpty();
          assertThat(table.selectCount(match -> match.whereKey(NUMBER.is(-1)))).isZero();
        });
  }

  @ParameterizedTest
  @EnumSource
  @Case({"ets_SUITE: match_delete", "ets_SUITE: match_delete3", "ets_SUITE: t_select_delete"})
  void what_matches_is_counted_and_deleted_and_the_rest_stays(TableType type) {
    test(
        type,
        entries(10_000),
        table -> {
          UnaryOperator<Pattern<Key, Entry>> some =
              match -> match.where(row -> row.value() % 5 > 2);
          assertThat(table.selectCount(some)).isEqualTo(4_000);
          assertThat(table.selectDelete(some)).isEqualTo(4_000);
          assertThat(table.size()).isEqualTo(6_000);
          assertThat(table.rows()).hasSize(6_000).allMatch(row -> row.value() % 5 <= 2);
          assertThat(table.selectDelete(match -> match.key(new Key("n", 5)))).isEqualTo(1);
          assertThat(table.selectDelete(match -> match.key(new Key("n", 5)))).isZero();
          assertThat(table.selectDelete(match -> match.key(new Key("n", 6)).where(VALUE.is(7))))
              .isZero();
          assertThat(table.selectDelete(match -> match)).isEqualTo(5_999);
          assertThat(table.rows()).isEmpty();
          assertThat(table.size()).isZero();
        });
  }

  @Test
  @Case("ets_SUITE: ordered_match")
  void an_ordered_set_finds_matches_in_order() {
    test(
        TableType.ORDERED_SET,
        entries(3_000).reversed(),
        table -> {
          UnaryOperator<Pattern<Key, Entry>> two =
              match -> match.where(row -> row.value() % 100 == 2);
          List<Entry> expected =
              entries(3_000).stream().filter(row -> row.value() % 100 == 2).toList();
          assertThat(table.select(two)).containsExactlyElementsOf(expected);
          assertThat(table.selectDelete(two)).isEqualTo(30);
          assertThat(table.select(two)).isEmpty();
          assertThat(table.select(match -> match.where(row -> row.value() % 1_000 == 3)))
              .containsExactly(entry(3), entry(1_003), entry(2_003));
        });
  }

  /** Whatever a pattern binds, it finds what a look at every row finds. */
  @ParameterizedTest
  @EnumSource
  @Case({"ets_SUITE: match_heavy", "ets_SUITE: partly_bound", "ets_SUITE: otp_6338"})
  void random_patterns_find_what_a_filter_finds(TableType type) {
    Random random = new Random(7);
    List<Entry> rows = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      rows.add(entry("" + (char) ('a' + i % 10), i / 10, random.nextInt(20)));
    }
    test(
        type,
        rows,
        table -> {
          for (int round = 0; round < 1_000; round++) {
            Wanted wanted = Wanted.random(random);
            List<Entry> expected = rows.stream().filter(wanted).toList();
            assertThat(table.select(wanted::in))
                .as(wanted.toString())
                .containsExactlyInAnyOrderElementsOf(expected);
            assertThat(table.selectCount(wanted::in)).isEqualTo(expected.size());
          }
        });
  }

  /** What a pattern asks for, where it asks for something. */
  private record Wanted(Optional<String> name, Optional<Integer> from, Optional<Integer> value)
      implements Predicate<Entry> {

    static Wanted random(Random random) {
      return new Wanted(
          random.nextBoolean()
              ? Optional.of("" + (char) ('a' + random.nextInt(11)))
              : Optional.empty(),
          random.nextBoolean() ? Optional.of(random.nextInt(50)) : Optional.empty(),
          random.nextBoolean() ? Optional.of(random.nextInt(20)) : Optional.empty());
    }

    Pattern<Key, Entry> in(Pattern<Key, Entry> all) {
      Pattern<Key, Entry> named = name.map(n -> all.whereKey(NAME.is(n))).orElse(all);
      Pattern<Key, Entry> ranged = from.map(n -> named.whereKey(NUMBER.atLeast(n))).orElse(named);
      return value.map(v -> ranged.where(VALUE.is(v))).orElse(ranged);
    }

    @Override
    public boolean test(Entry row) {
      return name.map(row.key().name()::equals).orElse(true)
          && from.map(least -> row.key().number() >= least).orElse(true)
          && value.map(wanted -> row.value() == wanted).orElse(true);
    }
  }

  @Test
  @Case("ets_SUITE: ms_excessive_nesting")
  void a_pattern_can_have_very_many_conditions() {
    test(
        TableType.SET,
        entries(10),
        table -> {
          UnaryOperator<Pattern<Key, Entry>> all =
              match -> {
                Pattern<Key, Entry> pattern = match;
                for (int i = 0; i < 20_000; i++) {
                  pattern = pattern.where(VALUE.lessThan(6));
                }
                return pattern;
              };
          assertThat(table.selectCount(all)).isEqualTo(5);
        });
  }

  @Test
  @Case("ets_SUITE: t_select_replace")
  void rows_of_a_duplicate_bag_are_replaced_where_they_are() {
    List<Entry> rows =
        List.of(entry("a", 1, 1), entry("a", 1, 2), entry("a", 1, 1), entry("b", 1, 1));
    test(
        TableType.DUPLICATE_BAG,
        rows,
        table -> {
          BagTable<Key, Entry> bag = (BagTable<Key, Entry>) table;
          UnaryOperator<Pattern<Key, Entry>> ones = match -> match.where(VALUE.is(1));
          assertRefused(
              bag,
              "cannot become one with key",
              () -> bag.selectReplace(ones, row -> entry("c", 1, 1)));
          assertThat(bag.rows()).containsExactlyInAnyOrderElementsOf(rows);
          assertThat(bag.selectReplace(ones, row -> new Entry(row.key(), 3))).isEqualTo(3);
          assertThat(bag.lookup(new Key("a", 1))).extracting(Entry::value).containsExactly(3, 2, 3);
          assertThat(bag.lookup(new Key("b", 1))).extracting(Entry::value).containsExactly(3);
          assertThat(bag.selectReplace(ones, row -> row)).isZero();
          assertThat(bag.size()).isEqualTo(4);
        });
  }

  @Test
  @Case("ets_SUITE: t_select_replace")
  void rows_of_a_bag_are_not_replaced() {
    test(
        TableType.BAG,
        FOUR,
        table -> {
          BagTable<Key, Entry> bag = (BagTable<Key, Entry>) table;
          assertRefused(
              bag,
              "rows of a BAG are not replaced",
              () -> bag.selectReplace(match -> match, row -> new Entry(row.key(), 1)));
          assertThat(bag.rows()).containsExactlyInAnyOrderElementsOf(FOUR);
        });
  }
}
