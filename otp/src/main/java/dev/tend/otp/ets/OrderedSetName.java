package dev.tend.otp.ets;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The name of a table of type {@code ordered_set}. */
public record OrderedSetName<K, R>(String name) implements TableName<K, R> {

  @Override
  @SuppressWarnings("unchecked") // the table has been made with such a name
  public Optional<OrderedSetTable<K, R>> whereis() {
    @Nullable Table<?, ?> table = NamedTables.find(name);
    if (table == null) {
      return Optional.empty();
    }
    if (!(table instanceof OrderedSetTable)) {
      throw table.refused(
          "it is of type " + table.type() + ", and asked for by a " + getClass().getSimpleName());
    }
    return Optional.of((OrderedSetTable<K, R>) table);
  }
}
