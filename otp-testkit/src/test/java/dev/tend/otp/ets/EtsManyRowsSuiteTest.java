package dev.tend.otp.ets;

import static dev.tend.otp.ets.Tables.lookup;
import static dev.tend.otp.ets.Tables.newTable;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tend.otp.conformance.Case;
import dev.tend.otp.testkit.OtpTest;
import dev.tend.otp.testkit.TestProcess;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The cases of {@code ets_SUITE} about many rows in one table. */
@OtpTest
class EtsManyRowsSuiteTest {
  private static final int MANY = 7_000;

  private record Entry(int key, String value) {}

  private static Entry entry(int key) {
    return new Entry(key, Integer.toString(key));
  }

  private static List<Entry> entries(int count) {
    return IntStream.rangeClosed(1, count).mapToObj(EtsManyRowsSuiteTest::entry).toList();
  }

  private static void test(TableType type, Consumer<Table<Integer, Entry>> code) {
    TestProcess.run(() -> code.accept(newTable(type, Access.PRIVATE, Entry::key)));
  }

  @Test
  @Case("ets_SUITE: otp_5340")
  void a_bag_that_grows_keeps_the_order_under_each_key() {
    test(
        TableType.BAG,
        table -> {
          List<String> values = List.of("1", "2", "3", "4", "5");
          for (String value : values) {
            for (int key = 3_000; key > 0; key--) {
              table.insert(new Entry(key, value));
            }
          }
          for (int key = 1; key <= 3_000; key++) {
            assertThat(lookup(table, key)).extracting(Entry::value).isEqualTo(values);
          }
        });
  }

  @ParameterizedTest
  @EnumSource
  @Case("ets_SUITE: t_delete_object")
  void rows_are_deleted_one_by_one(TableType type) {
    test(
        type,
        table -> {
          table.insertAll(entries(MANY));
          for (int key = MANY; key > 0; key--) {
            assertThat(table.size()).isEqualTo(key);
            table.deleteObject(new Entry(key, "another"));
            assertThat(table.size()).isEqualTo(key);
            table.deleteObject(entry(key));
          }
          assertThat(table.size()).isZero();
        });
  }

  @ParameterizedTest
  @EnumSource
  @Case({"ets_SUITE: t_insert_list_bag", "ets_SUITE: t_insert_list_duplicate_bag"})
  void a_long_list_can_be_inserted_twice(TableType type) {
    List<Entry> rows = entries(25_000);
    test(
        type,
        table -> {
          table.insertAll(rows);
          table.insertAll(rows);
          int times = type == TableType.DUPLICATE_BAG ? 2 : 1;
          assertThat(table.size()).isEqualTo(25_000L * times);
          assertThat(lookup(table, 25_000)).hasSize(times).containsOnly(entry(25_000));
        });
  }

  @ParameterizedTest
  @EnumSource(names = {"BAG", "DUPLICATE_BAG"})
  @Case("ets_SUITE: t_insert_list_insert_order_preserved")
  void a_list_under_one_key_keeps_its_order(TableType type) {
    List<Entry> rows = IntStream.range(0, 3_000).mapToObj(n -> new Entry(1, "" + n)).toList();
    test(
        type,
        table -> {
          table.insertAll(rows.subList(0, 3));
          table.insertAll(rows.subList(3, 3_000));
          assertThat(lookup(table, 1)).isEqualTo(rows);
          table.delete(1);
          assertThat(lookup(table, 1)).isEmpty();
        });
  }

  @ParameterizedTest
  @EnumSource
  @Case({"ets_SUITE: grow_shrink", "ets_SUITE: heavy_lookup", "ets_SUITE: heavy_lookup_element"})
  void every_row_is_found_while_a_table_grows_and_shrinks(TableType type) {
    test(
        type,
        table -> {
          int size = 0;
          for (int round = 0; round < 40; round++) {
            for (int grown = 0; grown < 371; grown++) {
              table.insert(entry(++size));
            }
            for (int shrunk = 0; shrunk < 300; shrunk++) {
              table.delete(size--);
            }
            assertThat(table.size()).isEqualTo(size);
            for (int key = 1; key <= size; key++) {
              assertThat(element(table, key)).isEqualTo("" + key);
            }
            assertThat(table.member(size + 1)).isFalse();
          }
        });
  }

  private static String element(Table<Integer, Entry> table, int key) {
    return switch (table) {
      case SetTable<Integer, Entry> set -> set.lookupElement(key, Entry::value);
      case BagTable<Integer, Entry> bag -> bag.lookupElement(key, Entry::value).getFirst();
    };
  }

  @Test
  @Case("ets_SUITE: tab2list")
  void the_rows_of_an_ordered_set_are_in_order() {
    test(
        TableType.ORDERED_SET,
        table -> {
          Stream.of(1, 3, 2).forEach(key -> table.insert(entry(key)));
          table.insert(new Entry(1, "new"));
          assertThat(table.rows()).containsExactly(new Entry(1, "new"), entry(2), entry(3));
        });
  }

  @ParameterizedTest
  @EnumSource
  @Case({"ets_SUITE: foldl", "ets_SUITE: foldr", "ets_SUITE: fold_empty"})
  void a_fold_takes_in_every_row(TableType type) {
    test(
        type,
        table -> {
          assertThat(table.<Integer>fold(7, (sum, row) -> -1)).isEqualTo(7);
          table.insertAll(List.of(entry(1), entry(3), entry(2)));
          List<Entry> found = table.fold(List.of(), EtsManyRowsSuiteTest::with);
          assertThat(found).containsExactlyInAnyOrder(entry(1), entry(2), entry(3));
        });
  }

  private static List<Entry> with(List<Entry> rows, Entry row) {
    return Stream.concat(rows.stream(), Stream.of(row)).toList();
  }
}
