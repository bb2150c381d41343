package dev.tend.otp.ets;

import java.util.Optional;

/** The name of a table of type {@code bag} or {@code duplicate_bag}. */
public final class BagName<K, R> extends TableName<K, R> {

  public BagName(String name) {
    super(name);
  }

  @Override
  @SuppressWarnings("unchecked") // the table has been made with such a name
  public Optional<BagTable<K, R>> whereis() {
    return Optional.ofNullable((BagTable<K, R>) find(BagTable.class));
  }
}
