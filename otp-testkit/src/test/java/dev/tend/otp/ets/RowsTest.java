package dev.tend.otp.ets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tend.otp.testkit.OtpTest;
import dev.tend.otp.testkit.TestProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What can be done to rows, in tables of each type. */
@OtpTest
class RowsTest {
  private static final Counter<Row> COUNT =
      Counter.of(Row::count, (row, count) -> new Row(row.key(), count));

  record Row(String key, long count) {}

  /** A new table of the calling process. */
  private static <K extends Comparable<? super K>, R> Table<K, R> table(
      TableType type, Function<R, K> keyOf) {
    return switch (type) {
      case SET -> Table.newSet(Access.PROTECTED, keyOf);
      case ORDERED_SET -> Table.newOrderedSet(Access.PROTECTED, keyOf);
      case BAG -> Table.newBag(Access.PROTECTED, keyOf);
      case DUPLICATE_BAG -> Table.newDuplicateBag(Access.PROTECTED, keyOf);
    };
  }

  private static SetTable<String, Row> set() {
    return Table.newSet(Access.PROTECTED, Row::key);
  }

  private static Row row(String key, long count) {
    return new Row(key, count);
  }

  @ParameterizedTest
  @EnumSource
  void a_second_row_of_a_key_replaces_the_first_or_stands_beside_it(TableType type) {
    TestProcess.run(() -> {
      Table<String, Row> table = table(type, Row::key);
      table.insertAll(List.of(row("a", 1), row("a", 2), row("a", 1)));
      List<Row> expected =
          switch (type) {
            case SET, ORDERED_SET -> List.of(row("a", 1));
            case BAG -> List.of(row("a", 1), row("a", 2));
            case DUPLICATE_BAG -> List.of(row("a", 1), row("a", 2), row("a", 1));
          };
      assertThat(table.rows()).containsExactlyElementsOf(expected);
      assertThat(table.size()).isEqualTo(expected.size());
      assertThat(table.keys()).containsExactly("a");
      table.deleteObject(row("a", 1));
      assertThat(table.rows())
          .doesNotContain(row("a", 1))
          .hasSize(expected.contains(row("a", 2)) ? 1 : 0);
    });
  }

  @ParameterizedTest
  @EnumSource
  void insert_all_new_inserts_all_or_none(TableType type) {
    TestProcess.run(() -> {
      Table<String, Row> table = table(type, Row::key);
      assertThat(table.insertAllNew(List.of(row("a", 1), row("b", 1)))).isTrue();
      assertThat(table.insertAllNew(List.of(row("c", 1), row("b", 2)))).isFalse();
      assertThat(table.rows()).containsExactlyInAnyOrder(row("a", 1), row("b", 1));
      assertThat(table.insertNew(row("a", 2))).isFalse();
      table.insertAll(List.of());
      assertThat(table.size()).isEqualTo(2);
    });
  }

  @ParameterizedTest
  @EnumSource
  void deletes(TableType type) {
    TestProcess.run(() -> {
      Table<String, Row> table = table(type, Row::key);
      table.insertAll(List.of(row("a", 1), row("b", 1), row("c", 1)));
      table.delete("a");
      table.delete("none");
      assertThat(table.member("a")).isFalse();
      assertThat(table.fold(0L, (sum, row) -> sum + row.count())).isEqualTo(2);
      table.deleteAllObjects();
      assertThat(table.size()).isZero();
      assertThat(table.rows()).isEmpty();
      table.insert(row("d", 1));
      assertThat(table.rows()).containsExactly(row("d", 1));
    });
  }

  @Test
  void an_element_of_a_row_that_is_not_there_is_told_by_table_and_key() {
    TestProcess.run(() -> {
      SetTable<String, Row> table = set();
      table.insert(row("a", 7));
      assertThat(table.<Long>lookupElement("a", Row::count)).isEqualTo(7);
      assertThat(table.<Long>lookupElement("b", Row::count, 9L)).isEqualTo(9);
      assertThatThrownBy(() -> table.lookupElement("b", Row::count))
          .isInstanceOf(BadTable.class)
          .hasMessageContaining(table.toString())
          .hasMessageContaining("b");
      assertThat(table.take("a")).contains(row("a", 7));
      assertThat(table.take("a")).isEmpty();
    });
  }

  @Test
  void a_bag_gives_its_rows_in_the_order_of_insertion() {
    TestProcess.run(() -> {
      BagTable<String, Row> bag = Table.newDuplicateBag(Access.PROTECTED, Row::key);
      List<Row> rows = new ArrayList<>();
      for (int i = 0; i < 1_000; i++) {
        rows.add(row("a", i % 10));
        bag.insert(rows.getLast());
      }
      assertThat(bag.lookup("a")).containsExactlyElementsOf(rows);
      assertThat(bag.take("a")).containsExactlyElementsOf(rows);
      assertThat(bag.lookup("a")).isEmpty();
    });
  }

  // ---- counters ----

