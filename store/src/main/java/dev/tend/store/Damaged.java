package dev.tend.store;

import java.sql.SQLException;

/** Damage that we have found, and not SQLite. */
final class Damaged extends SQLException {
  private static final long serialVersionUID = 1;

  Damaged(String what) {
    super("it is corrupt: " + what);
  }
}
