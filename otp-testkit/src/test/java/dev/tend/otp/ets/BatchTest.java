package dev.tend.otp.ets;

import static dev.tend.otp.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tend.otp.conformance.Case;
import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.testkit.OtpTest;
import dev.tend.otp.testkit.TestProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Many rows in one step, while others read, write and kill. */
@OtpTest
class BatchTest {
  private static final int ROWS = 200;
  private static final int ROUNDS = Boolean.getBoolean("tend.long") ? 2_000 : 100;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  record Row(int key, int version) {}

  private static SetTable<Integer, Row> table(TableType type) {
    return type == TableType.SET
        ? Table.newSet(Access.PUBLIC, Row::key)
        : Table.newOrderedSet(Access.PUBLIC, Row::key);
  }

  private static List<Row> rows(int version) {
    return IntStream.range(0, ROWS).mapToObj(key -> new Row(key, version)).toList();
  }

  private static void await(Pid<?> pid) {
    assertThat(Processes.awaitExit(pid, PATIENCE)).contains(ExitReason.NORMAL);
  }

  /** In the order in which they are inserted: after a version no row has an older one. */
  @ParameterizedTest
  @EnumSource(names = {"SET", "ORDERED_SET"})
  @Case("ets_SUITE: t_insert_list_parallel")
  void a_reader_never_sees_some_rows_of_a_list(TableType type) {
    TestProcess.run(() -> {
      SetTable<Integer, Row> table = table(type);
      table.insertAll(rows(0));
      AtomicInteger torn = new AtomicInteger();
      AtomicInteger last = new AtomicInteger();
      Pid<?> reader =
          Processes.spawn(() -> {
            while (last.get() < ROUNDS) {
              int seen = 0;
              for (int key = 0; key < ROWS; key++) {
                int version = table.lookup(key).orElseThrow().version();
                torn.addAndGet(version < seen ? 1 : 0);
                seen = version;
              }
              last.set(seen);
            }
          });
      for (int version = 1; version <= ROUNDS; version++) {
        table.insertAll(rows(version));
      }
      await(reader);
      assertThat(torn).hasValue(0);
    });
  }

  @ParameterizedTest
  @EnumSource(names = {"SET", "ORDERED_SET"})
  @Case("ets_SUITE: t_insert_list_kill_process")
  void of_a_writer_killed_in_the_midst_all_rows_are_there_or_none(TableType type) {
    TestProcess.run(() -> {
      SetTable<Integer, Row> table = table(type);
      for (int round = 1; round <= ROUNDS; round++) {
        int version = round;
        table.insertAll(rows(0));
        AtomicInteger begun = new AtomicInteger();
        Pid<?> writer =
            Processes.spawn(() -> {
              begun.set(1);
              table.insertAll(rows(version));
            });
        while (begun.get() == 0) {
          Thread.onSpinWait();
        }
        for (int wait = 0; wait < round * 37 % 4_000; wait++) {
          Thread.onSpinWait();
        }
        Processes.exit(writer, ExitReason.KILL);
        Set<Integer> versions = new HashSet<>();
        table.rows().forEach(row -> versions.add(row.version()));
        assertThat(versions).as("in round %s", round).hasSize(1);
        assertThat(table.size()).isEqualTo(ROWS);
      }
      // The dead writer's thread cleans up, and nobody waits for it.
      table.insert(new Row(0, -1));
      assertThat(table.lookup(0)).contains(new Row(0, -1));
    });
  }

