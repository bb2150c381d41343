package dev.tend.otp.ets;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The order of the keys of an ordered set: by one part of the key, then by the next. The parts are
 * what a {@link Pattern} can bind, first parts first. Keys that are the same in all parts are the
 * same key.
 *
 * @param <K> the keys
 */
public final class KeyOrder<K> {
  private final List<Column<K, ?>> parts;

  private KeyOrder(List<Column<K, ?>> parts) {
    this.parts = parts;
  }

  /** The natural order of keys with one part, which is {@link Column#itself}. */
  public static <K extends Comparable<? super K>> KeyOrder<K> natural() {
    return new KeyOrder<>(List.of(Column.<K>itself()));
  }

  public static <K> KeyOrder<K> by(Column<K, ?> first) {
    return new KeyOrder<>(List.of(first));
  }

  public KeyOrder<K> then(Column<K, ?> next) {
    return new KeyOrder<>(Stream.<Column<K, ?>>concat(parts.stream(), Stream.of(next)).toList());
  }

  boolean hasPart(Column<K, ?> column) {
    return parts.contains(column);
  }

  /** Of keys, and of {@link Place}s among them. */
  @SuppressWarnings("unchecked")
  Comparator<Object> comparator() {
    return (one, other) -> {
      if (one instanceof Place place) {
        return other instanceof Place second ? compare(place, second) : compare(place, (K) other);
      }
      return other instanceof Place place
          ? Integer.compare(0, compare(place, (K) one))
          : compare((K) one, (K) other);
    };
  }

  private int compare(K one, K other) {
    for (int i = 0; i < parts.size(); i++) {
      int order = parts.get(i).compare(one, other);
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  private int compare(Place place, K key) {
    for (int i = 0; i < place.values.size(); i++) {
      int order = parts.get(i).compareTo(place.values.get(i), key);
      if (order != 0) {
        return order;
      }
    }
    return place.after ? 1 : -1;
  }

  private int compare(Place one, Place other) {
    int common = Math.min(one.values.size(), other.values.size());
    for (int i = 0; i < common; i++) {
      int order = parts.get(i).compareBounds(one.values.get(i), other.values.get(i));
      if (order != 0) {
        return order;
      }
    }
    if (one.values.size() == other.values.size()) {
      return Boolean.compare(one.after, other.after);
    }
    boolean shorter = one.values.size() < other.values.size();
    return (shorter ? one.after : !other.after) ? 1 : -1;
  }

  /** Before or after all keys that begin with these values. */
  record Place(List<Object> values, boolean after) {}

  /**
   * The places between which all keys are that meet some conditions; null: to the end.
   *
   * @param rest the conditions that not all keys between them meet
   */
  record Range<K>(@Nullable Place from, @Nullable Place to, List<Condition<K>> rest) {}

  Range<K> range(List<Condition<K>> conditions) {
    List<Object> bound = new ArrayList<>();
    List<Condition<K>> rest = new ArrayList<>(conditions);
    for (Column<K, ?> part : parts) {
      Condition.Bound low = null;
      Condition.Bound high = null;
      for (Condition<K> condition : conditions) {
        if (condition.column == part) {
          low = low == null || condition.isPoint() ? condition.low : low;
          high = high == null || condition.isPoint() ? condition.high : high;
        }
      }
      Condition.Bound least = low;
      Condition.Bound most = high;
      rest.removeIf(condition -> condition.column == part && condition.isWithin(least, most));
      if (low == null || low != high) {
        return new Range<>(place(bound, low, false), place(bound, high, true), rest);
      }
      bound.add(low.value());
    }
    return new Range<>(new Place(bound, false), new Place(bound, true), rest);
  }

  private static @Nullable Place place(
      List<Object> bound, Condition.@Nullable Bound end, boolean isHigh) {
    if (end == null) {
      return bound.isEmpty() ? null : new Place(bound, isHigh);
    }
    List<Object> values = new ArrayList<>(bound);
    values.add(end.value());
    return new Place(values, end.included() == isHigh);
  }
}
