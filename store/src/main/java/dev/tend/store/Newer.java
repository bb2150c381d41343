package dev.tend.store;

import java.sql.SQLException;

/** A file of ours that only a newer Tend can read. */
final class Newer extends SQLException {
  private static final long serialVersionUID = 1;

  Newer(long version, int newest) {
    super(
        "it was written by a newer Tend (schema %d; this one knows up to %d)"
            .formatted(version, newest));
  }
}
