package dev.tend.otp.ets;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A table of type {@code ordered_set}: one row a key, in the order of the keys. Keys are the same
 * if their order says so, whatever {@code equals} says.
 *
 * <p>Look-ups and writes cost the logarithm of the size. Rows in place of others are written side
 * by side; rows with new keys, and removals, one at a time, during which keys are compared: a
 * {@link KeyOrder} whose columns wait for anything makes other writers wait. Streams, pages and
 * folds go from the first key to the last. One can go on from a key that is there no more.
 */
public final class OrderedSetTable<K, R> extends SetTable<K, R> {
  private final KeyOrder<K> order;
  private final Comparator<Object> comparator;

  OrderedSetTable(
      @Nullable TableName<K, R> name, Access access, Function<R, K> keyOf, KeyOrder<K> order) {
    super(TableType.ORDERED_SET, name, access, keyOf);
    this.order = order;
    this.comparator = order.comparator();
  }

  @Override
  CellMap<K> newMap() {
    return new OrderedCells<>(comparator);
  }

  @Override
  Map<K, List<Object>> newGroups() {
    return new TreeMap<>(comparator);
  }

  @Override
  boolean isSameKey(K key, K other) {
    return comparator.compare(key, other) == 0;
  }

  /** A row may have come in the place of one whose key was the same, but not equal. */
  @Override
  @SuppressWarnings("unchecked") // what is under a key is its row
  K keyOf(K key, Object row) {
    return keyOf((R) row);
  }

  private OrderedCells<K> map() {
    return (OrderedCells<K>) cells().map;
  }

  // ---- step by step ----

  /** The first key ({@code ets:first/1}). */
  public Optional<K> first() {
    return key(forward().first(), true);
  }

  public Optional<K> last() {
    return key(forward().last(), false);
  }

  /** The key after this, which need not be there ({@code ets:next/2}). */
  public Optional<K> next(K key) {
    requireKey(key);
    return key(forward().higher(key), true);
  }

  /** The key before this, which need not be there ({@code ets:prev/2}). */
  public Optional<K> prev(K key) {
    requireKey(key);
    return key(forward().lower(key), false);
  }

  /** The row with the first key ({@code ets:first_lookup/1}). */
  public Optional<R> firstLookup() {
    return row(forward().first(), true);
  }

  public Optional<R> lastLookup() {
    return row(forward().last(), false);
  }

  /** The row with the key after this ({@code ets:next_lookup/2}). */
  public Optional<R> nextLookup(K key) {
    requireKey(key);
    return row(forward().higher(key), true);
  }

  public Optional<R> prevLookup(K key) {
    requireKey(key);
    return row(forward().lower(key), false);
  }

  private Optional<K> key(Map.@Nullable Entry<K, Object> from, boolean up) {
    return seen(from, up).map(entry -> keyOf(entry.getKey(), entry.getValue()));
  }

  @SuppressWarnings("unchecked") // what is under a key is its row
  private Optional<R> row(Map.@Nullable Entry<K, Object> from, boolean up) {
    return seen(from, up).map(entry -> (R) entry.getValue());
  }

  /** The first entry from this one on that has a row. */
  private Optional<Map.Entry<K, Object>> seen(Map.@Nullable Entry<K, Object> from, boolean up) {
    Map.Entry<K, Object> entry = from;
    while (entry != null) {
      Object row = Cells.seen(entry.getValue());
      if (row != null) {
        ownership.requireThere();
        return Optional.of(Map.entry(entry.getKey(), row));
      }
      K key = entry.getKey();
      entry = up ? map().higher(key) : map().lower(key);
    }
    ownership.requireThere();
    return Optional.empty();
  }

  private OrderedCells<K> forward() {
    ownership.requireReader();
    return map();
  }

  // ---- from the end ----

  /** {@link #select(UnaryOperator)} from the last row to the first. Not atomic. */
  public Stream<R> selectReverse(UnaryOperator<Pattern<K, R>> pattern) {
    return found(wanted(pattern), true);
  }

  /** {@link #select(UnaryOperator, int)} from the last row to the first. Not atomic. */
  public Page<R> selectReverse(UnaryOperator<Pattern<K, R>> pattern, int limit) {
    return page(selectReverse(pattern), limit);
  }

  /** {@link #fold} from the last row to the first ({@code ets:foldr/3}). Not atomic. */
  public <A> A foldReverse(A last, BiFunction<? super A, ? super R, ? extends A> step) {
    A value = last;
    for (R row : (Iterable<R>) selectReverse(pattern -> pattern)::iterator) {
      value = step.apply(value, row);
    }
    return value;
  }

  // ---- between two places ----

  /** In what is no part of the order a row's key may differ from the one that it is kept under. */
  @Override
  Pattern<K, R> wanted(UnaryOperator<Pattern<K, R>> pattern) {
    Pattern<K, R> wanted = super.wanted(pattern);
    for (Condition<K> condition : wanted.keyConditions) {
      if (!order.hasPart(condition.column)) {
        wanted = wanted.ofRows(condition, this::keyOf);
      }
    }
    return wanted;
  }

  @Override
  Stream<R> found(Pattern<K, R> wanted) {
    return found(wanted, false);
  }

  private Stream<R> found(Pattern<K, R> wanted, boolean reverse) {
    if (wanted.hasKey) {
      return super.found(wanted);
    }
    KeyOrder.Range<K> range = order.range(wanted.keyConditions);
    Pattern<K, R> rest = wanted.withKeyConditions(range.rest());
    Cells<K> mine = cells();
    return walk(range, reverse).stream(walk -> row(mine, walk, rest));
  }

  @SuppressWarnings("unchecked") // what is under a key is its row
  private @Nullable R row(Cells<K> mine, Walk<K> walk, Pattern<K, R> wanted) {
    Object row = seen(mine, walk.cell());
    return row != null && wanted.testKey(walk.key()) && wanted.testRow(row) ? (R) row : null;
  }

  @Override
  Stream<Map.Entry<K, Object>> scan(Pattern<K, R> pattern) {
    return pattern.hasKey
        ? super.scan(pattern)
        : walk(order.range(pattern.keyConditions), false).entries();
  }

  private Walk<K> walk(KeyOrder.Range<K> range, boolean reverse) {
    OrderedCells<K> all = forward();
    ownership.requireThere();
    return all.walk(range.from(), range.to(), reverse);
  }
}
