package dev.tend.otp.ets;

import java.util.Comparator;
import java.util.function.Function;

/**
 * A column of a table: one value of each row, or a part of each key, with an order. Make one a
 * constant; a part of a key is known by its object, not by what it reads.
 *
 * {@snippet lang=text :
 * static final Column<Price, Integer> CENTS = Column.of(Price::cents);
 *
 * prices.select(match -> match.where(CENTS.lessThan(100)))
 * }
 *
 * @param <T> the rows, or the keys
 * @param <V> the values, immutable
 */
public final class Column<T, V> {
  private static final Column<?, ?> ITSELF =
      new Column<>(Function.<Comparable<Object>>identity(), Comparator.naturalOrder());

  private final Function<T, V> value;
  private final Comparator<? super V> order;

  private Column(Function<T, V> value, Comparator<? super V> order) {
    this.value = value;
    this.order = order;
  }

  /** A column in the natural order of its values. */
  public static <T, V extends Comparable<? super V>> Column<T, V> of(Function<T, V> value) {
    return new Column<>(value, Comparator.naturalOrder());
  }

  /** A column in another order. */
  public static <T, V> Column<T, V> of(Function<T, V> value, Comparator<? super V> order) {
    return new Column<>(value, order);
  }

  /** The whole key, where that has only one part. */
  @SuppressWarnings("unchecked") // it looks at nothing but the order, which K has
  public static <K extends Comparable<? super K>> Column<K, K> itself() {
    return (Column<K, K>) ITSELF;
  }

  /** Equal, in the column's order. */
  public Condition<T> is(V wanted) {
    Condition.Bound both = new Condition.Bound(wanted, true);
    return new Condition<>(this, both, both);
  }

  public Condition<T> atLeast(V least) {
    return new Condition<>(this, new Condition.Bound(least, true), null);
  }

  public Condition<T> greaterThan(V below) {
    return new Condition<>(this, new Condition.Bound(below, false), null);
  }

  public Condition<T> atMost(V most) {
    return new Condition<>(this, null, new Condition.Bound(most, true));
  }

  public Condition<T> lessThan(V above) {
    return new Condition<>(this, null, new Condition.Bound(above, false));
  }

  /** The value of a row or key. */
  public V of(T subject) {
    return value.apply(subject);
  }

  @SuppressWarnings("unchecked") // bounds are made by this column
  int compareTo(Object bound, T subject) {
    return order.compare((V) bound, value.apply(subject));
  }

  @SuppressWarnings("unchecked")
  int compareBounds(Object one, Object other) {
    return order.compare((V) one, (V) other);
  }

  int compare(T one, T other) {
    return order.compare(value.apply(one), value.apply(other));
  }
}
