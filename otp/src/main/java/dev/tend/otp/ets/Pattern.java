package dev.tend.otp.ets;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which rows an operation concerns (a match specification's head and guards): all those that meet
 * all its conditions. Immutable; each method makes one with one more condition.
 *
 * <p>What it binds decides the cost. With {@link #key} it is one look-up. In an ordered set, with
 * the first part or parts of the key bound by {@link #whereKey}, and the next perhaps limited, it
 * reads the rows between two places. Otherwise it reads the whole table.
 */
public final class Pattern<K, R> {
  final boolean hasKey;

  /** Null also if null was asked for, which the table refuses. */
  final @Nullable K key;

  final List<Condition<K>> keyConditions;
  private final List<Predicate<R>> rowConditions;

  private Pattern(
      boolean hasKey,
      @Nullable K key,
      List<Condition<K>> keyConditions,
      List<Predicate<R>> rowConditions) {
    this.hasKey = hasKey;
    this.key = key;
    this.keyConditions = keyConditions;
    this.rowConditions = rowConditions;
  }

  /** All rows. */
  public static <K, R> Pattern<K, R> all() {
    return new Pattern<>(false, null, List.of(), List.of());
  }

  /**
   * With this key, as {@code lookup} finds it: in an ordered set also one that its order says is
   * the same, where OTP's patterns match exactly. Of several the last counts.
   */
  public Pattern<K, R> key(K wanted) {
    return new Pattern<>(true, wanted, keyConditions, rowConditions);
  }

  /** With a key of which this holds. */
  public Pattern<K, R> whereKey(Condition<K> condition) {
    return new Pattern<>(hasKey, key, with(keyConditions, condition), rowConditions);
  }

  /** With these conditions of the key in the place of all that it has. */
  Pattern<K, R> withKeyConditions(List<Condition<K>> conditions) {
    return new Pattern<>(hasKey, key, conditions, rowConditions);
  }

  /** With a condition of the key as one of the row, whose key that is. */
  Pattern<K, R> ofRows(Condition<K> condition, Function<R, K> keyOf) {
    return withKeyConditions(keyConditions.stream().filter(one -> one != condition).toList())
        .where(row -> condition.test(keyOf.apply(row)));
  }

  /** Of which this holds. */
  public Pattern<K, R> where(Condition<R> condition) {
    return where(condition::test);
  }

  /**
   * Of which this holds.
   *
   * @param condition has no effects, and always the same answer for a row
   */
  public Pattern<K, R> where(Predicate<R> condition) {
    return new Pattern<>(hasKey, key, keyConditions, with(rowConditions, condition));
  }

  private static <C> List<C> with(List<C> conditions, C condition) {
    if (conditions.isEmpty()) {
      return List.of(condition);
    }
    List<C> more = new ArrayList<>(conditions);
    more.add(condition);
    return List.copyOf(more);
  }

  boolean testKey(K candidate) {
    for (Condition<K> condition : keyConditions) {
      if (!condition.test(candidate)) {
        return false;
      }
    }
    return true;
  }

  @SuppressWarnings("unchecked") // all rows of a table are R
  boolean testRow(Object row) {
    for (Predicate<R> condition : rowConditions) {
      if (!condition.test((R) row)) {
        return false;
      }
    }
    return true;
  }
}
