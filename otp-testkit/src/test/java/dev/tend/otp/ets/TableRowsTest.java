package dev.tend.otp.ets;

import static dev.tend.otp.ets.Tables.assertRefused;
import static dev.tend.otp.ets.Tables.lookup;
import static dev.tend.otp.ets.Tables.newTable;
import static dev.tend.otp.ets.Tables.take;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tend.otp.conformance.Case;
import dev.tend.otp.ets.Tables.Row;
import dev.tend.otp.testkit.OtpTest;
import dev.tend.otp.testkit.TestProcess;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of rows, in each type of table. */
@OtpTest
class TableRowsTest {
  private static final Row A1 = new Row("a", 1);
  private static final Row A2 = new Row("a", 2);
  private static final Row B1 = new Row("b", 1);

  /** What is under a key after these have been inserted there. */
  private static List<Row> kept(TableType type, Row... inserted) {
    List<Row> rows = List.of(inserted);
    return switch (type) {
      case SET, ORDERED_SET -> List.of(rows.getLast());
      case BAG -> rows.stream().distinct().toList();
      case DUPLICATE_BAG -> rows;
    };
  }

  @ParameterizedTest
  @EnumSource
  @Case({"ets_SUITE: setbag", "ets_SUITE: member"})
  void insert_replaces_in_a_set_and_adds_in_a_bag(TableType type) {
    TestProcess.run(() -> {
      Table<String, Row> table = newTable(type, Access.PRIVATE);
      for (Row row : List.of(A1, A2, A1, B1)) {
        table.insert(row);
      }
      assertThat(lookup(table, "a")).isEqualTo(kept(type, A1, A2, A1));
      assertThat(lookup(table, "b")).containsExactly(B1);
      assertThat(lookup(table, "c")).isEmpty();
      assertThat(table.member("a")).isTrue();
      assertThat(table.member("c")).isFalse();
      assertThat(table.size()).isEqualTo(kept(type, A1, A2, A1).size() + 1);
      assertThat(table.keys()).containsExactlyInAnyOrder("a", "b");
    });
  }

  @ParameterizedTest
  @EnumSource
  @Case({"ets_SUITE: t_insert_list", "ets_SUITE: t_insert_list_set"})
  void insert_all_does_as_many_inserts(TableType type) {
    TestProcess.run(() -> {
      Table<String, Row> table = newTable(type, Access.PRIVATE);
      table.insert(A1);
      table.insertAll(List.of(A2, B1, A1));
      assertThat(lookup(table, "a")).isEqualTo(kept(type, A1, A2, A1));
      assertThat(table.size()).isEqualTo(kept(type, A1, A2, A1).size() + 1);
      table.insertAll(List.of());
      assertThat(table.size()).isEqualTo(kept(type, A1, A2, A1).size() + 1);
    });
  }

  @ParameterizedTest
  @EnumSource
  @Case("ets_SUITE: t_insert_new")
  void insert_new_leaves_a_key_that_is_there(TableType type) {
    TestProcess.run(() -> {
      Table<String, Row> table = newTable(type, Access.PRIVATE);
      assertThat(table.insertNew(A1)).isTrue();
      assertThat(table.insertNew(A2)).isFalse();
      assertThat(table.insertAllNew(List.of(B1, A2))).isFalse();
      assertThat(table.rows()).containsExactly(A1);
      table.delete("a");
      assertThat(table.insertAllNew(List.of(A1, B1, A2))).isTrue();
      assertThat(lookup(table, "a")).isEqualTo(kept(type, A1, A2));
      assertThat(table.size()).isEqualTo(kept(type, A1, A2).size() + 1);
    });
  }

  @ParameterizedTest
  @EnumSource
  @Case({"ets_SUITE: take", "ets_SUITE: delete_elem", "ets_SUITE: member"})
  void take_and_delete_remove_all_of_a_key(TableType type) {
    TestProcess.run(() -> {
      Table<String, Row> table = newTable(type, Access.PRIVATE);
      table.insertAll(List.of(A1, A2, A1, B1));
      assertThat(take(table, "a")).isEqualTo(kept(type, A1, A2, A1));
      assertThat(take(table, "a")).isEmpty();
      assertThat(table.rows()).containsExactly(B1);
      table.delete("c");
      table.delete("b");
      assertThat(table.size()).isZero();
    });
  }

  @ParameterizedTest
  @EnumSource
  @Case("ets_SUITE: t_delete_object")
  void delete_object_removes_all_that_are_equal_and_no_others(TableType type) {
    TestProcess.run(() -> {
      Table<String, Row> table = newTable(type, Access.PRIVATE);
      table.insertAll(List.of(A1, A2, B1, A1));
      table.deleteObject(A2);
      assertThat(lookup(table, "a")).isEqualTo(kept(type, A1, A1));
      table.deleteObject(A1);
      assertThat(table.member("a")).isFalse();
      table.deleteObject(A1);
      assertThat(table.rows()).containsExactly(B1);
      assertThat(table.size()).isEqualTo(1);
    });
  }

