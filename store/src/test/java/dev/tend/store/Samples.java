package dev.tend.store;

import dev.tend.todo.journal.Append;
import dev.tend.todo.journal.CatalogWish.NewList;
import dev.tend.todo.journal.JournalRecord;
import dev.tend.todo.journal.ListId;
import dev.tend.todo.journal.Origin;
import dev.tend.todo.list.Change;
import dev.tend.todo.list.Entry;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.util.stream.LongStream;

/** What the tests write, and how they get at a file behind the store's back. */
final class Samples {
  static final Instant NOON = Instant.parse("2026-11-22T12:00:00.123Z");
  static final String AWKWARD =
      "\u0000 NUL, 'single' \"double\" `back` \\ \r\n\t, \u00e9 e\u0301 \u2028 \ufeff \uffff,"
          + " \ud83d\udc69\u200d\ud83d\ude80, '); DROP TABLE journal; -- %s ? {} \u0000";

  private Samples() {}

  static JournalRecord record(long revision, Change change) {
    return new JournalRecord(
        revision,
        NOON.plusMillis(revision),
        new Origin("bob", "api", "c" + revision, "ab"),
        change);
  }

  static JournalRecord added(long revision, String title) {
    Entry entry = new Entry((int) revision, LocalDate.of(2026, 11, 22), title, false, "", revision);
    return record(revision, new Change.Added(entry));
  }

  /** {@code count} additions that follow a revision. */
  static Append append(ListId list, long follows, int count) {
    return new Append(
        list,
        follows,
        LongStream.rangeClosed(follows + 1, follows + count)
            .mapToObj(revision -> added(revision, "Task " + revision))
            .toList());
  }

  static NewList wish(String owner, String name, String commandId) {
    return wish(owner, name, commandId, "hash of " + name, false);
  }

  static NewList wish(String owner, String name, String commandId, String hash, boolean fine) {
    return new NewList(owner, name, NOON, new Origin(owner, "api", commandId, hash), fine);
  }

  /** Runs statements over another connection. */
  static void sql(Path file, String... statements) throws SQLException {
    try (Connection connection = Sqlite.open(file);
        Statement sql = connection.createStatement()) {
      for (String statement : statements) {
        sql.execute(statement);
      }
    }
  }
}
