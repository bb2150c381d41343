package dev.tend.bench.loops;

import dev.tend.otp.ets.Access;
import dev.tend.otp.ets.Column;
import dev.tend.otp.ets.KeyOrder;
import dev.tend.otp.ets.OrderedSetTable;
import dev.tend.otp.ets.Table;
import java.util.Comparator;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ThreadLocalRandom;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A hundred neighbouring rows: an ordered table beside a ConcurrentSkipListMap. */
public class OrderedLoops extends Loops {
  private static final int GROUP = 100;

  /** Rows of the same group are neighbours. */
  record Key(int group, int number) implements Comparable<Key> {
    private static final Comparator<Key> ORDER =
        Comparator.comparingInt(Key::group).thenComparingInt(Key::number);

    static Key of(Row row) {
      return new Key(row.number() / GROUP, row.number());
    }

    @Override
    public int compareTo(Key other) {
      return ORDER.compare(this, other);
    }
  }

  /** A public table. */
  @State(Scope.Benchmark)
  public static class OfTable {
    private static final Column<Key, Integer> IN_GROUP = Column.ofInt(Key::group);
    private static final KeyOrder<Key> ORDER =
        KeyOrder.by(IN_GROUP).then(Column.ofInt(Key::number));

    @Param({"1000", "1000000"})
    public int rows;

    private Owner<OrderedSetTable<Key, Row>> owner;
    private OrderedSetTable<Key, Row> table;

    @Setup(Level.Trial)
    public void fill() {
      owner = Owner.of(() -> Table.newOrderedSet(Access.PUBLIC, Key::of, ORDER));
      table = owner.made();
      for (int i = 0; i < rows; i++) {
        table.insert(new Row(i, 0));
      }
    }

    @TearDown(Level.Trial)
    public void close() {
      owner.close();
    }
  }

  /** The limit. */
  @State(Scope.Benchmark)
  public static class OfMap {
    @Param({"1000", "1000000"})
    public int rows;

    private final NavigableMap<Key, Row> map = new ConcurrentSkipListMap<>();

    @Setup(Level.Trial)
    public void fill() {
      for (int i = 0; i < rows; i++) {
        Row row = new Row(i, 0);
        map.put(Key.of(row), row);
      }
    }
  }

  @Benchmark
  public long rangeTable(OfTable of) {
    int group = anyGroup(of.rows);
    return of.table
        .select(match -> match.whereKey(OfTable.IN_GROUP.is(group)))
        .mapToLong(Row::number)
        .sum();
  }

  @Benchmark
  public long rangeMap(OfMap of) {
    int group = anyGroup(of.rows);
    return of.map.subMap(new Key(group, 0), new Key(group + 1, 0)).values().stream()
        .mapToLong(Row::number)
        .sum();
  }

  private static int anyGroup(int rows) {
    return ThreadLocalRandom.current().nextInt(rows / GROUP);
  }
}
