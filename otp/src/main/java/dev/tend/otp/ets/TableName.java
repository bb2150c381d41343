package dev.tend.otp.ets;

import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A name for a table of rows {@code R} with keys {@code K} ({@code named_table}), which leads to
 * the type of the table. Each owner that creates a table under it makes a new one; the name leads
 * to that of the moment. Names of one type that are spelt the same are equal.
 */
public abstract sealed class TableName<K, R> permits SetName, OrderedSetName, BagName {
  private final String name;

  /** The table found last: as long as it is there, it has the name. */
  private volatile @Nullable Table<?, ?> found;

  TableName(String name) {
    this.name = Objects.requireNonNull(name, "name");
  }

  /** Names that are spelt the same are one name, whatever types they lead to. */
  public final String name() {
    return name;
  }

  /**
   * The table that has this name now ({@code ets:whereis/1}). One look-up, no lock; less than that
   * while it is the table of the last time.
   *
   * @throws BadTable if it is of another type
   */
  public abstract Optional<? extends Table<K, R>> whereis();

  /** All names that lead to a table (the named ones of {@code ets:all/0}). */
  public static Set<TableName<?, ?>> taken() {
    return NamedTables.taken();
  }

  /** The table, if there is one, which must be of this class. */
  final @Nullable Table<?, ?> find(Class<?> expected) {
    Table<?, ?> table = found;
    if (table != null && table.isThere()) {
      return table;
    }
    table = NamedTables.find(name);
    if (table != null && table.getClass() != expected) {
      throw table.refused(
          "it is of type " + table.type() + ", and asked for by a " + getClass().getSimpleName());
    }
    found = table;
    return table;
  }

  /** What is under a key in the table of this moment; null too if there is no table. */
  final @Nullable Object read(Class<?> expected, K key) {
    Table<?, ?> known = found;
    if (known == null) {
      known = find(expected);
    }
    while (known != null) {
      @SuppressWarnings("unchecked") // found under this name
      Table<K, R> table = (Table<K, R>) known;
      Object content = table.readIfThere(key);
      if (content != Table.GONE) {
        return content;
      }
      known = find(expected);
    }
    return null;
  }

  @Override
  public final boolean equals(@Nullable Object other) {
    return other instanceof TableName<?, ?> that
        && that.getClass() == getClass()
        && that.name.equals(name);
  }

  @Override
  public final int hashCode() {
    return name.hashCode();
  }

  @Override
  public final String toString() {
    return getClass().getSimpleName() + "[" + name + "]";
  }
}
