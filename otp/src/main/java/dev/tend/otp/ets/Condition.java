package dev.tend.otp.ets;

import org.jspecify.annotations.Nullable;

/**
 * What a column's value has to be, made by {@link Column}.
 *
 * @param <T> the rows, or the keys
 */
public final class Condition<T> {
  final Column<T, ?> column;
  final @Nullable Bound low;
  final @Nullable Bound high;

  /** An end of a range. */
  record Bound(Object value, boolean included) {}

  Condition(Column<T, ?> column, @Nullable Bound low, @Nullable Bound high) {
    this.column = column;
    this.low = low;
    this.high = high;
  }

  /** Whether it is one value that the column must have. */
  boolean isPoint() {
    return low != null && low == high;
  }

  /** Whether its ends are these, as far as it has any: it then holds for all between them. */
  boolean isWithin(@Nullable Bound least, @Nullable Bound most) {
    return (low == null || low == least) && (high == null || high == most);
  }

  /** Whether it holds for this row or key. */
  public boolean test(T subject) {
    if (low != null && low == high) {
      return column.compareTo(low.value, subject) == 0;
    }
    return isAbove(subject) && isBelow(subject);
  }

  private boolean isAbove(T subject) {
    if (low == null) {
      return true;
    }
    int order = column.compareTo(low.value, subject);
    return order < 0 || (order == 0 && low.included);
  }

  private boolean isBelow(T subject) {
    if (high == null) {
      return true;
    }
    int order = column.compareTo(high.value, subject);
    return order > 0 || (order == 0 && high.included);
  }
}
