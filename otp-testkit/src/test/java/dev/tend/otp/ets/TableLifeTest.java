package dev.tend.otp.ets;

import static dev.tend.otp.ets.Tables.assertRefused;
import static dev.tend.otp.ets.Tables.kill;
import static dev.tend.otp.ets.Tables.newTable;
import static dev.tend.otp.ets.Tables.within;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tend.otp.conformance.Case;
import dev.tend.otp.ets.Tables.Row;
import dev.tend.otp.process.DeadProcess;
import dev.tend.otp.process.Down;
import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Monitored;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.testkit.OtpTest;
import dev.tend.otp.testkit.Probe;
import dev.tend.otp.testkit.TestProcess;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The names of tables, and their end with their owner. */
@OtpTest
class TableLifeTest {
  private static final String NAME = "rows";

  private static TableName<String, Row> name(TableType type) {
    return switch (type) {
      case SET -> new SetName<>(NAME);
      case ORDERED_SET -> new OrderedSetName<>(NAME);
      case BAG, DUPLICATE_BAG -> new BagName<>(NAME);
    };
  }

  @ParameterizedTest
  @EnumSource
  void the_owners_death_takes_name_and_rows_before_anyone_hears_of_it(TableType type) {
    TestProcess.run(() -> {
      for (int round = 0; round < 300; round++) {
        CompletableFuture<Table<String, Row>> made = new CompletableFuture<>();
        Monitored<?> owner =
            Processes.spawnMonitor(() -> {
              Table<String, Row> table = newTable(type, NAME);
              table.insertAll(List.of(new Row("a", 1), new Row("b", 2)));
              made.complete(table);
              Processes.receive();
            });
        Table<String, Row> table = made.get();
        assertThat(name(type).whereis().orElseThrow()).isSameAs(table);
        Processes.exit(owner.pid(), ExitReason.KILL);
        Processes.receive(message -> message instanceof Down down ? down : null);
        assertThat(name(type).whereis()).isEmpty();
        assertThat(TableName.taken()).isEmpty();
        assertRefused(table, "it does not exist any more", () -> table.member("a"));
      }
    });
  }

  @ParameterizedTest
  @EnumSource
  @Case({"ets_SUITE: delete_tab", "ets_SUITE: whereis_table"})
  void a_name_is_free_when_its_table_is_deleted_and_revives_no_old_reference(TableType type) {
    TestProcess.run(() -> {
      Table<String, Row> old = newTable(type, NAME);
      old.insert(new Row("a", 1));
      old.delete();
      assertThat(name(type).whereis()).isEmpty();
      Table<String, Row> table = newTable(type, NAME);
      assertThat(name(type).whereis().orElseThrow()).isSameAs(table);
      assertThat(table.rows()).isEmpty();
      assertRefused(old, "it does not exist any more", () -> old.member("a"));
      assertRefused(old, "it does not exist any more", () -> old.insert(new Row("a", 1)));
      assertRefused(old, "it does not exist any more", old::delete);
      assertThat(name(type).whereis().orElseThrow()).isSameAs(table);
    });
  }

  @ParameterizedTest
  @EnumSource
  @Case("ets_SUITE: named")
  void a_name_is_of_one_table_whatever_its_type(TableType type) {
    TestProcess.run(() -> {
      Table<String, Row> table = newTable(type, NAME);
      assertThat(TableName.taken()).hasSize(1);
      for (TableType other : TableType.values()) {
        assertRefused(table, "the name is taken", () -> newTable(other, NAME));
      }
      assertThat(name(type).whereis().orElseThrow()).isSameAs(table);
      assertThat(table.info().name()).contains(NAME);
    });
  }

  @ParameterizedTest
  @EnumSource
  void one_of_another_type_under_a_name_is_told(TableType type) {
    TestProcess.run(() -> {
      Table<String, Row> table = newTable(type, NAME);
      for (TableType other : TableType.values()) {
        if (name(other).equals(name(type))) {
          assertThat(name(other).whereis().orElseThrow()).isSameAs(table);
        } else {
          assertRefused(table, "it is of type " + type, () -> name(other).whereis());
        }
      }
    });
  }

