package dev.tend.otp.ets;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Cells in the JDK's hash map. */
final class HashedCells<K> implements CellMap<K> {
  private final ConcurrentMap<K, Object> map = new ConcurrentHashMap<>();

  @Override
  public @Nullable Object get(K key) {
    return map.get(key);
  }

  @Override
  public boolean swap(K key, @Nullable Object cell, @Nullable Object other) {
    if (cell == null) {
      return other == null || map.putIfAbsent(key, other) == null;
    }
    Swap swap = new Swap(cell, other);
    map.compute(key, swap);
    return swap.done;
  }

  @Override
  public boolean put(K key, Object cell, Freedom freedom) {
    return map.compute(key, (k, now) -> freedom.isFree(now) ? cell : now) == cell;
  }

  @Override
  public long size() {
    return map.size();
  }

  @Override
  public Stream<Map.Entry<K, Object>> entries() {
    return map.entrySet().stream();
  }

  private static final class Swap
      implements BiFunction<Object, @Nullable Object, @Nullable Object> {
    private final Object cell;
    private final @Nullable Object other;
    private boolean done;

    Swap(Object cell, @Nullable Object other) {
      this.cell = cell;
      this.other = other;
    }

    @Override
    public @Nullable Object apply(Object key, @Nullable Object now) {
      done = now == cell;
      return done ? other : now;
    }
  }
}