  @Test
  void counters_are_added_to_in_order_and_wrap_at_their_threshold() {
    TestProcess.run(() -> {
      SetTable<String, Row> table = set();
      assertThat(table.updateCounter("a", COUNT.add(3), row("a", 10))).isEqualTo(13);
      assertThat(table.updateCounter("a", COUNT.add(-13))).isZero();
      assertThat(table.updateCounter("a", COUNT.add(5).orElse(4, 1))).isEqualTo(1);
      assertThat(table.updateCounter("a", COUNT.add(-5).orElse(-3, 0))).isZero();
      assertThat(table.updateCounter("a", List.of(COUNT.add(2), COUNT.add(2).orElse(3, 9))))
          .containsExactly(2L, 9L);
      assertThat(table.lookup("a")).contains(row("a", 9));
    });
  }

  @Test
  void a_counter_that_cannot_be_changed_leaves_the_row() {
    TestProcess.run(() -> {
      SetTable<String, Row> table = set();
      table.insert(row("a", Long.MAX_VALUE));
      assertThatThrownBy(() -> table.updateCounter("a", COUNT.add(1)))
          .isInstanceOf(BadTable.class)
          .hasMessageContaining("long");
      assertThatThrownBy(() -> table.updateCounter("a", List.of(COUNT.add(-1), COUNT.add(9))))
          .isInstanceOf(BadTable.class);
      assertThatThrownBy(() -> table.updateCounter("b", COUNT.add(1))).isInstanceOf(BadTable.class);
      assertThatThrownBy(() -> table.updateCounter("b", COUNT.add(1), row("other", 0)))
          .isInstanceOf(BadTable.class);
      Counter<Row> mover = Counter.of(Row::count, (row, n) -> new Row("moved", n));
      assertThatThrownBy(() -> table.updateCounter("a", mover.add(-1)))
          .isInstanceOf(BadTable.class);
      assertThat(table.rows()).containsExactly(row("a", Long.MAX_VALUE));
    });
  }

  @Test
  void elements_are_updated_where_there_is_a_row() {
    TestProcess.run(() -> {
      SetTable<String, Row> table = set();
      assertThat(table.updateElement("a", row -> row("a", 1))).isFalse();
      table.updateElement("a", row -> row("a", row.count() + 1), row("a", 5));
      assertThat(table.updateElement("a", row -> row("a", row.count() * 2))).isTrue();
      assertThat(table.lookup("a")).contains(row("a", 12));
      assertThatThrownBy(() -> table.updateElement("a", row -> row("b", 1)))
          .isInstanceOf(BadTable.class)
          .hasMessageContaining("key");
      assertThat(table.replace(row("a", 12), row("a", 13))).isTrue();
      assertThat(table.replace(row("a", 12), row("a", 14))).isFalse();
      assertThat(table.rows()).containsExactly(row("a", 13));
    });
  }

  // ---- bad input ----

  record Boxed(List<Object> parts) implements Comparable<Boxed> {
    @Override
    public int compareTo(Boxed other) {
      return Integer.compare(parts.size(), other.parts.size());
    }
  }

  static List<Object> mutable() {
    return List.of(
        new int[] {1},
        new java.util.BitSet(),
        new ArrayList<>(List.of(1)),
        new java.util.concurrent.atomic.AtomicInteger());
  }

  @ParameterizedTest
  @MethodSource("mutable")
  void a_key_that_can_change_is_refused_and_nothing_inserted(Object key) {
    TestProcess.run(() -> {
      SetTable<Object, Object> table = Table.newSet(Access.PROTECTED, row -> row);
      assertThatThrownBy(() -> table.insert(key))
          .isInstanceOf(BadTable.class)
          .hasMessageContaining(key.getClass().getName());
      assertThat(table.size()).isZero();
      table.insert(List.of(1));
      table.insert(new Boxed(List.of()));
      assertThat(table.size()).isEqualTo(2);
    });
  }

  @ParameterizedTest
  @EnumSource
  @SuppressWarnings("NullAway")
  void null_is_refused_and_the_table_unchanged(TableType type) {
    TestProcess.run(() -> {
      Table<String, Row> table = table(type, Row::key);
      table.insert(row("a", 1));
      List<Row> withNull = new ArrayList<>(List.of(row("b", 1)));
      withNull.add(null);
      assertThatThrownBy(() -> table.insert(null)).isInstanceOf(BadTable.class);
      assertThatThrownBy(() -> table.insert(row(null, 1))).isInstanceOf(BadTable.class);
      assertThatThrownBy(() -> table.insertAll(withNull)).isInstanceOf(BadTable.class);
      assertThatThrownBy(() -> table.member(null)).isInstanceOf(BadTable.class);
      assertThatThrownBy(() -> table.delete(null)).isInstanceOf(BadTable.class);
      assertThat(table.rows()).containsExactly(row("a", 1));
    });
  }

  @Test
  void info_says_what_a_table_is() {
    TestProcess.run(() -> {
      SetTable<String, Row> table = Table.newSet(new SetName<>("told"), Access.PUBLIC, Row::key);
      table.insert(row("a", 1));
      TableInfo info = table.info();
      assertThat(info.name()).contains("told");
      assertThat(info.type()).isEqualTo(TableType.SET);
      assertThat(info.protection()).isEqualTo(Access.PUBLIC);
      assertThat(info.size()).isEqualTo(1);
      assertThat(info.owner()).isEqualTo(dev.tend.otp.process.Processes.self());
      assertThat(info.heir()).isEqualTo(Optional.empty());
    });
  }
}
