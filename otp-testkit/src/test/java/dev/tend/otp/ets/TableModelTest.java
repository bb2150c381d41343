package dev.tend.otp.ets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tend.otp.ets.Tables.Row;
import dev.tend.otp.testkit.TestProcess;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiFunction;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Random operations on a table and on its model have the same results, as in ets_tough_SUITE. */
class TableModelTest {
  private static final Counter<Row> VALUE =
      Counter.of(Row::value, (row, count) -> new Row(row.key(), (int) count));

  /** What is done to both, and what comes of it. */
  record Act(
      String name,
      BiFunction<Table<String, Row>, TableType, Object> real,
      BiFunction<TableModel, TableType, Object> model) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static boolean isBag(TableType type) {
    return type == TableType.BAG || type == TableType.DUPLICATE_BAG;
  }

  private static Act insert(Row row) {
    return new Act(
        "insert " + row,
        (table, type) -> {
          table.insert(row);
          return true;
        },
        (model, type) -> {
          model.insert(row);
          return true;
        });
  }

  private static Act insertAll(List<Row> rows) {
    return new Act(
        "insertAll " + rows,
        (table, type) -> {
          table.insertAll(rows);
          return true;
        },
        (model, type) -> {
          rows.forEach(model::insert);
          return true;
        });
  }

  private static Act insertNew(Row row) {
    return new Act(
        "insertNew " + row,
        (table, type) -> table.insertNew(row),
        (model, type) -> model.insertAllNew(List.of(row)));
  }

  private static Act insertAllNew(List<Row> rows) {
    return new Act(
        "insertAllNew " + rows,
        (table, type) -> table.insertAllNew(rows),
        (model, type) -> model.insertAllNew(rows));
  }

  private static Act take(String key) {
    return new Act(
        "take " + key, (table, type) -> Tables.take(table, key), (model, type) -> model.take(key));
  }

  private static Act deleteObject(Row row) {
    return new Act(
        "deleteObject " + row,
        (table, type) -> {
          table.deleteObject(row);
          return true;
        },
        (model, type) -> {
          model.removeIf(row::equals);
          return true;
        });
  }

  private static Act selectDelete(int above) {
    Column<Row, Integer> value = Column.of(Row::value);
    return new Act(
        "selectDelete above " + above,
        (table, type) -> table.selectDelete(match -> match.where(value.greaterThan(above))),
        (model, type) -> model.removeIf(row -> row.value() > above));
  }

  private static Act deleteAllObjects() {
    return new Act(
        "deleteAllObjects",
        (table, type) -> {
          table.deleteAllObjects();
          return true;
        },
        (model, type) -> {
          model.clear();
          return true;
        });
  }

  private static Act count(Row first) {
    return new Act(
        "count " + first,
        (table, type) ->
            isBag(type)
                ? 0L
                : ((SetTable<String, Row>) table).updateCounter(first.key(), VALUE.add(1), first),
        (model, type) -> {
          if (isBag(type)) {
            return 0L;
          }
          List<Row> old = model.lookup(first.key());
          int count = (old.isEmpty() ? first : old.getFirst()).value() + 1;
          model.insert(new Row(first.key(), count));
          return (long) count;
        });
  }

  private static Act update(Row row) {
    return new Act(
        "update " + row,
        (table, type) ->
            !isBag(type)
                && ((SetTable<String, Row>) table)
                    .updateElement(row.key(), old -> new Row(old.key(), 2 * old.value())),
        (model, type) -> {
          if (isBag(type)) {
            return false;
          }
          List<Row> old = model.lookup(row.key());
          old.forEach(one -> model.insert(new Row(one.key(), 2 * one.value())));
          return !old.isEmpty();
        });
  }

  @Provide
  Arbitrary<List<Act>> acts() {
    Arbitrary<String> keys = Arbitraries.of("a", "b", "c", "d", "e");
    Arbitrary<Integer> values = Arbitraries.integers().between(0, 3);
    Arbitrary<Row> rows = Combinators.combine(keys, values).as(Row::new);
    Arbitrary<List<Row>> several = rows.list().ofMaxSize(6);
    Arbitrary<Act> act =
        Arbitraries.oneOf(
            rows.map(TableModelTest::insert),
            rows.map(TableModelTest::insertNew),
            several.map(TableModelTest::insertAll),
            several.map(TableModelTest::insertAllNew),
            keys.map(TableModelTest::take),
            rows.map(TableModelTest::deleteObject),
            values.map(TableModelTest::selectDelete),
            rows.map(TableModelTest::count),
            rows.map(TableModelTest::update),
            Arbitraries.just(1).map(none -> deleteAllObjects()));
    return act.list().ofMaxSize(50);
  }

  @Property(tries = 400)
  void a_table_does_what_its_model_does(@ForAll TableType type, @ForAll("acts") List<Act> acts) {
    TestProcess.run(() -> {
      Table<String, Row> table = Tables.newTable(type, Access.PRIVATE);
      TableModel model = new TableModel(type);
      for (Act act : acts) {
        assertThat(act.real.apply(table, type))
            .as(act.name)
            .isEqualTo(act.model.apply(model, type));
        assertSame(table, model);
      }
    });
  }

  private static void assertSame(Table<String, Row> table, TableModel model) {
    List<Row> rows = table.rows().toList();
    if (table.type() == TableType.ORDERED_SET) {
      assertThat(rows).isEqualTo(model.rows());
    }
    assertThat(rows.stream().sorted(Comparator.comparing(Row::key)).toList())
        .isEqualTo(model.rows());
    assertThat(table.size()).isEqualTo(model.rows().size());
    assertThat(table.keys()).containsExactlyInAnyOrderElementsOf(model.keys());
    for (String key : List.of("a", "b", "c", "d", "e")) {
      assertThat(Tables.lookup(table, key)).isEqualTo(model.lookup(key));
      assertThat(table.member(key)).isEqualTo(!model.lookup(key).isEmpty());
    }
  }
}
