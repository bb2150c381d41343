package dev.tend.otp.ets;

import java.util.Optional;

/** The name of a table of type {@code ordered_set}. */
public final class OrderedSetName<K, R> extends TableName<K, R> {

  public OrderedSetName(String name) {
    super(name);
  }

  @Override
  @SuppressWarnings("unchecked") // the table has been made with such a name
  public Optional<OrderedSetTable<K, R>> whereis() {
    return Optional.ofNullable((OrderedSetTable<K, R>) find(OrderedSetTable.class));
  }

  /**
   * The row of a key in the table that has this name now ({@code ets:lookup(Name, Key)}); empty too
   * if none has. Quicker than to look for the table first, and never a row of one that has gone.
   *
   * @throws BadTable if it is of another type, or private and another process's
   */
  @SuppressWarnings("unchecked") // what is under a key of such a table is its row
  public Optional<R> lookup(K key) {
    return (Optional<R>) Optional.ofNullable(read(OrderedSetTable.class, key));
  }
}
