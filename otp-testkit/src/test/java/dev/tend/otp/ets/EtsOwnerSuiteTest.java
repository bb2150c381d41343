package dev.tend.otp.ets;

import static dev.tend.otp.ets.Tables.assertRefused;
import static dev.tend.otp.ets.Tables.kill;
import static dev.tend.otp.ets.Tables.newTable;
import static dev.tend.otp.ets.Tables.within;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tend.otp.conformance.Case;
import dev.tend.otp.ets.Tables.Row;
import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.testkit.OtpTest;
import dev.tend.otp.testkit.Probe;
import dev.tend.otp.testkit.TestProcess;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The cases of {@code ets_SUITE} about names, owners and their ends. */
@OtpTest
class EtsOwnerSuiteTest {

  private static List<Row> rows(int count) {
    return IntStream.range(0, count).mapToObj(n -> new Row("k" + n, n)).toList();
  }

  @ParameterizedTest
  @EnumSource
  @Case({"ets_SUITE: delete_large_tab", "ets_SUITE: delete_large_named_table"})
  void a_large_table_is_gone_at_once_and_its_name_is_free_for_others(TableType type) {
    List<Row> rows = rows(200_000);
    Pid<Probe> other = Probe.started();
    TestProcess.run(() -> {
      Table<String, Row> table = newTable(type, "large");
      table.insertAll(rows);
      table.delete();
      assertRefused(table, "it does not exist any more", () -> table.member("k1"));
      assertThat(within(other, () -> newTable(type, "large").size())).isZero();
    });
    kill(other);
  }

