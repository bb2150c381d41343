package dev.tend.otp.ets;

/** How a table keeps its rows. */
public enum TableType {
  /** One row a key, in no order. */
  SET(Content.ROW),
  /** One row a key, in the order of the keys. */
  ORDERED_SET(Content.ROW),
  /** Any number of different rows a key. */
  BAG(Content.DIFFERENT_ROWS),
  /** Any number of rows a key, equal ones too. */
  DUPLICATE_BAG(Content.ROWS);

  final Content content;

  TableType(Content content) {
    this.content = content;
  }
}