  @ParameterizedTest
  @EnumSource
  @Case("ets_SUITE: t_delete_all_objects")
  void delete_all_objects_leaves_a_table_that_is_empty(TableType type) {
    TestProcess.run(() -> {
      Table<String, Row> table = newTable(type, Access.PRIVATE);
      table.insertAll(List.of(A1, A2, B1));
      table.deleteAllObjects();
      assertThat(table.size()).isZero();
      assertThat(table.rows()).isEmpty();
      assertThat(table.insertNew(A1)).isTrue();
      assertThat(table.rows()).containsExactly(A1);
    });
  }

  @ParameterizedTest
  @EnumSource
  @Case({"ets_SUITE: badinsert", "ets_SUITE: error_info"})
  void null_is_refused_and_nothing_is_changed(TableType type) {
    TestProcess.run(() -> {
      Table<String, Row> table = newTable(type, Access.PRIVATE);
      table.insert(A1);
      Row keyless = new Row(null, 1);
      String key = null;
      assertRefused(table, "null is no row", () -> table.insert(null));
      assertRefused(table, "null is no row", () -> table.insertAll(Arrays.asList(B1, null)));
      assertRefused(table, "null is no row", () -> table.deleteObject(null));
      assertRefused(table, "the key of " + keyless + " is null", () -> table.insert(keyless));
      assertRefused(table, "is null", () -> table.insertAllNew(List.of(B1, keyless)));
      assertRefused(table, "null is no key", () -> lookup(table, key));
      assertRefused(table, "null is no key", () -> table.delete(key));
      assertRefused(table, "null is no key", () -> table.member(key));
      assertRefused(table, "null is no key", () -> table.select(p -> p.key(key)));
      assertRefused(table, "null is no key", () -> table.selectDelete(p -> p.key(key)));
      assertThat(table.rows()).containsExactly(A1);
    });
  }

  @SuppressWarnings("ArrayRecordComponent") // that is what is wrong with it
  private record Wrapped(List<String> parts, int[] numbers) {}

  private record Tree(String name, Branch branch) {}

  private record Branch(Tree tree) {}

  @SuppressWarnings({"JavaUtilDate", "UnnecessaryStringBuilder"}) // what one should not use
  static Stream<Object> mutable() {
    return Stream.of(
        new int[] {1},
        new StringBuilder("a"),
        new Date(0),
        new AtomicLong(1),
        new ArrayList<>(List.of("a")),
        Arrays.asList("a", "b"),
        new HashSet<>(Set.of("a")),
        new HashMap<>(Map.of("a", 1)),
        new Wrapped(List.of(), new int[] {1}));
  }

  @ParameterizedTest
  @MethodSource("mutable")
  void a_key_that_can_change_is_refused(Object key) {
    TestProcess.run(() -> {
      SetTable<Object, Object> table = Table.newSet(Access.PRIVATE, row -> row);
      String rule = "a " + key.getClass().getName() + " can";
      assertRefused(table, rule, () -> table.insert(key));
      assertRefused(table, rule, () -> table.insertAll(List.of("fine", key)));
      assertThat(table.rows()).isEmpty();
    });
  }

  static Stream<Object> immutable() {
    return Stream.of(
        "a",
        1,
        TableType.BAG,
        List.of("a"),
        Set.of("a"),
        Collections.unmodifiableList(new ArrayList<>(List.of("a"))),
        new Tree("a", new Branch(new Tree("b", new Branch(null)))),
        A1);
  }

  @ParameterizedTest
  @MethodSource("immutable")
  @Case("ets_SUITE: types")
  void a_key_that_cannot_change_is_taken(Object key) {
    TestProcess.run(() -> {
      SetTable<Object, Object> table = Table.newSet(Access.PRIVATE, row -> row);
      table.insert(key);
      assertThat(table.lookup(key)).contains(key);
    });
  }

  @ParameterizedTest
  @EnumSource
  @Case({"ets_SUITE: lookup_element_mult", "ets_SUITE: lookup_element_default"})
  void lookup_element_reads_a_part_or_has_another_answer(TableType type) {
    TestProcess.run(() -> {
      Table<String, Row> table = newTable(type, Access.PRIVATE);
      table.insertAll(List.of(A1, A2));
      String rule = "there is no row with key c";
      switch (table) {
        case SetTable<String, Row> set -> {
          assertThat(set.lookupElement("a", Row::value)).isEqualTo(2);
          assertThat(set.lookupElement("c", Row::value, 7)).isEqualTo(7);
          assertRefused(set, rule, () -> set.lookupElement("c", Row::value));
        }
        case BagTable<String, Row> bag -> {
          assertThat(bag.lookupElement("a", Row::value)).containsExactly(1, 2);
          assertThat(bag.lookupElement("c", Row::value, List.of(7))).containsExactly(7);
          assertRefused(bag, rule, () -> bag.lookupElement("c", Row::value));
        }
      }
    });
  }
}