  /** The killer is linked to an owner that deletes its table: it is gone, whichever was first. */
  @ParameterizedTest
  @EnumSource
  @Case("ets_SUITE: evil_delete")
  void a_table_is_gone_whatever_kills_its_owner_while_it_deletes_it(TableType type) {
    List<Row> rows = rows(1_000);
    for (int round = 0; round < 100; round++) {
      CompletableFuture<Table<String, Row>> made = new CompletableFuture<>();
      Pid<?> owner =
          Processes.spawn(() -> {
            Table<String, Row> table = newTable(type, "evil");
            table.insertAll(rows);
            Processes.spawnLink(() -> {
              throw Processes.exit(ExitReason.KILL);
            });
            made.complete(table);
            table.delete();
          });
      Table<String, Row> table = made.join();
      assertThat(Processes.awaitExit(owner, ofSeconds(20))).isPresent();
      assertThat(table.isThere()).isFalse();
      assertThat(TableName.taken()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  @Case("ets_SUITE: evil_delete")
  void a_public_table_is_deleted_by_its_owner_alone(TableType type) {
    Pid<Probe> owner = Probe.started();
    Table<String, Row> table = within(owner, () -> newTable(type, Access.PUBLIC));
    TestProcess.run(() -> {
      table.insert(new Row("a", 1));
      assertRefused(table, "only its owner " + owner + " may delete it", table::delete);
      assertThat(table.rows()).containsExactly(new Row("a", 1));
    });
    kill(owner);
    assertThat(table.isThere()).isFalse();
  }

  /** Another process is served while they go. */
  @ParameterizedTest
  @CsvSource({"1, 1, 300000", "4, 1, 50000", "1, 1000, 0", "5, 200, 50"})
  @Case({
    "ets_SUITE: exit_large_table_owner",
    "ets_SUITE: exit_many_large_table_owner",
    "ets_SUITE: exit_many_tables_owner",
    "ets_SUITE: exit_many_many_tables_owner"
  })
  void all_tables_of_owners_go_with_them(int owners, int tables, int size) {
    List<Row> rows = rows(size);
    List<TableType> types = List.of(TableType.values());
    List<Pid<Probe>> all = new ArrayList<>();
    List<Table<String, Row>> made = new ArrayList<>();
    for (int owner = 0; owner < owners; owner++) {
      Pid<Probe> pid = Probe.started();
      all.add(pid);
      for (int n = 0; n < tables; n++) {
        TableType type = types.get(n % types.size());
        String name = owner + "/" + n;
        made.add(
            within(
                pid,
                () -> {
                  Table<String, Row> table = newTable(type, name);
                  table.insertAll(rows);
                  return table;
                }));
      }
    }
    assertThat(TableName.taken()).hasSize(owners * tables);
    Pid<Probe> other = Probe.started();
    all.forEach(pid -> Processes.exit(pid, ExitReason.KILL));
    assertThat(within(other, () -> "served")).isEqualTo("served");
    all.forEach(pid -> assertThat(Processes.awaitExit(pid, ofSeconds(20))).isPresent());
    assertThat(made).noneMatch(Table::isThere);
    assertThat(TableName.taken()).isEmpty();
    kill(other);
  }

  /** What happens instead of a new name for it: another table, filled in one step. */
  @ParameterizedTest
  @EnumSource
  @Case({
    "ets_SUITE: rename",
    "ets_SUITE: rename_unnamed",
    "ets_SUITE: evil_rename",
    "ets_SUITE: racy_rename",
    "ets_SUITE: insert_trap_rename"
  })
  void a_table_has_its_name_until_it_is_gone(TableType type) {
    TestProcess.run(() -> {
      Table<String, Row> old = newTable(type, "old");
      old.insertAll(rows(100));
      Table<String, Row> other = newTable(type, "new");
      assertThat(old.info().name()).contains("old");
      other.insertAll(old.rows().toList());
      old.delete();
      assertThat(TableName.taken()).extracting(TableName::name).containsExactly("new");
      assertThat(other.info().name()).contains("new");
      assertThat(other.size()).isEqualTo(100);
      Table<String, Row> unnamed = newTable(type, Access.PUBLIC);
      assertThat(unnamed.name()).isEmpty();
      assertThat(unnamed.info().name()).isEmpty();
      unnamed.delete();
      assertThat(TableName.taken()).hasSize(1);
    });
  }

  /** The names have one hash code. */
  @ParameterizedTest
  @EnumSource
  @Case("ets_SUITE: meta_wb")
  void names_that_collide_lead_each_to_its_own_table(TableType type) {
    List<String> names = List.of("AaAa", "AaBB", "BBAa", "BBBB");
    assertThat(names).extracting(String::hashCode).containsOnly("AaAa".hashCode());
    Random random = new Random(3);
    TestProcess.run(() -> {
      Map<String, Table<String, Row>> tables = new HashMap<>();
      for (int round = 0; round < 2_000; round++) {
        String name = names.get(random.nextInt(names.size()));
        Table<String, Row> table = tables.get(name);
        if (table == null) {
          tables.put(name, newTable(type, name));
        } else if (random.nextBoolean()) {
          tables.remove(name).delete();
        } else {
          assertRefused(table, "the name is taken", () -> newTable(type, name));
        }
        assertThat(TableName.taken())
            .extracting(TableName::name)
            .containsExactlyInAnyOrderElementsOf(tables.keySet());
      }
    });
  }

  @ParameterizedTest
  @EnumSource
  @Case({"ets_SUITE: ets_all", "ets_SUITE: misc1"})
  void a_named_table_is_listed_until_it_is_deleted_and_one_without_never(TableType type) {
    TestProcess.run(() -> {
      for (int round = 0; round < 1_000; round++) {
        Table<String, Row> unnamed = newTable(type, Access.PUBLIC);
        assertThat(TableName.taken()).isEmpty();
        Table<String, Row> named = newTable(type, "listed");
        assertThat(TableName.taken()).containsExactly(named.name().orElseThrow());
        named.delete();
        assertThat(TableName.taken()).isEmpty();
        assertRefused(named, "it does not exist any more", named::delete);
        unnamed.delete();
      }
    });
  }

  @Test
  @Case("ets_SUITE: massive_ets_all")
  void all_named_tables_of_all_owners_are_listed_while_others_look() {
    List<Pid<Probe>> owners = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (int owner = 0; owner < 4; owner++) {
      Pid<Probe> pid = Probe.started();
      owners.add(pid);
      for (int n = 0; n < 250; n++) {
        String name = owner + "/" + n;
        names.add(within(pid, () -> newTable(TableType.SET, name)).toString());
      }
    }
    assertThat(TableName.taken())
        .extracting(TableName::name)
        .containsExactlyInAnyOrderElementsOf(names);
    AtomicBoolean over = new AtomicBoolean();
    AtomicInteger strange = new AtomicInteger();
    List<Pid<?>> readers = new ArrayList<>();
    for (int reader = 0; reader < 4; reader++) {
      readers.add(
          Processes.spawn(() -> {
            int before = names.size();
            while (!over.get()) {
              int now = TableName.taken().size();
              strange.addAndGet(now > before ? 1 : 0);
              before = now;
            }
          }));
    }
    owners.forEach(Tables::kill);
    assertThat(TableName.taken()).isEmpty();
    over.set(true);
    readers.forEach(reader ->
        assertThat(Processes.awaitExit(reader, ofSeconds(20))).contains(ExitReason.NORMAL));
    assertThat(strange).hasValue(0);
  }
}
