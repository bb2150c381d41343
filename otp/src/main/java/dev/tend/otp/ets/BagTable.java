package dev.tend.otp.ets;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A table with any number of rows a key, in the order of their insertion: of type {@code bag}, in
 * which a row is once, or {@code duplicate_bag}, in which it can be many times.
 *
 * <p>To insert costs the same always in a duplicate bag; in a bag the rows of the key are compared.
 * To look up, and to remove, costs the rows of the key.
 */
public final class BagTable<K, R> extends Table<K, R> {

  BagTable(TableType type, @Nullable TableName<K, R> name, Access access, Function<R, K> keyOf) {
    super(type, name, access, keyOf);
  }

  @Override
  ConcurrentMap<K, Object> newMap() {
    return new ConcurrentHashMap<>();
  }

  @Override
  Map<K, List<Object>> newGroups() {
    return new LinkedHashMap<>();
  }

  /** The rows of a key, first inserted first ({@code ets:lookup/2}); all of one moment. */
  public List<R> lookup(K key) {
    return rows(read(key));
  }

  /**
   * What is in each row of a key ({@code ets:lookup_element/3}).
   *
   * @throws BadTable if there is none
   */
  public <V> List<V> lookupElement(K key, Function<? super R, ? extends V> element) {
    List<R> rows = lookup(key);
    if (rows.isEmpty()) {
      throw refused("there is no row with key " + key);
    }
    return rows.stream().<V>map(element).toList();
  }

  /** What is in each row of a key, or this ({@code ets:lookup_element/4}). */
  public <V> List<V> lookupElement(
      K key, Function<? super R, ? extends V> element, List<V> otherwise) {
    List<R> rows = lookup(key);
    return rows.isEmpty() ? otherwise : rows.stream().<V>map(element).toList();
  }

  /** Removes and returns the rows of a key ({@code ets:take/2}). */
  public List<R> take(K key) {
    return rows(remove(key));
  }

  @SuppressWarnings("unchecked") // what is under a key are its rows
  private List<R> rows(@Nullable Object content) {
    return content == null ? List.of() : (List<R>) ((Chain) content).rows();
  }
}