  @Test
  void lists_and_single_rows_of_many_writers_lose_nothing() {
    TestProcess.run(() -> {
      BagTable<Integer, Row> bag = Table.newDuplicateBag(Access.PUBLIC, Row::key);
      SetTable<Integer, Row> set = table(TableType.SET);
      Counter<Row> count =
          Counter.of(Row::version, (row, n) -> new Row(row.key(), Math.toIntExact(n)));
      List<Pid<?>> writers = new ArrayList<>();
      for (int writer = 0; writer < 4; writer++) {
        int mine = writer;
        writers.add(
            Processes.spawn(() -> {
              for (int i = 0; i < ROUNDS; i++) {
                if (mine % 2 == 0) {
                  bag.insertAll(List.of(new Row(1, i), new Row(2, i)));
                } else {
                  bag.insert(new Row(1, i));
                  bag.insert(new Row(2, i));
                }
                set.updateCounter(1, count.add(1), new Row(1, 0));
                if (i % 10 == 0) {
                  set.insertAll(List.of(new Row(2, i), new Row(3, i)));
                }
              }
            }));
      }
      writers.forEach(BatchTest::await);
      assertThat(bag.lookup(1)).hasSize(4 * ROUNDS);
      assertThat(bag.lookup(2)).hasSize(4 * ROUNDS);
      assertThat(bag.size()).isEqualTo(8L * ROUNDS);
      assertThat(set.lookup(1)).contains(new Row(1, 4 * ROUNDS));
    });
  }

  @Test
  @Case("ets_SUITE: t_delete_all_objects_trap")
  void all_rows_are_deleted_as_one_while_others_insert() {
    TestProcess.run(() -> {
      SetTable<Integer, Row> table = table(TableType.SET);
      AtomicInteger version = new AtomicInteger();
      Pid<?> writer =
          Processes.spawn(() -> {
            for (int i = 0; i < ROUNDS; i++) {
              table.insertAll(rows(version.incrementAndGet()));
            }
          });
      while (Processes.info(writer).isPresent()) {
        table.deleteAllObjects();
        long there = IntStream.range(0, ROWS).filter(table::member).count();
        assertThat(there).isBetween(0L, (long) ROWS);
      }
      await(writer);
      table.deleteAllObjects();
      assertThat(table.size()).isZero();
      assertThat(table.keys()).isEmpty();
    });
  }

  @Test
  void a_million_rows_go_with_their_owner_while_another_process_is_served() {
    AtomicReference<SetTable<Integer, Integer>> table = new AtomicReference<>();
    AtomicInteger served = new AtomicInteger();
    Pid<?> owner =
        Processes.spawn(() -> {
          SetTable<Integer, Integer> mine = Table.newSet(Access.PUBLIC, row -> row);
          for (int i = 0; i < 1_000_000; i++) {
            mine.insert(i);
          }
          table.set(mine);
          Processes.receive();
        });
    eventually(PATIENCE, () -> assertThat(table.get()).isNotNull());
    Pid<?> other =
        Processes.spawn(() -> {
          while (true) {
            Processes.receive();
            served.incrementAndGet();
          }
        });
    Processes.exit(owner, ExitReason.KILL);
    Processes.send(other, "while the rows go");
    eventually(() -> assertThat(served).hasValue(1));
    assertThat(table.get().isThere()).isFalse();
    Processes.exit(other, ExitReason.KILL);
  }

  /** A program's order may fail at any of its comparisons, of which there are some at the end. */
  @Test
  void a_list_whose_keys_cannot_be_compared_any_more_stops_nobody() {
    TestProcess.run(() -> {
      AtomicInteger left = new AtomicInteger(Integer.MAX_VALUE);
      Comparator<Integer> failing =
          (one, other) -> {
            if (left.getAndDecrement() == 0) {
              throw new IllegalStateException("no order");
            }
            return one.compareTo(other);
          };
      OrderedSetTable<Integer, Row> table =
          Table.newOrderedSet(
              Access.PUBLIC, Row::key, KeyOrder.by(Column.of((Integer key) -> key, failing)));
      table.insertAll(List.of(new Row(1, 0), new Row(2, 0)));
      boolean isThrown = true;
      for (int comparison = 0; isThrown; comparison++) {
        left.set(comparison);
        try {
          table.insertAll(List.of(new Row(1, comparison), new Row(2, comparison)));
          isThrown = false;
        } catch (IllegalStateException thrown) {
          assertThat(thrown).hasMessage("no order");
        }
        left.set(Integer.MAX_VALUE);
        await(
            Processes.spawn(() -> {
              table.insertAll(List.of(new Row(1, -1), new Row(2, -1)));
              assertThat(table.rows()).containsExactly(new Row(1, -1), new Row(2, -1));
            }));
      }
    });
  }
}
