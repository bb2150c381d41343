package dev.tend.otp.ets;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The tables that have names. */
final class NamedTables {
  private static final Map<String, Table<?, ?>> TABLES = new ConcurrentHashMap<>();

  private NamedTables() {}

  static @Nullable Table<?, ?> find(String name) {
    Table<?, ?> table = TABLES.get(name);
    return table != null && table.isThere() ? table : null;
  }

  static boolean take(String name, Table<?, ?> table) {
    return TABLES.compute(name, (n, old) -> old != null && old.isThere() ? old : table) == table;
  }

  static void free(String name, Table<?, ?> table) {
    TABLES.remove(name, table);
  }

  /** Those with a table that is there. */
  static Set<TableName<?, ?>> taken() {
    return TABLES.values().stream()
        .filter(Table::isThere)
        .flatMap(table -> table.name().stream())
        .collect(Collectors.toUnmodifiableSet());
  }
}
