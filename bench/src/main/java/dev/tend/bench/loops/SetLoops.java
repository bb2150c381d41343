package dev.tend.bench.loops;

import dev.tend.otp.ets.Access;
import dev.tend.otp.ets.SetTable;
import dev.tend.otp.ets.Table;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** One row at a random key that is there: a table of type set beside a ConcurrentHashMap. */
public class SetLoops extends Loops {

  /** A public table. */
  @State(Scope.Benchmark)
  public static class OfTable {
    @Param({"1000", "1000000"})
    public int rows;

    private Owner<SetTable<Integer, Row>> owner;
    private SetTable<Integer, Row> table;

    @Setup(Level.Trial)
    public void fill() {
      owner = Owner.of(() -> Table.newSet(Access.PUBLIC, Row::number));
      table = owner.made();
      for (int i = 0; i < rows; i++) {
        table.insert(new Row(i, 0));
      }
    }

    @TearDown(Level.Trial)
    public void close() {
      owner.close();
    }

    int anyKey() {
      return ThreadLocalRandom.current().nextInt(rows);
    }
  }

  /** The limit. */
  @State(Scope.Benchmark)
  public static class OfMap {
    @Param({"1000", "1000000"})
    public int rows;

    private final Map<Integer, Row> map = new ConcurrentHashMap<>();

    @Setup(Level.Trial)
    public void fill() {
      for (int i = 0; i < rows; i++) {
        map.put(i, new Row(i, 0));
      }
    }

    int anyKey() {
      return ThreadLocalRandom.current().nextInt(rows);
    }
  }

  @Benchmark
  public Optional<Row> lookupTable(OfTable of) {
    return of.table.lookup(of.anyKey());
  }

  @Benchmark
  public Optional<Row> lookupMap(OfMap of) {
    return Optional.ofNullable(of.map.get(of.anyKey()));
  }

  @Benchmark
  public void insertTable(OfTable of) {
    of.table.insert(new Row(of.anyKey(), 1));
  }

  @Benchmark
  public void insertMap(OfMap of) {
    int key = of.anyKey();
    of.map.put(key, new Row(key, 1));
  }

  @Benchmark
  public long counterTable(OfTable of) {
    return of.table.updateCounter(of.anyKey(), Row.COUNT.add(1));
  }

  /** The map runs the function under a lock, which a table must not. */
  @Benchmark
  public Row counterMap(OfMap of) {
    return of.map.computeIfPresent(of.anyKey(), (key, row) -> new Row(key, row.count() + 1));
  }
}
