package dev.tend.otp.ets;

import static dev.tend.otp.ets.Tables.assertRefused;
import static dev.tend.otp.ets.Tables.kill;
import static dev.tend.otp.ets.Tables.newTable;
import static dev.tend.otp.ets.Tables.within;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tend.otp.conformance.Case;
import dev.tend.otp.ets.Tables.Row;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.testkit.OtpTest;
import dev.tend.otp.testkit.Probe;
import dev.tend.otp.testkit.TestProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may do what with a table, for every type, access and operation. */
@OtpTest
class TableRightsTest {
  private static final Counter<Row> VALUE =
      Counter.of(Row::value, (row, value) -> new Row(row.key(), (int) value));

  private enum Right {
    READ,
    WRITE,
    OWN;

    boolean isEveryones(Access access) {
      return switch (this) {
        case READ -> access != Access.PRIVATE;
        case WRITE -> access == Access.PUBLIC;
        case OWN -> false;
      };
    }

    String rule(Access access, Pid<?> owner) {
      return this == OWN
          ? "only its owner " + owner + " may "
          : "it is "
              + access
              + ", only its owner "
              + owner
              + " may "
              + name().toLowerCase(Locale.ROOT);
    }
  }

  private record Act(String name, Right needs, Function<Table<String, Row>, Object> code) {
    Object on(Table<String, Row> table) {
      return code.apply(table);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static Act act(Right needs, String name, Consumer<Table<String, Row>> code) {
    return new Act(
        name,
        needs,
        table -> {
          code.accept(table);
          return name;
        });
  }

  private static Act read(String name, Function<Table<String, Row>, Object> code) {
    return new Act(name, Right.READ, code);
  }

  /** None of them changes a table with one row of key "a" but those that write. */
  private static List<Act> acts(TableType type) {
    List<Act> acts = new ArrayList<>();
    acts.add(read("member", t -> t.member("a")));
    acts.add(read("lookup", t -> Tables.lookup(t, "a")));
    acts.add(read("size", Table::size));
    acts.add(read("rows", t -> t.rows().toList()));
    acts.add(read("keys", t -> t.keys().toList()));
    acts.add(read("fold", t -> t.fold(0, (n, row) -> n + 1)));
    acts.add(read("select", t -> t.select(p -> p.key("a")).toList()));
    acts.add(read("page", t -> t.select(p -> p, 1).next()));
    acts.add(read("selectCount", t -> t.selectCount(p -> p)));
    acts.add(act(Right.WRITE, "insert", t -> t.insert(new Row("b", 1))));
    acts.add(act(Right.WRITE, "insertNew", t -> t.insertNew(new Row("b", 1))));
    acts.add(act(Right.WRITE, "insertAll", t -> t.insertAll(List.of(new Row("b", 1)))));
    acts.add(act(Right.WRITE, "insertAllNew", t -> t.insertAllNew(List.of(new Row("b", 1)))));
    acts.add(act(Right.WRITE, "take", t -> Tables.take(t, "a")));
    acts.add(act(Right.WRITE, "delete", t -> t.delete("a")));
    acts.add(act(Right.WRITE, "deleteObject", t -> t.deleteObject(new Row("a", 1))));
    acts.add(act(Right.WRITE, "deleteAllObjects", Table::deleteAllObjects));
    acts.add(act(Right.OWN, "delete the table", Table::delete));
    acts.add(act(Right.OWN, "setHeir", t -> t.setHeir(t.owner(), "data")));
    acts.add(act(Right.OWN, "removeHeir", Table::removeHeir));
    acts.add(act(Right.OWN, "giveAway", t -> t.giveAway(Processes.self(), "data")));
    if (type == TableType.SET || type == TableType.ORDERED_SET) {
      acts.addAll(setActs());
    }
    if (type == TableType.ORDERED_SET) {
      acts.addAll(orderedActs());
    }
    return acts;
  }

  private static List<Act> setActs() {
    return List.of(
        read("lookupElement", t -> set(t).lookupElement("a", Row::value)),
        act(Right.WRITE, "replace", t -> set(t).replace(new Row("a", 1), new Row("a", 2))),
        act(Right.WRITE, "updateElement", t -> set(t).updateElement("a", row -> row)),
        act(Right.WRITE, "updateCounter", t -> set(t).updateCounter("a", VALUE.add(1))),
        act(Right.WRITE, "selectReplace", t -> set(t).selectReplace(p -> p, row -> row)));
  }

  private static List<Act> orderedActs() {
    return List.of(
        read("first", t -> ordered(t).first()),
        read("last", t -> ordered(t).last()),
        read("next", t -> ordered(t).next("")),
        read("prev", t -> ordered(t).prev("z")),
        read("firstLookup", t -> ordered(t).firstLookup()),
        read("selectReverse", t -> ordered(t).selectReverse(p -> p).toList()),
        read("foldReverse", t -> ordered(t).foldReverse(0, (n, row) -> n + 1)));
  }

  private static SetTable<String, Row> set(Table<String, Row> table) {
    return (SetTable<String, Row>) table;
  }

  private static OrderedSetTable<String, Row> ordered(Table<String, Row> table) {
    return (OrderedSetTable<String, Row>) table;
  }

  static Stream<Arguments> typesAndAccesses() {
    return Stream.of(TableType.values())
        .flatMap(type -> Stream.of(Access.values()).map(access -> Arguments.of(type, access)));
  }

  private static Table<String, Row> ownedBy(Pid<Probe> owner, TableType type, Access access) {
    return within(
        owner,
        () -> {
          Table<String, Row> table = newTable(type, access);
          table.insert(new Row("a", 1));
          return table;
        });
  }

  private static List<Row> rows(Pid<Probe> owner, Table<String, Row> table) {
    return within(owner, () -> table.rows().toList());
  }

  @ParameterizedTest
  @MethodSource("typesAndAccesses")
  @Case({"ets_SUITE: privacy", "ets_SUITE: bad_table"})
  void another_process_may_do_what_the_access_allows(TableType type, Access access) {
    Pid<Probe> owner = Probe.started();
    for (Act act : acts(type)) {
      Table<String, Row> table = ownedBy(owner, type, access);
      TestProcess.run(() -> {
        if (act.needs.isEveryones(access)) {
          act.on(table);
        } else {
          assertRefused(table, act.needs.rule(access, owner), () -> act.on(table));
          assertThat(rows(owner, table)).as(act.name).containsExactly(new Row("a", 1));
          assertThat(table.info().heir()).isEmpty();
          assertThat(table.owner()).isEqualTo(owner);
        }
      });
    }
    kill(owner);
  }

  @ParameterizedTest
  @MethodSource("typesAndAccesses")
  void its_owner_may_do_everything(TableType type, Access access) {
    TestProcess.run(() -> {
      for (Act act : acts(type)) {
        if (!act.name.equals("giveAway")) {
          Table<String, Row> table = newTable(type, access);
          table.insert(new Row("a", 1));
          act.on(table);
        }
      }
    });
  }

  @ParameterizedTest
  @MethodSource("typesAndAccesses")
  @Case({
    "ets_SUITE: badlookup",
    "ets_SUITE: baddelete",
    "ets_SUITE: fold_badarg",
    "ets_SUITE: bad_table"
  })
  void nobody_may_do_anything_with_one_that_is_gone(TableType type, Access access) {
    Pid<Probe> owner = Probe.started();
    Table<String, Row> table = ownedBy(owner, type, access);
    within(
        owner,
        () -> {
          table.delete();
          return true;
        });
    TestProcess.run(() -> {
      for (Act act : acts(type)) {
        assertRefused(table, "it does not exist any more", () -> act.on(table));
      }
      assertRefused(table, "it does not exist any more", table::info);
      assertRefused(table, "it does not exist any more", table::owner);
    });
    kill(owner);
  }

  @ParameterizedTest
  @MethodSource("typesAndAccesses")
  void nor_may_who_was_its_owner(TableType type, Access access) {
    TestProcess.run(() -> {
      Table<String, Row> table = newTable(type, access);
      table.delete();
      for (Act act : acts(type)) {
        assertRefused(table, "it does not exist any more", () -> act.on(table));
      }
    });
  }

  @ParameterizedTest
  @MethodSource("typesAndAccesses")
  void a_stream_or_page_begun_before_its_end_does_not_go_on(TableType type, Access access) {
    TestProcess.run(() -> {
      Table<String, Row> table = newTable(type, access);
      table.insertAll(List.of(new Row("a", 1), new Row("b", 1)));
      Stream<Row> rows = table.rows();
      Stream<String> keys = table.keys();
      Page<Row> page = table.select(pattern -> pattern, 1);
      Page<Row> last = table.select(pattern -> pattern, 2);
      table.delete();
      assertRefused(table, "it does not exist any more", rows::toList);
      assertRefused(table, "it does not exist any more", keys::toList);
      assertRefused(table, "it does not exist any more", page::next);
      assertRefused(table, "it does not exist any more", last::next);
    });
  }

  @Test
  void a_stream_of_a_private_table_is_its_owners() {
    Pid<Probe> owner = Probe.started();
    Table<String, Row> table = ownedBy(owner, TableType.SET, Access.PRIVATE);
    Page<Row> page =
        within(
            owner,
            () -> {
              table.insert(new Row("b", 1));
              return table.select(pattern -> pattern, 1);
            });
    TestProcess.run(() -> assertRefused(table, "it is PRIVATE", page::next));
    assertThat(within(owner, page::next)).isPresent();
    kill(owner);
  }
}