  @Test
  @Case("ets_SUITE: info")
  void the_info_tells_what_it_is() {
    Pid<Probe> heir = Probe.started();
    TestProcess.run(() -> {
      SetTable<String, Row> table = Table.newSet(new SetName<>(NAME), Access.PROTECTED, Row::key);
      table.insert(new Row("a", 1));
      table.setHeir(heir, "data");
      TableInfo info = table.info();
      assertThat(info.id()).isEqualTo(NAME);
      assertThat(info.type()).isEqualTo(TableType.SET);
      assertThat(info.protection()).isEqualTo(Access.PROTECTED);
      assertThat(info.size()).isEqualTo(1);
      assertThat(info.owner()).isEqualTo(Processes.self());
      assertThat(info.heir()).hasValueSatisfying(pid -> assertThat(pid).isSameAs(heir));
    });
    kill(heir);
  }

  @Test
  void a_failed_creation_leaves_no_table_to_its_process() {
    Pid<Probe> owner = Probe.started();
    TestProcess.run(() -> {
      Table<String, Row> table = newTable(TableType.SET, NAME);
      assertThatThrownBy(() -> within(owner, () -> newTable(TableType.SET, NAME)))
          .hasMessageContaining("the name is taken");
      assertThat(table.owner()).isEqualTo(Processes.self());
    });
    assertThat(TableName.taken()).isEmpty();
    kill(owner);
  }

  @Test
  void the_dead_write_nothing() {
    TestProcess.run(() -> {
      Table<String, Row> table = newTable(TableType.SET, Access.PUBLIC);
      CompletableFuture<Boolean> begun = new CompletableFuture<>();
      CompletableFuture<Boolean> dead = new CompletableFuture<>();
      CompletableFuture<Throwable> thrown = new CompletableFuture<>();
      Pid<?> writer =
          Processes.spawn(() -> {
            begun.complete(true);
            dead.join();
            try {
              table.insert(new Row("a", 1));
            } catch (DeadProcess gone) {
              thrown.complete(gone);
              throw gone;
            }
          });
      begun.join();
      kill(writer);
      dead.complete(true);
      assertThat(thrown.get()).isInstanceOf(DeadProcess.class);
      assertThat(table.rows()).isEmpty();
    });
  }

  @ParameterizedTest
  @EnumSource(names = {"SET", "ORDERED_SET"})
  void a_name_leads_to_a_new_private_table_after_the_old_one(TableType type) {
    TableName<String, Row> name = name(type);
    Pid<Probe> old = Probe.started();
    within(
        old,
        () -> {
          newNamed(name).insert(new Row("a", 1));
          return lookup(name, "a").orElseThrow();
        });
    kill(old);
    TestProcess.run(() -> {
      assertThat(lookup(name, "a")).isEmpty();
      Table<String, Row> table = newNamed(name);
      table.insert(new Row("a", 2));
      assertThat(lookup(name, "a")).contains(new Row("a", 2));
    });
  }

  private static Table<String, Row> newNamed(TableName<String, Row> name) {
    return switch (name) {
      case SetName<String, Row> set -> Table.newSet(set, Access.PRIVATE, Row::key);
      case OrderedSetName<String, Row> set -> Table.newOrderedSet(set, Access.PRIVATE, Row::key);
      case BagName<String, Row> bag -> Table.newBag(bag, Access.PRIVATE, Row::key);
    };
  }

  private static Optional<Row> lookup(TableName<String, Row> name, String key) {
    return switch (name) {
      case SetName<String, Row> set -> set.lookup(key);
      case OrderedSetName<String, Row> set -> set.lookup(key);
      case BagName<String, Row> bag -> throw new AssertionError(bag);
    };
  }

  @Test
  void a_table_without_what_it_needs_is_refused() {
    TestProcess.run(() -> {
      SetName<String, Row> nameless = null;
      OrderedSetName<String, Row> orderedNameless = null;
      BagName<String, Row> bagNameless = null;
      List.<ThrowingCallable>of(
              () -> Table.newSet(nameless, Access.PUBLIC, Row::key),
              () -> Table.newOrderedSet(orderedNameless, Access.PUBLIC, Row::key),
              () -> Table.newBag(bagNameless, Access.PUBLIC, Row::key),
              () -> Table.newDuplicateBag(bagNameless, Access.PUBLIC, Row::key),
              () -> Table.newSet(null, Row::key),
              () -> Table.newSet(Access.PUBLIC, null),
              () -> Table.newOrderedSet(Access.PUBLIC, Row::key, null))
          .forEach(call -> assertThatThrownBy(call).isInstanceOf(NullPointerException.class));
    });
  }
}
