package dev.tend.otp.ets;

import java.util.Optional;
import java.util.Set;

/**
 * A name for a table of rows {@code R} with keys {@code K} ({@code named_table}), which leads to
 * the type of the table. Each owner that creates a table under it makes a new one; the name leads
 * to that of the moment.
 */
public sealed interface TableName<K, R> permits SetName, OrderedSetName, BagName {

  /** Names that are spelt the same are one name, whatever types they lead to. */
  String name();

  /**
   * The table that has this name now ({@code ets:whereis/1}). One look-up, no lock.
   *
   * @throws BadTable if it is of another type
   */
  Optional<? extends Table<K, R>> whereis();

  /** All names that lead to a table (the named ones of {@code ets:all/0}). */
  static Set<TableName<?, ?>> taken() {
    return NamedTables.taken();
  }
}
