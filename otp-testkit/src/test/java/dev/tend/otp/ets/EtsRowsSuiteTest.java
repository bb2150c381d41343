package dev.tend.otp.ets;

import static dev.tend.otp.ets.Tables.lookup;
import static dev.tend.otp.ets.Tables.newTable;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tend.otp.conformance.Case;
import dev.tend.otp.ets.Tables.Row;
import dev.tend.otp.testkit.OtpTest;
import dev.tend.otp.testkit.TestProcess;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The cases of {@code ets_SUITE} about the rows under keys. */
@OtpTest
class EtsRowsSuiteTest {
  record Entry(int key, String value) {}

  private static Entry entry(int key) {
    return new Entry(key, Integer.toString(key));
  }

  private static List<Entry> entries(int count) {
    return IntStream.rangeClosed(1, count).mapToObj(EtsRowsSuiteTest::entry).toList();
  }

  private static void test(TableType type, Consumer<Table<Integer, Entry>> code) {
    TestProcess.run(() -> code.accept(newTable(type, Access.PRIVATE, Entry::key)));
  }

  @ParameterizedTest
  @EnumSource
  @Case("ets_SUITE: empty")
  void a_key_that_is_not_there_has_no_rows(TableType type) {
    test(
        type,
        table -> {
          assertThat(lookup(table, 1)).isEmpty();
          table.insert(entry(2));
          assertThat(lookup(table, 1)).isEmpty();
          assertThat(lookup(table, 2)).containsExactly(entry(2));
        });
  }

  @ParameterizedTest
  @EnumSource
  @Case("ets_SUITE: keypos2")
  void the_key_can_be_any_part_of_a_row(TableType type) {
    TestProcess.run(() -> {
      Table<Integer, Row> table = newTable(type, Access.PRIVATE, Row::value);
      table.insertAll(List.of(new Row("a", 1), new Row("b", 1), new Row("b", 2)));
      List<Row> last = List.of(new Row("b", 1));
      List<Row> both = List.of(new Row("a", 1), new Row("b", 1));
      assertThat(lookup(table, 1)).isEqualTo(table instanceof BagTable ? both : last);
    });
  }

  /** Each of three rows of a key goes and comes back, and two of them once more. */
  @ParameterizedTest
  @EnumSource(names = {"BAG", "DUPLICATE_BAG"})
  @Case("ets_SUITE: lookup_order")
  void the_rows_of_a_key_are_in_the_order_of_insertion(TableType type) {
    List<String> values = List.of("1", "2", "3");
    for (String first : values) {
      for (String second : values) {
        for (String third : values) {
          test(
              type,
              table -> {
                Mirror mirror = new Mirror(table);
                values.forEach(mirror::insert);
                mirror.delete(first);
                mirror.insert(first);
                mirror.insert(first);
                mirror.delete(second);
                mirror.delete(third);
                mirror.insert(second);
                values.stream().filter(value -> !value.equals(first)).forEach(mirror::delete);
                mirror.insertNew(third);
              });
        }
      }
    }
  }

  /** A bag with one key, and a list that has to be the same. */
  private static final class Mirror {
    private final Table<Integer, Entry> table;
    private final List<Entry> rows = new ArrayList<>();

    Mirror(Table<Integer, Entry> table) {
      this.table = table;
    }

    void insert(String value) {
      Entry row = new Entry(1, value);
      table.insert(row);
      if (table.type() == TableType.DUPLICATE_BAG || !rows.contains(row)) {
        rows.add(row);
      }
      check();
    }

    void insertNew(String value) {
      boolean isNew = rows.isEmpty();
      assertThat(table.insertNew(new Entry(1, value))).isEqualTo(isNew);
      if (isNew) {
        rows.add(new Entry(1, value));
      }
      check();
    }

    void delete(String value) {
      table.deleteObject(new Entry(1, value));
      rows.removeIf(row -> row.value().equals(value));
      check();
    }

    private void check() {
      assertThat(lookup(table, 1)).isEqualTo(rows);
      assertThat(table.size()).isEqualTo(rows.size());
    }
  }

