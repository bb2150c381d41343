package dev.tend.otp.ets;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
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
  CellMap<K> newMap() {
    return new HashedCells<>();
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

  /**
   * Puts other rows in the place of those that a pattern matches, in a duplicate bag ({@code
   * ets:select_replace/2}). All rows of a key are one step, the whole is not.
   *
   * @param replacement keeps the key, has no effects; may be called more than once for a row
   * @return how many were replaced
   * @throws BadTable in a bag, where two rows could become equal
   */
  public long selectReplace(UnaryOperator<Pattern<K, R>> pattern, UnaryOperator<R> replacement) {
    Cells<K> mine = writable();
    if (type() != TableType.DUPLICATE_BAG) {
      throw refused("rows of a " + type() + " are not replaced, for two could become equal");
    }
    Pattern<K, R> wanted = wanted(pattern);
    Replacing replacing = new Replacing(wanted, replacement);
    scan(wanted)
        .map(Map.Entry::getKey)
        .filter(wanted::testKey)
        .forEach(key -> {
          mine.update(key, replacing.of(key));
          replacing.total += replacing.last;
        });
    return replacing.total;
  }

  private final class Replacing {
    private final Pattern<K, R> wanted;
    private final UnaryOperator<R> replacement;
    private long last;
    private long total;

    Replacing(Pattern<K, R> wanted, UnaryOperator<R> replacement) {
      this.wanted = wanted;
      this.replacement = replacement;
    }

    Cells.Change of(K key) {
      return content -> {
        last = 0;
        Chain replaced = null;
        for (R row : rows(content)) {
          replaced = new Chain(replaced(key, row), replaced);
        }
        return last == 0 ? content : replaced;
      };
    }

    private R replaced(K key, R row) {
      if (!wanted.testRow(row)) {
        return row;
      }
      R other = replacement.apply(row);
      requireSameKey(key, other);
      last++;
      return other;
    }
  }

  @SuppressWarnings("unchecked") // what is under a key are its rows
  private List<R> rows(@Nullable Object content) {
    return content == null ? List.of() : (List<R>) ((Chain) content).rows();
  }
}
