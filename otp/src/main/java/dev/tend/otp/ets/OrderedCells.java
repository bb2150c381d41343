package dev.tend.otp.ets;

import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Cells in the JDK's skip list. */
final class OrderedCells<K> extends JdkCells<K, ConcurrentNavigableMap<K, Object>>
    implements OrderedCellMap<K> {
  private final Comparator<Object> order;

  OrderedCells(Comparator<Object> order) {
    super(new ConcurrentSkipListMap<>(order));
    this.order = order;
  }

  @Override
  public Map.@Nullable Entry<K, Object> first() {
    return map.firstEntry();
  }

  @Override
  public Map.@Nullable Entry<K, Object> last() {
    return map.lastEntry();
  }

  @SuppressWarnings("unchecked") // the map's order knows places
  @Override
  public Map.@Nullable Entry<K, Object> higher(Object place) {
    return map.higherEntry((K) place);
  }

  @SuppressWarnings("unchecked") // the map's order knows places
  @Override
  public Map.@Nullable Entry<K, Object> lower(Object place) {
    return map.lowerEntry((K) place);
  }

  @Override
  public Stream<Map.Entry<K, Object>> between(
      @Nullable Object from, @Nullable Object to, boolean reverse) {
    ConcurrentNavigableMap<K, Object> part = part(from, to);
    return (reverse ? part.descendingMap() : part).entrySet().stream();
  }

  @SuppressWarnings("unchecked") // the map's order knows places
  private ConcurrentNavigableMap<K, Object> part(@Nullable Object from, @Nullable Object to) {
    if (from == null) {
      return to == null ? map : map.headMap((K) to, false);
    }
    if (to == null) {
      return map.tailMap((K) from, false);
    }
    return order.compare(from, to) > 0
        ? new ConcurrentSkipListMap<>()
        : map.subMap((K) from, false, (K) to, false);
  }
}
