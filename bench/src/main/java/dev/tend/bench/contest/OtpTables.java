package dev.tend.bench.contest;

import dev.tend.otp.ets.Access;
import dev.tend.otp.ets.Column;
import dev.tend.otp.ets.Counter;
import dev.tend.otp.ets.KeyOrder;
import dev.tend.otp.ets.OrderedSetTable;
import dev.tend.otp.ets.SetTable;
import dev.tend.otp.ets.Table;
import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** Public tables of a process that does nothing else. */
final class OtpTables implements Contestant.Tables {
  private static final Counter<Row> COUNT =
      Counter.of(Row::count, (row, count) -> new Row(row.number(), Math.toIntExact(count)));

  /** A constant, as {@code {2, 1}} is one on the BEAM. */
  private static final Counter.Increment<Row> ONE = COUNT.add(1);

  private static final Column<Row.Key, Integer> GROUP = Column.ofInt(Row.Key::group);
  private static final KeyOrder<Row.Key> ORDER =
      KeyOrder.by(GROUP).then(Column.ofInt(Row.Key::number));

  private final int rows;
  private final Pid<?> owner;
  private final SetTable<Integer, Row> set;
  private final @Nullable OrderedSetTable<Row.Key, Row> ordered;

  private record Both(
      SetTable<Integer, Row> set, @Nullable OrderedSetTable<Row.Key, Row> ordered) {}

  OtpTables(int rows, boolean withOrdered) {
    this.rows = rows;
    CompletableFuture<Both> made = new CompletableFuture<>();
    owner =
        Processes.spawn(() -> {
          SetTable<Integer, Row> newSet = Table.newSet(Access.PUBLIC, Row::number);
          made.complete(
              new Both(
                  newSet,
                  withOrdered ? Table.newOrderedSet(Access.PUBLIC, Row::key, ORDER) : null));
          Processes.receive();
        });
    set = made.join().set();
    ordered = made.join().ordered();
    for (int i = 0; i < rows; i++) {
      Row row = new Row(i, 0);
      set.insert(row);
      if (ordered != null) {
        ordered.insert(row);
      }
    }
  }

  @Override
  public long use(TableProgram.Operation operation, int clients, int operations)
      throws InterruptedException {
    IntConsumer use =
        switch (operation) {
          case LOOKUP -> key -> require(set.lookup(key).isPresent());
          case INSERT -> key -> set.insert(new Row(key, key));
          case COUNTER -> key -> require(set.updateCounter(key, ONE) > 0);
          case RANGE -> key -> require(range(key / TableProgram.GROUP) > 0);
        };
    Finish finish = new Finish(clients);
    return finish.time(() -> {
      for (int client = 0; client < clients; client++) {
        Processes.spawn(() -> {
          ThreadLocalRandom random = ThreadLocalRandom.current();
          for (int i = 0; i < operations; i++) {
            use.accept(random.nextInt(rows));
          }
          finish.cross();
        });
      }
    });
  }

  private long range(int group) {
    return ordered == null
        ? 0
        : ordered.select(rows -> rows.whereKey(GROUP.is(group))).mapToLong(Row::number).sum() + 1;
  }

  private static void require(boolean found) {
    if (!found) {
      throw new IllegalStateException("a row is missing");
    }
  }

  @Override
  public void close() {
    Processes.exit(owner, ExitReason.KILL);
  }
}
