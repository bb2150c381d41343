package dev.tend.otp.ets;

import dev.tend.otp.ets.Counter.Increment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A table with one row a key: of type {@code set} or, as an {@link OrderedSetTable}, {@code
 * ordered_set}.
 *
 * <p>Functions that make a row from another have no effects and keep the key. They may be called
 * more than once: again, if the row has been changed meanwhile.
 */
public sealed class SetTable<K, R> extends Table<K, R> permits OrderedSetTable {

  SetTable(TableType type, @Nullable TableName<K, R> name, Access access, Function<R, K> keyOf) {
    super(type, name, access, keyOf);
  }

  @Override
  CellMap<K> newMap() {
    return new HashedCells<>();
  }

  @Override
  Map<K, List<Object>> newGroups() {
    return new LinkedHashMap<>();
  }

  @SuppressWarnings("unchecked") // what is under a key is its row
  private R row(Object content) {
    return (R) content;
  }

  /** The row of a key ({@code ets:lookup/2}). */
  @SuppressWarnings("unchecked") // what is under a key is its row
  public final Optional<R> lookup(K key) {
    return (Optional<R>) Optional.ofNullable(read(key));
  }

  /**
   * What is in the row of a key ({@code ets:lookup_element/3}).
   *
   * @throws BadTable if there is no such row
   */
  public final <V> V lookupElement(K key, Function<? super R, ? extends V> element) {
    return element.apply(lookup(key).orElseThrow(() -> noRow(key)));
  }

  /** What is in the row of a key, or this ({@code ets:lookup_element/4}). */
  public final <V> V lookupElement(K key, Function<? super R, ? extends V> element, V otherwise) {
    Object row = read(key);
    return row == null ? otherwise : element.apply(row(row));
  }

  @Override
  public final void insert(R row) {
    K key = keyOf(row);
    writable().put(key, row);
  }

  /** Removes and returns the row of a key ({@code ets:take/2}). */
  public final Optional<R> take(K key) {
    return Optional.ofNullable(remove(key)).map(this::row);
  }

  /**
   * Puts a row in the place of exactly this one, of the same key.
   *
   * @return false if the row there is another, or there is none
   */
  public final boolean replace(R old, R row) {
    K key = keyOf(old);
    requireSameKey(key, row);
    Object before = writable().update(key, now -> old.equals(now) ? row : now);
    return old.equals(before);
  }

  /**
   * Changes a row ({@code ets:update_element/3}).
   *
   * @return false if there is none
   */
  public final boolean updateElement(K key, UnaryOperator<R> change) {
    requireKey(key);
    return writable().update(key, old -> old == null ? null : changed(key, row(old), change))
        != null;
  }

  /**
   * Changes a row or, if there is none, inserts this one changed ({@code ets:update_element/4}). It
   * has the key already; in OTP the key is put into it.
   *
   * @throws BadTable if the row's key is another
   */
  public final void updateElement(K key, UnaryOperator<R> change, R otherwise) {
    requireKey(key);
    K own = requireSameKey(key, otherwise);
    writable().update(own, old -> changed(own, old == null ? otherwise : row(old), change));
  }

  private R changed(K key, R row, UnaryOperator<R> change) {
    R changed = change.apply(row);
    requireSameKey(key, changed);
    return changed;
  }

  /**
   * Adds to a counter ({@code ets:update_counter/3}). From the first on counts change a number in
   * place, and a look-up of the row makes it anew; it takes 24 bytes more until something else is
   * put in its place.
   *
   * @return the new count
   * @throws BadTable if there is no such row, or the sum is beyond a {@code long}
   */
  public final long updateCounter(K key, Increment<R> increment) {
    requireKey(key);
    return count(key, increment, null);
  }

  /**
   * The same, of this row if there is none ({@code ets:update_counter/4}). It has the key already;
   * in OTP the key is put into it.
   *
   * @throws BadTable if the sum is beyond a {@code long}, or the row's key is another
   */
  public final long updateCounter(K key, Increment<R> increment, R otherwise) {
    requireKey(key);
    return count(requireSameKey(key, otherwise), increment, otherwise);
  }

  /** Without an object for the change: what a write leaves in memory spreads the rows. */
  private long count(K key, Increment<R> increment, @Nullable R otherwise) {
    Cells<K> mine = writable();
    while (true) {
      Object cell = mine.settled(key);
      long state = Counted.state(cell);
      R row = present(key, Cells.seen(cell, state), otherwise);
      long count = sum(key, increment, row);
      R counted = increment.with(row, count);
      requireSameKey(key, counted);
      if (mine.count(key, cell, state, increment.counter, counted, count)) {
        return count;
      }
    }
  }

  /**
   * Adds to several counters of a row, or to one several times: in this order, and as one step.
   *
   * @return the counts, in the same order
   */
  public final List<Long> updateCounter(K key, List<Increment<R>> increments) {
    requireKey(key);
    return count(key, increments, null);
  }

  public final List<Long> updateCounter(K key, List<Increment<R>> increments, R otherwise) {
    requireKey(key);
    return count(requireSameKey(key, otherwise), increments, otherwise);
  }

  private List<Long> count(K key, List<Increment<R>> increments, @Nullable R otherwise) {
    List<Long> counts = new ArrayList<>(increments.size());
    writable()
        .update(
            key,
            old -> {
              counts.clear();
              return counted(key, present(key, old, otherwise), increments, counts);
            });
    return List.copyOf(counts);
  }

  private R present(K key, @Nullable Object old, @Nullable R otherwise) {
    R row = old == null ? otherwise : row(old);
    if (row == null) {
      throw noRow(key);
    }
    return row;
  }

  private long sum(K key, Increment<R> increment, R row) {
    long count = increment.count(row);
    try {
      return increment.sum(count);
    } catch (ArithmeticException tooFar) {
      throw refused("a counter of the row with key " + key + " would be beyond a long");
    }
  }

  private R counted(K key, R first, List<Increment<R>> increments, List<Long> counts) {
    R row = first;
    for (Increment<R> increment : increments) {
      long count = sum(key, increment, row);
      row = increment.with(row, count);
      counts.add(count);
    }
    requireSameKey(key, row);
    return row;
  }

  /**
   * Puts other rows in the place of those that a pattern matches ({@code ets:select_replace/2}).
   * Each row is one step, the whole is not.
   *
   * @return how many were replaced
   */
  public final long selectReplace(
      UnaryOperator<Pattern<K, R>> pattern, UnaryOperator<R> replacement) {
    Cells<K> mine = writable();
    Pattern<K, R> wanted = wanted(pattern);
    return scan(wanted)
        .map(Map.Entry::getKey)
        .filter(key -> wanted.testKey(key) && replaceIf(mine, key, wanted, replacement))
        .count();
  }

  private boolean replaceIf(
      Cells<K> mine, K key, Pattern<K, R> wanted, UnaryOperator<R> replacement) {
    Object before =
        mine.update(
            key,
            old -> old != null && wanted.testRow(old) ? changed(key, row(old), replacement) : old);
    return before != null && wanted.testRow(before);
  }

  private BadTable noRow(K key) {
    return refused("there is no row with key " + key);
  }
}