  @Test
  @Case("ets_SUITE: otp_7665")
  void a_key_can_be_deleted_after_one_of_its_rows() {
    List<Entry> rows = IntStream.range(0, 11).mapToObj(n -> new Entry(1, "" + n)).toList();
    test(
        TableType.BAG,
        table -> {
          for (Entry deleted : rows) {
            table.insertAll(rows);
            table.deleteObject(deleted);
            assertThat(lookup(table, 1)).hasSize(10).doesNotContain(deleted);
            table.delete(1);
            assertThat(lookup(table, 1)).isEmpty();
          }
        });
  }

  @Test
  @Case("ets_SUITE: dups")
  void a_duplicate_bag_counts_each_of_equal_rows() {
    test(
        TableType.DUPLICATE_BAG,
        table -> {
          table.insertAll(List.of(entry(1), entry(1)));
          assertThat(table.rows()).hasSize(2);
          table.delete(1);
          assertThat(lookup(table, 1)).isEmpty();
          for (String value : List.of("2", "4", "2", "2", "4")) {
            table.insert(new Entry(1, value));
          }
          assertThat(table.rows()).hasSize(5);
          assertThat(table.selectDelete(match -> match.where(row -> row.value().equals("2"))))
              .isEqualTo(3);
          assertThat(lookup(table, 1)).hasSize(2).containsOnly(new Entry(1, "4"));
        });
  }

  @ParameterizedTest
  @EnumSource
  @Case("ets_SUITE: table_leak")
  void twenty_thousand_tables_come_and_go(TableType type) {
    TestProcess.run(() -> {
      for (int round = 0; round < 20_000; round++) {
        newTable(type, Access.PRIVATE).delete();
        Table<String, Row> named = newTable(type, "leak");
        assertThat(named.isThere()).isTrue();
        named.delete();
      }
      assertThat(TableName.taken()).isEmpty();
    });
  }

  static Stream<Function<SetTable<Integer, Entry>, Object>> operations() {
    Column<Entry, String> value = Column.of(Entry::value);
    return Stream.of(
        set -> set.insertNew(entry(7)),
        set -> set.insertNew(entry(700)),
        set -> set.lookup(10),
        set -> set.lookup(1_000),
        set -> set.take(10),
        set -> set.take(1_000),
        set -> set.lookupElement(13, Entry::value),
        set -> set.lookupElement(1_000, Entry::value),
        set -> set.lookupElement(1_000, Entry::value, "none"),
        set -> set.updateElement(1_000, row -> row),
        set -> set.updateElement(13, row -> entry(14)),
        set -> set.replace(entry(13), new Entry(13, "new")),
        set -> sorted(set.select(match -> match.where(value.atLeast("9")))),
        set -> sorted(set.select(match -> match.key(5))),
        set -> set.select(match -> match, 0),
        set -> set.selectCount(match -> match.where(value.lessThan("3"))),
        set -> set.selectDelete(match -> match.where(value.lessThan("3"))),
        set -> set.selectReplace(match -> match, row -> new Entry(row.key(), "x")),
        set -> set.selectReplace(match -> match.key(4), row -> entry(5)));
  }

  private static List<Entry> sorted(Stream<Entry> rows) {
    return rows.sorted(Comparator.comparingInt(Entry::key)).toList();
  }

  @ParameterizedTest
  @MethodSource("operations")
  @Case("ets_SUITE: interface_equality")
  void a_set_and_an_ordered_set_give_the_same_results(
      Function<SetTable<Integer, Entry>, Object> operation) {
    TestProcess.run(() -> {
      List<List<Object>> outcomes = new ArrayList<>();
      for (TableType type : List.of(TableType.SET, TableType.ORDERED_SET)) {
        Table<Integer, Entry> table = newTable(type, Access.PRIVATE, Entry::key);
        table.insertAll(entries(100));
        Object result = resultOrRule(operation, (SetTable<Integer, Entry>) table);
        outcomes.add(List.of(result, sorted(table.rows())));
      }
      assertThat(outcomes.getFirst()).isEqualTo(outcomes.getLast());
    });
  }

  private static Object resultOrRule(
      Function<SetTable<Integer, Entry>, Object> operation, SetTable<Integer, Entry> table) {
    try {
      return operation.apply(table);
    } catch (BadTable refused) {
      return refused.getMessage().replace(table.toString(), "");
    }
  }
}
