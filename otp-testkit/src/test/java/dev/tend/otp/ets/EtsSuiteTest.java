package dev.tend.otp.ets;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tend.otp.conformance.Case;
import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.testkit.OtpTest;
import dev.tend.otp.testkit.Probe;
import dev.tend.otp.testkit.TestProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The rules of {@code ets_SUITE} for tables of type set. */
@OtpTest
class EtsSuiteTest {
  private static final SetName<String, Row> NAME = new SetName<>("rows");

  record Row(String key, int value) {}

  /** A process with a table of this access, and the table. */
  private static SetTable<String, Row> ownedBy(AtomicReference<Pid<Probe>> owner, Access access) {
    AtomicReference<SetTable<String, Row>> table = new AtomicReference<>();
    owner.set(
        new Probe()
            .init(() -> {
              table.set(Table.newSet(NAME, access, Row::key));
              table.get().insert(new Row("a", 1));
              return Probe.ready();
            })
            .start());
    return table.get();
  }

  @ParameterizedTest
  @EnumSource
  void rights(Access access) {
    AtomicReference<Pid<Probe>> owner = new AtomicReference<>();
    SetTable<String, Row> table = ownedBy(owner, access);
    TestProcess.run(() -> {
      check(access != Access.PRIVATE, () -> table.lookup("a"));
      check(access != Access.PRIVATE, table::rows);
      check(access == Access.PUBLIC, () -> table.insert(new Row("b", 1)));
      check(access == Access.PUBLIC, () -> table.delete("b"));
      check(false, table::delete);
    });
    assertThat(owner.get().call(new Probe.Run<>(table::size))).isEqualTo(1);
    assertThat(owner.get().call(new Probe.Run<>(() -> table.take("a")))).contains(new Row("a", 1));
    Processes.exit(owner.get(), ExitReason.KILL);
  }

  private static void check(boolean allowed, Runnable act) {
    if (allowed) {
      act.run();
    } else {
      assertThatThrownBy(act::run).isInstanceOf(BadTable.class);
    }
  }

  @Test
  void the_death_of_the_owner_takes_the_table() {
    AtomicReference<Pid<Probe>> owner = new AtomicReference<>();
    SetTable<String, Row> table = ownedBy(owner, Access.PUBLIC);
    assertThat(NAME.whereis()).contains(table);
    Processes.exit(owner.get(), ExitReason.KILL);
    assertThat(NAME.whereis()).isEmpty();
    assertThatThrownBy(() -> table.lookup("a")).isInstanceOf(BadTable.class);
    assertThatThrownBy(() -> table.insert(new Row("b", 1))).isInstanceOf(BadTable.class);
    assertThatThrownBy(table::rows).isInstanceOf(BadTable.class);
  }

  @Test
  @Case({"ets_SUITE: named", "ets_SUITE: delete_tab"})
  void a_name_is_one_tables_and_free_when_that_is_deleted() {
    TestProcess.run(() -> {
      SetTable<String, Row> table = Table.newSet(NAME, Access.PROTECTED, Row::key);
      assertThatThrownBy(() -> Table.newSet(NAME, Access.PROTECTED, Row::key))
          .isInstanceOf(BadTable.class);
      table.delete();
      assertThat(NAME.whereis()).isEmpty();
      assertThatThrownBy(() -> table.lookup("a")).isInstanceOf(BadTable.class);
      Table.newSet(NAME, Access.PROTECTED, Row::key);
    });
  }

  @Test
  void insert_lookup_delete() {
    TestProcess.run(() -> {
      SetTable<String, Row> table = Table.newSet(Access.PROTECTED, Row::key);
      table.insert(new Row("a", 1));
      table.insert(new Row("a", 2));
      assertThat(table.lookup("a")).contains(new Row("a", 2));
      assertThat(table.insertNew(new Row("a", 3))).isFalse();
      assertThat(table.insertNew(new Row("b", 3))).isTrue();
      table.deleteObject(new Row("a", 1));
      assertThat(table.member("a")).isTrue();
      table.deleteObject(new Row("a", 2));
      assertThat(table.member("a")).isFalse();
      assertThat(table.rows()).containsExactly(new Row("b", 3));
      table.delete("b");
      assertThat(table.size()).isZero();
    });
  }

  @Test
  void of_two_insert_new_at_once_one_is_true() {
    AtomicReference<Pid<Probe>> owner = new AtomicReference<>();
    SetTable<String, Row> table = ownedBy(owner, Access.PUBLIC);
    AtomicInteger won = new AtomicInteger();
    List<Pid<?>> writers = new ArrayList<>();
    for (int w = 0; w < 4; w++) {
      writers.add(
          Processes.spawn(() -> {
            for (int i = 0; i < 10_000; i++) {
              won.addAndGet(table.insertNew(new Row("k" + i, i)) ? 1 : 0);
            }
          }));
    }
    writers.forEach(writer -> Processes.awaitExit(writer, ofSeconds(20)));
    assertThat(won.get()).isEqualTo(10_000);
    Processes.exit(owner.get(), ExitReason.KILL);
  }
}
