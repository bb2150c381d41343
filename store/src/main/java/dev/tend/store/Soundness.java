package dev.tend.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;

/**
 * Whether a file holds what it must: short, at each opening, or all of it. That what is there is
 * read back, that no list's journal has a gap, and that what is kept of each list is as new as its
 * journal. Up to where its history begins a journal may have gaps.
 */
final class Soundness {
  /** Lists are looked up by these beginnings of their ids, which are hexadecimal and random. */
  private static final List<String> PLACES =
      List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "a", "b", "c", "d", "e", "f");

  /** The next lists after a place, and their journals. */
  private static final String LISTS =
      """
      SELECT list, revision, pruned,
        (SELECT max(revision) FROM journal WHERE journal.list = some.list),
        (SELECT count(*) FROM journal
          WHERE journal.list = some.list AND journal.revision > some.pruned),
        (SELECT count(*) FROM entry WHERE entry.list = some.list
          AND (entry.revision > some.revision OR id >= next_entry))
      FROM (SELECT * FROM list WHERE list > ? ORDER BY list LIMIT 64) AS some\
      """;

  /** The next lists that have a journal. */
  private static final String JOURNALS =
      """
      WITH RECURSIVE next (list) AS (
        SELECT min(list) FROM journal WHERE list > ?
        UNION ALL
        SELECT (SELECT min(list) FROM journal WHERE journal.list > next.list)
        FROM next WHERE list IS NOT NULL LIMIT 64)
      SELECT list, EXISTS (SELECT 1 FROM list WHERE list.list = next.list)
      FROM next WHERE list IS NOT NULL\
      """;

  private Soundness() {}

  /** Takes a short time, however large the file is. */
  static void glance(Schema schema, Connection connection) throws SQLException {
    switch (schema) {
      case SHARD -> {
        for (String place : PLACES) {
          glance(place, connection);
        }
      }
      case CATALOG -> {
        for (String table : new String[] {"list", "change"}) {
          requireReadable("SELECT * FROM " + table + " ORDER BY number LIMIT 16", connection);
          requireReadable("SELECT * FROM " + table + " ORDER BY number DESC LIMIT 16", connection);
        }
      }
    }
  }

  private static void glance(String place, Connection connection) throws SQLException {
    try (PreparedStatement head =
            connection.prepareStatement(
                """
                SELECT list, revision, pruned,
                  (SELECT max(revision) FROM journal WHERE journal.list = list.list)
                FROM list WHERE list >= ? ORDER BY list LIMIT 1\
                """);
        PreparedStatement journal =
            connection.prepareStatement(
                """
                SELECT list, EXISTS (SELECT 1 FROM list WHERE list.list = journal.list)
                FROM journal WHERE list >= ? ORDER BY list LIMIT 1\
                """);
        PreparedStatement entries =
            connection.prepareStatement(
                "SELECT * FROM entry WHERE list >= ? ORDER BY list LIMIT 16")) {
      head.setString(1, place);
      try (ResultSet row = head.executeQuery()) {
        if (row.next()) {
          requireHead(row.getString(1), row.getLong(2), row.getLong(3), row.getLong(4));
        }
      }
      journal.setString(1, place);
      requireLists(journal);
      entries.setString(1, place);
      requireReadable(entries);
    }
  }

  /** All of a file; what is wrong with it, if something is. */
  static Optional<String> check(Schema schema, Path path) throws SQLException {
    try (Connection connection = Sqlite.open(path);
        Statement sql = connection.createStatement()) {
      sql.executeUpdate("PRAGMA query_only = ON");
      Pace.set(connection);
      try (ResultSet rows = sql.executeQuery("PRAGMA integrity_check(1)")) {
        String found = rows.next() ? rows.getString(1) : "nothing was said of it";
        if (!found.equals("ok")) {
          throw new Damaged(found);
        }
      }
      if (schema == Schema.SHARD && schema.isNewest(connection)) {
        checkLists(connection);
        checkJournals(connection);
      }
      return Optional.empty();
    } catch (SQLException e) {
      if (Sqlite.isDamage(e)) {
        return Optional.of(Sqlite.reason(e));
      }
      if (Sqlite.isNonsense(e)) {
        return Optional.of("it is corrupt: " + Sqlite.reason(e));
      }
      throw e;
    }
  }

  private static void checkLists(Connection connection) throws SQLException {
    try (PreparedStatement lists = connection.prepareStatement(LISTS)) {
      String last = "";
      for (String place = null; !last.equals(place); ) {
        place = last;
        lists.setString(1, place);
        try (ResultSet row = lists.executeQuery()) {
          while (row.next()) {
            last = row.getString(1);
            requireHead(last, row.getLong(2), row.getLong(3), row.getLong(4));
            if (row.getLong(5) != row.getLong(2) - row.getLong(3)) {
              throw new Damaged("the journal of list " + last + " has a gap");
            }
            if (row.getLong(6) > 0) {
              throw new Damaged("list " + last + " has entries that its journal has not made");
            }
          }
        }
      }
    }
  }

  private static void checkJournals(Connection connection) throws SQLException {
    try (PreparedStatement journals = connection.prepareStatement(JOURNALS)) {
      String last = "";
      for (String place = null; !last.equals(place); ) {
        place = last;
        journals.setString(1, place);
        last = requireLists(journals).orElse(last);
      }
    }
  }

  /** Of what was dropped the journal's last record need not be there. */
  private static void requireHead(String list, long revision, long pruned, long head)
      throws SQLException {
    if (head > revision || (head < revision && revision > pruned)) {
      throw new Damaged(
          "list %s is kept as of revision %d, and its journal ends with %d"
              .formatted(list, revision, head));
    }
  }

  /** The last of the lists that the statement gives. */
  private static Optional<String> requireLists(PreparedStatement journals) throws SQLException {
    Optional<String> last = Optional.empty();
    try (ResultSet row = journals.executeQuery()) {
      while (row.next()) {
        last = Optional.of(row.getString(1));
        if (!row.getBoolean(2)) {
          throw new Damaged("list " + last.get() + " has a journal and is not there");
        }
      }
    }
    return last;
  }

  private static void requireReadable(String query, Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      requireReadable(statement);
    }
  }

  private static void requireReadable(PreparedStatement statement) throws SQLException {
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        rows.getString(rows.getMetaData().getColumnCount());
      }
    }
  }
}
