package dev.tend.otp.ets;

import static dev.tend.otp.ets.Tables.kill;
import static dev.tend.otp.ets.Tables.newTable;
import static dev.tend.otp.ets.Tables.within;
import static dev.tend.otp.ets.Workers.await;
import static dev.tend.otp.ets.Workers.spawn;
import static dev.tend.otp.ets.Workers.work;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tend.otp.conformance.Case;
import dev.tend.otp.process.Pid;
import dev.tend.otp.testkit.OtpTest;
import dev.tend.otp.testkit.Probe;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The cases of {@code ets_SUITE} about lists, deletions and sizes while others write. */
@OtpTest
class EtsIsolationSuiteTest {
  private record Entry(int key, int value) {}

  private final AtomicBoolean over = new AtomicBoolean();

  private Pid<Probe> owner;

  @BeforeEach
  void startOwner() {
    owner = Probe.started();
  }

  @AfterEach
  void endAll() {
    over.set(true);
    kill(owner);
  }

  private Table<Integer, Entry> owned(TableType type) {
    return within(owner, () -> newTable(type, Access.PUBLIC, Entry::key));
  }

  /** Processes that do this again and again until {@link #end}. */
  private List<Pid<?>> loop(int count, IntConsumer code) {
    return spawn(
        count,
        worker -> {
          while (!over.get()) {
            code.accept(worker);
          }
        });
  }

  private void end(List<Pid<?>> workers) {
    over.set(true);
    await(workers);
  }

  @ParameterizedTest
  @EnumSource
  @Case("ets_SUITE: info_whereis_busy")
  void a_table_is_found_while_a_long_list_is_inserted(TableType type) {
    Table<Integer, Entry> table = owned(type);
    List<Pid<?>> writer = spawn(1, w -> table.insertAll(entries(0, 100_000)));
    while (table.info().size() == 0) {
      assertThat(table.isThere()).isTrue();
    }
    await(writer);
    assertThat(table.info().size()).isEqualTo(100_000);
  }

  private static List<Entry> entries(int from, int count) {
    return IntStream.range(from, from + count).mapToObj(key -> new Entry(key, 0)).toList();
  }

  @ParameterizedTest
  @EnumSource
  @Case("ets_SUITE: t_insert_list_parallel")
  void lists_that_are_inserted_at_once_are_all_there(TableType type) {
    Table<Integer, Entry> table = owned(type);
    work(worker -> {
      for (int round = 0; round < 20; round++) {
        List<Entry> mine = entries(1_000 * (20 * worker + round), 1_000);
        if (round % 2 == 0) {
          table.insertAll(mine);
        } else {
          assertThat(table.insertAllNew(mine)).isTrue();
        }
        assertThat(table.insertAllNew(mine)).isFalse();
      }
    });
    assertThat(table.size()).isEqualTo(20_000L * Workers.COUNT);
    assertThat(table.rows().count()).isEqualTo(20_000L * Workers.COUNT);
  }

  @ParameterizedTest
  @EnumSource
  @Case({
    "ets_SUITE: insert_trap_delete",
    "ets_SUITE: t_insert_list_delete_set",
    "ets_SUITE: t_insert_list_delete_parallel"
  })
  void lists_are_inserted_until_the_table_goes(TableType type) {
    for (int round = 0; round < 40; round++) {
      Table<Integer, Entry> table = owned(type);
      AtomicLong done = new AtomicLong();
      List<Pid<?>> writers =
          spawn(
              Workers.COUNT,
              writer -> {
                List<Entry> rows = entries(1_000 * writer, 1_000);
                try {
                  while (writer % 2 == 0 || table.insertAllNew(rows) || table.isThere()) {
                    table.insertAll(rows);
                    done.incrementAndGet();
                  }
                } catch (BadTable gone) {
                  assertThat(gone).hasMessageContaining("it does not exist any more");
                }
              });
      while (done.get() < round) {
        Thread.onSpinWait();
      }
      within(
          owner,
          () -> {
            table.delete();
            return true;
          });
      await(writers);
      assertThat(table.isThere()).isFalse();
    }
  }

  /** Each inserts one number after the other: what is left are the last ones, without a gap. */
  @ParameterizedTest
  @EnumSource
  @Case("ets_SUITE: t_delete_all_objects")
  void all_that_was_inserted_before_is_deleted_and_nothing_after(TableType type) {
    Table<Integer, Entry> table = owned(type);
    AtomicIntegerArray next = new AtomicIntegerArray(Workers.COUNT);
    List<Pid<?>> writers =
        loop(
            Workers.COUNT,
            writer -> {
              int number = next.getAndIncrement(writer);
              table.insert(new Entry(number * Workers.COUNT + writer, writer));
            });
    for (int deleted = 0; deleted < 10; deleted++) {
      int before = next.get(deleted % Workers.COUNT);
      while (next.get(deleted % Workers.COUNT) < before + 500) {
        Thread.onSpinWait();
      }
      table.deleteAllObjects();
    }
    end(writers);
    for (int writer = 0; writer < Workers.COUNT; writer++) {
      int mine = writer;
      long left = table.selectCount(match -> match.where(row -> row.value() == mine));
      int last = next.get(writer) - 1;
      for (long number = last - left + 1; number <= last; number++) {
        assertThat(table.member((int) number * Workers.COUNT + writer)).isTrue();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  @Case("ets_SUITE: test_table_size_concurrency")
  void a_size_that_grows_is_never_seen_to_shrink(TableType type) {
    Table<Integer, Entry> table = owned(type);
    AtomicLong shrunk = new AtomicLong();
    List<Pid<?>> readers =
        spawn(
            Workers.COUNT,
            reader -> {
              long before = 0;
              while (!over.get()) {
                long size = table.info().size();
                shrunk.addAndGet(size < before ? 1 : 0);
                before = size;
              }
            });
    await(
        spawn(
            2,
            writer -> {
              for (int i = 0; i < 100_000; i++) {
                table.insert(new Entry(2 * i + writer, 0));
              }
            }));
    end(readers);
    assertThat(table.size()).isEqualTo(200_000);
    assertThat(shrunk).hasValue(0);
  }

  @ParameterizedTest
  @EnumSource
  @Case("ets_SUITE: test_delete_table_while_size_snapshot")
  void the_size_is_asked_for_until_the_table_goes(TableType type) {
    for (int round = 0; round < 8; round++) {
      Table<Integer, Entry> table = owned(type);
      AtomicLong asked = new AtomicLong();
      List<Pid<?>> readers =
          spawn(
              4,
              reader -> {
                try {
                  while (true) {
                    assertThat(table.info().size()).isZero();
                    asked.incrementAndGet();
                  }
                } catch (BadTable gone) {
                  assertThat(gone).hasMessageContaining("it does not exist any more");
                }
              });
      while (asked.get() < 10) {
        Thread.onSpinWait();
      }
      within(
          owner,
          () -> {
            table.delete();
            return true;
          });
      await(readers);
    }
  }
}
