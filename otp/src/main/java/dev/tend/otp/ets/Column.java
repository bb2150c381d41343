package dev.tend.otp.ets;

import java.util.Comparator;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;

/**
 * A column of a table: one value of each row, or a part of each key, with an order. Make one a
 * constant; a part of a key is known by its object, not by what it reads.
 *
 * {@snippet lang=text :
 * static final Column<Price, Integer> CENTS = Column.ofInt(Price::cents);
 *
 * prices.select(match -> match.where(CENTS.lessThan(100)))
 * }
 *
 * @param <T> the rows, or the keys
 * @param <V> the values, immutable
 */
public abstract sealed class Column<T, V> {
  private static final Column<?, ?> ITSELF =
      new OfObjects<>(Function.<Comparable<Object>>identity(), Comparator.naturalOrder());

  private final Function<T, V> value;

  private Column(Function<T, V> value) {
    this.value = value;
  }

  /** A column in the natural order of its values. */
  public static <T, V extends Comparable<? super V>> Column<T, V> of(Function<T, V> value) {
    return new OfObjects<>(value, Comparator.naturalOrder());
  }

  /** A column in another order. */
  public static <T, V> Column<T, V> of(Function<T, V> value, Comparator<? super V> order) {
    return new OfObjects<>(value, order);
  }

  /** A column of numbers, which need not become objects to be compared. */
  public static <T> Column<T, Integer> ofInt(ToIntFunction<T> value) {
    return new OfNumbers<>(value::applyAsInt, value::applyAsInt);
  }

  /** A column of numbers, which need not become objects to be compared. */
  public static <T> Column<T, Long> ofLong(ToLongFunction<T> value) {
    return new OfNumbers<>(value::applyAsLong, value);
  }

  /** The whole key, where that has only one part. */
  @SuppressWarnings("unchecked") // it looks at nothing but the order, which K has
  public static <K extends Comparable<? super K>> Column<K, K> itself() {
    return (Column<K, K>) ITSELF;
  }

  /** Equal, in the column's order. */
  public final Condition<T> is(V wanted) {
    Condition.Bound both = new Condition.Bound(wanted, true);
    return new Condition<>(this, both, both);
  }

  public final Condition<T> atLeast(V least) {
    return new Condition<>(this, new Condition.Bound(least, true), null);
  }

  public final Condition<T> greaterThan(V below) {
    return new Condition<>(this, new Condition.Bound(below, false), null);
  }

  public final Condition<T> atMost(V most) {
    return new Condition<>(this, null, new Condition.Bound(most, true));
  }

  public final Condition<T> lessThan(V above) {
    return new Condition<>(this, null, new Condition.Bound(above, false));
  }

  /** The value of a row or key. */
  public final V of(T subject) {
    return value.apply(subject);
  }

  abstract int compareTo(Object bound, T subject);

  abstract int compareBounds(Object one, Object other);

  abstract int compare(T one, T other);

  private static final class OfObjects<T, V> extends Column<T, V> {
    private final Comparator<? super V> order;

    OfObjects(Function<T, V> value, Comparator<? super V> order) {
      super(value);
      this.order = order;
    }

    @Override
    @SuppressWarnings("unchecked") // bounds are made by this column
    int compareTo(Object bound, T subject) {
      return order.compare((V) bound, of(subject));
    }

    @Override
    @SuppressWarnings("unchecked")
    int compareBounds(Object one, Object other) {
      return order.compare((V) one, (V) other);
    }

    @Override
    int compare(T one, T other) {
      return order.compare(of(one), of(other));
    }
  }

  private static final class OfNumbers<T, V extends Number> extends Column<T, V> {
    private final ToLongFunction<T> number;

    OfNumbers(Function<T, V> value, ToLongFunction<T> number) {
      super(value);
      this.number = number;
    }

    @Override
    int compareTo(Object bound, T subject) {
      return Long.compare(((Number) bound).longValue(), number.applyAsLong(subject));
    }

    @Override
    int compareBounds(Object one, Object other) {
      return Long.compare(((Number) one).longValue(), ((Number) other).longValue());
    }

    @Override
    int compare(T one, T other) {
      return Long.compare(number.applyAsLong(one), number.applyAsLong(other));
    }
  }
}
