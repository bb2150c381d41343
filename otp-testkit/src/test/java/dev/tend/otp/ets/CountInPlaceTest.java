package dev.tend.otp.ets;

import static dev.tend.otp.ets.Tables.assertRefused;
import static dev.tend.otp.ets.Tables.kill;
import static dev.tend.otp.ets.Tables.newTable;
import static dev.tend.otp.ets.Tables.within;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.testkit.OtpTest;
import dev.tend.otp.testkit.Probe;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A row that has been counted is not there as an object: others have to see it all the same. */
@OtpTest
@ParameterizedClass
@EnumSource(names = {"SET", "ORDERED_SET"})
class CountInPlaceTest {
  record Hits(String page, long count, String title) {}

  private static final Counter<Hits> COUNT =
      Counter.of(Hits::count, (row, count) -> new Hits(row.page(), count, row.title()));

  private static final long MOST = Long.MAX_VALUE / 2;
  private static final long LEAST = Long.MIN_VALUE / 2;

  private final TableType type;
  private Pid<Probe> owner;
  private SetTable<String, Hits> hits;

  CountInPlaceTest(TableType type) {
    this.type = type;
  }

  @BeforeEach
  void newHits() {
    owner = Probe.started();
    hits = (SetTable<String, Hits>) within(owner, () -> newTable(type, Access.PUBLIC, Hits::page));
  }

  @AfterEach
  void endOwner() {
    kill(owner);
  }

  private static Hits hits(long count) {
    return new Hits("/", count, "start");
  }

  private long count(long by) {
    return hits.updateCounter("/", COUNT.add(by), hits(0));
  }

  /** What takes counts away; the counts that it has taken. */
  enum Taking implements ToLongFunction<SetTable<String, Hits>> {
    TAKE {
      @Override
      public long applyAsLong(SetTable<String, Hits> table) {
        return table.take("/").map(Hits::count).orElse(0L);
      }
    },
    REPLACE {
      @Override
      public long applyAsLong(SetTable<String, Hits> table) {
        return table
            .lookup("/")
            .filter(row -> table.replace(row, hits(0)))
            .map(Hits::count)
            .orElse(0L);
      }
    },
    UPDATE {
      @Override
      public long applyAsLong(SetTable<String, Hits> table) {
        AtomicLong taken = new AtomicLong();
        table.updateElement(
            "/",
            row -> {
              taken.set(row.count());
              return hits(0);
            });
        return taken.get();
      }
    },
    SELECT {
      @Override
      public long applyAsLong(SetTable<String, Hits> table) {
        AtomicLong taken = new AtomicLong();
        table.selectReplace(
            match -> match.key("/"),
            row -> {
              taken.set(row.count());
              return hits(0);
            });
        return taken.get();
      }
    },
    COUNT_DOWN {
      @Override
      public long applyAsLong(SetTable<String, Hits> table) {
        Optional<Hits> row = table.lookup("/");
        row.ifPresent(counted -> table.updateCounter("/", List.of(COUNT.add(-counted.count()))));
        return row.map(Hits::count).orElse(0L);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void no_count_is_lost_to_one_who_takes_them_away(Taking taking) {
    AtomicLong taken = new AtomicLong();
    AtomicInteger counting = new AtomicInteger(Workers.COUNT - 1);
    Workers.work(worker -> {
      if (worker == 0) {
        while (counting.get() > 0) {
          taken.addAndGet(taking.applyAsLong(hits));
        }
        return;
      }
      for (int i = 0; i < 20_000; i++) {
        count(1);
      }
      counting.decrementAndGet();
    });
    long left = hits.lookupElement("/", Hits::count, 0L);
    assertThat(taken.get() + left).isEqualTo(20_000 * (Workers.COUNT - 1));
  }

  /** The dead begin lists, and never get to their end. */
  @Test
  void no_count_is_lost_to_a_list_that_is_dropped() {
    List<Hits> dropped = List.of(hits(0), new Hits("/other", 0, ""));
    AtomicInteger counting = new AtomicInteger(Workers.COUNT - 1);
    Workers.work(worker -> {
      while (worker == 0 && counting.get() > 0) {
        Pid<?> dead =
            Processes.spawn(() -> {
              Processes.exit(Processes.self(), ExitReason.KILL);
              hits.insertAll(dropped);
            });
        Processes.awaitExit(dead);
      }
      for (int i = 0; worker > 0 && i < 20_000; i++) {
        count(1);
      }
      counting.decrementAndGet();
    });
    assertThat(hits.rows()).containsExactly(hits(20_000 * (Workers.COUNT - 1)));
  }

  @Test
  void each_column_keeps_what_others_have_made_of_it() {
    Counter<Hits> length =
        Counter.of(
            row -> row.title().length(),
            (row, n) -> new Hits(row.page(), row.count(), "x".repeat((int) n)));
    assertThat(count(3)).isEqualTo(3);
    assertThat(hits.updateCounter("/", length.add(-3))).isEqualTo(2);
    assertThat(count(4)).isEqualTo(7);
    assertThat(hits.rows()).containsExactly(new Hits("/", 7, "xx"));
    assertThat(hits.updateCounter("/", List.of(length.add(1), COUNT.add(1))))
        .containsExactly(3L, 8L);
    assertThat(count(1)).isEqualTo(9);
    assertThat(hits.updateElement("/", row -> new Hits("/", row.count(), "end"))).isTrue();
    assertThat(count(1)).isEqualTo(10);
    assertThat(hits.rows()).containsExactly(new Hits("/", 10, "end"));
  }

  @ParameterizedTest
  @ValueSource(longs = {MOST, LEAST, MOST - 1, LEAST - 1, MOST + 1, LEAST + 1})
  void counts_have_all_the_room_of_a_long(long there) {
    long step = Long.signum(there);
    assertThat(count(there - step)).isEqualTo(there - step);
    assertThat(count(step)).isEqualTo(there);
    assertThat(count(step)).isEqualTo(there + step);
    assertThat(count(-step)).isEqualTo(there);
    assertThat(hits.rows()).containsExactly(hits(there));
    long end = step > 0 ? Long.MAX_VALUE : Long.MIN_VALUE;
    assertThat(count(end - there)).isEqualTo(end);
    assertRefused(hits, "beyond a long", () -> count(step));
    assertThat(count(-step)).isEqualTo(end - step);
    assertThat(hits.rows()).containsExactly(hits(end - step));
  }

  /** As one whose column is an int does. */
  @Test
  void a_count_that_its_function_refuses_is_not_made() {
    Counter<Hits> few =
        Counter.of(
            Hits::count,
            (row, count) -> {
              if (count > 2) {
                throw new IllegalArgumentException("too many");
              }
              return new Hits(row.page(), count, row.title());
            });
    for (long i = 1; i <= 2; i++) {
      assertThat(hits.updateCounter("/", few.add(1), hits(0))).isEqualTo(i);
    }
    assertThatThrownBy(() -> hits.updateCounter("/", few.add(1))).hasMessage("too many");
    assertThat(hits.rows()).containsExactly(hits(2));
    assertThat(hits.updateCounter("/", few.add(-1))).isEqualTo(1);
  }
}
