package dev.tend.otp.ets;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Cells in the JDK's hash map. */
final class HashedCells<K> implements CellMap<K> {
  private final ConcurrentHashMap<K, Object> map = new ConcurrentHashMap<>();

  @Override
  public @Nullable Object get(K key) {
    return map.get(key);
  }

  @Override
  public boolean change(K key, Edit edit) {
    map.compute(key, edit);
    return edit.isDone();
  }

  @Override
  public long size() {
    return map.size();
  }

  @Override
  public Stream<Map.Entry<K, Object>> entries() {
    return map.entrySet().stream();
  }
}
