package dev.tend.otp.ets;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A name for a table of rows {@code R} with keys {@code K} ({@code named_table}). Each owner that
 * creates a table under it makes a new one; the name leads to that of the moment.
 */
public record TableName<K, R>(String name) {
  private static final Map<TableName<?, ?>, Table<?, ?>> TABLES = new ConcurrentHashMap<>();

  /** The table that has this name now ({@code ets:whereis/1}). One look-up, no lock. */
  @SuppressWarnings("unchecked")
  public Optional<Table<K, R>> whereis() {
    return Optional.ofNullable((Table<K, R>) TABLES.get(this)).filter(Table::isThere);
  }

  /** All names that lead to a table (the named ones of {@code ets:all/0}). */
  public static Set<TableName<?, ?>> taken() {
    return Set.copyOf(TABLES.keySet());
  }

  boolean take(Table<K, R> table) {
    return TABLES.compute(this, (name, old) -> old != null && old.isThere() ? old : table) == table;
  }

  void free(Table<K, R> table) {
    TABLES.remove(this, table);
  }
}
