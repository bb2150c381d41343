package dev.tend.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A statement kept for the life of its connection. After most errors (a full disk, an I/O error)
 * the driver closes a prepared statement, so after any error it is prepared anew.
 */
final class Prepared {

  /** Makes a value of the row that a result stands at. */
  interface Reading<T> {
    T of(ResultSet row) throws SQLException;
  }

  private final Connection connection;
  private final String sql;
  private @Nullable PreparedStatement statement;

  Prepared(Connection connection, String sql) {
    this.connection = connection;
    this.sql = sql;
  }

  /** Runs a statement that gives no rows, and says how many it has changed. */
  int run(@Nullable Object... values) throws SQLException {
    try {
      return bound(values).executeUpdate();
    } catch (SQLException e) {
      discard(e);
      throw e;
    }
  }

  <T> List<T> rows(Reading<T> reading, @Nullable Object... values) throws SQLException {
    return rowsUpTo(Long.MAX_VALUE, _ -> 0, reading, values);
  }

  /** The first rows; the last is that with which they weigh so much together. */
  <T> List<T> rowsUpTo(
      long most, ToIntFunction<T> weight, Reading<T> reading, @Nullable Object... values)
      throws SQLException {
    List<T> found = new ArrayList<>();
    long sum = 0;
    try (ResultSet rows = bound(values).executeQuery()) {
      while (sum < most && rows.next()) {
        T row = reading.of(rows);
        found.add(row);
        sum += weight.applyAsInt(row);
      }
    } catch (SQLException e) {
      discard(e);
      throw e;
    }
    return List.copyOf(found);
  }

  <T> Optional<T> first(Reading<T> reading, @Nullable Object... values) throws SQLException {
    return rows(reading, values).stream().findFirst();
  }

  /** The first column of the first row; 0 if that is NULL or there is no row. */
  long number(@Nullable Object... values) throws SQLException {
    return first(row -> row.getLong(1), values).orElse(0L);
  }

  private PreparedStatement bound(@Nullable Object... values) throws SQLException {
    PreparedStatement current = statement;
    if (current == null) {
      current = connection.prepareStatement(sql);
      statement = current;
    }
    for (int i = 0; i < values.length; i++) {
      current.setObject(i + 1, values[i]);
    }
    return current;
  }

  private void discard(SQLException because) {
    PreparedStatement discarded = statement;
    statement = null;
    if (discarded != null) {
      try {
        discarded.close();
      } catch (SQLException e) {
        because.addSuppressed(e);
      }
    }
  }
}
