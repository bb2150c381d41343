package dev.tend.store;

import dev.tend.todo.journal.JournalRecord;
import dev.tend.todo.journal.ListId;
import dev.tend.todo.list.Change;
import dev.tend.todo.list.Entry;
import java.sql.ResultSet;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the journals have made of their lists: written with each record, in its transaction. */
final class ListTables {
  private final Prepared selectList;
  private final Prepared updateList;
  private final Prepared selectEntries;
  private final Prepared putEntry;
  private final Prepared deleteEntry;
  private final Prepared clearEntries;
  private final Prepared putLeaving;
  private final Prepared deleteLeaving;
  private final Prepared clearLeaving;

  ListTables(SqliteFile file) {
    selectList =
        file.prepare("SELECT revision, next_entry, pruned, pruned_at FROM list WHERE list = ?");
    updateList =
        file.prepare(
            """
            INSERT INTO list (list, revision, next_entry) VALUES (?, ?, ?)
            ON CONFLICT (list) DO UPDATE
            SET revision = excluded.revision, next_entry = max(next_entry, excluded.next_entry)\
            """);
    selectEntries =
        file.prepare(
            """
            SELECT id, date, title, done, notes, revision FROM entry
            WHERE list = ? AND id > ? ORDER BY id LIMIT ?\
            """);
    putEntry =
        file.prepare(
            """
            INSERT OR REPLACE INTO entry (list, id, date, title, done, notes, revision)
            VALUES (?, ?, ?, ?, ?, ?, ?)\
            """);
    deleteEntry = file.prepare("DELETE FROM entry WHERE list = ? AND id = ?");
    clearEntries = file.prepare("DELETE FROM entry WHERE list = ?");
    putLeaving =
        file.prepare("INSERT OR REPLACE INTO leaving (list, id, revision) VALUES (?, ?, ?)");
    deleteLeaving = file.prepare("DELETE FROM leaving WHERE list = ? AND id = ?");
    clearLeaving = file.prepare("DELETE FROM leaving WHERE list = ?");
  }

  /**
   * The number of a list's last revision, and of its next new entry; and of the last revision that
   * was dropped, with its time.
   */
  record Head(long revision, int nextEntry, long pruned, long prunedAt) {
    static final Head NONE = new Head(0, 1, 0, 0);
  }

  Head head(ListId list) throws SQLException {
    return selectList
        .first(
            row -> new Head(row.getLong(1), row.getInt(2), row.getLong(3), row.getLong(4)),
            list.value())
        .orElse(Head.NONE);
  }

  /** Follows the records of one append; their head is the last of them. */
  void follow(ListId list, List<JournalRecord> records) throws SQLException {
    int newest = 0;
    for (JournalRecord record : records) {
      newest = Math.max(newest, apply(list.value(), record));
    }
    updateList.run(list.value(), records.getLast().revision(), newest + 1);
  }

  /** The number of the entry that a change made, or 0. */
  private int apply(String list, JournalRecord record) throws SQLException {
    switch (record.change()) {
      case Change.Added(Entry entry) -> {
        put(list, entry);
        return entry.id();
      }
      case Change.Updated(Entry entry) -> put(list, entry);
      case Change.Restored(Entry entry) -> put(list, entry);
      case Change.Deleted(int id) -> {
        deleteEntry.run(list, id);
        deleteLeaving.run(list, id);
      }
      case Change.Cleared() -> {
        clearEntries.run(list);
        clearLeaving.run(list);
      }
      case Change.Leaving leaving -> putLeaving.run(list, leaving.id(), record.revision());
      case Change.Staying(int id) -> deleteLeaving.run(list, id);
    }
    return 0;
  }

  private void put(String list, Entry entry) throws SQLException {
    @Nullable LocalDate date = entry.date();
    putEntry.run(
        list,
        entry.id(),
        date == null ? null : date.toString(),
        entry.title(),
        entry.done() ? 1 : 0,
        entry.notes(),
        entry.revision());
  }

  List<Entry> entries(ListId list, int after, int limit) throws SQLException {
    return selectEntries.rows(row -> entry(list, row), list.value(), after, limit);
  }

  /** Of the columns that it is selected with elsewhere too, in this order. */
  static Entry entry(ListId list, ResultSet row) throws SQLException {
    int id = row.getInt(1);
    try {
      @Nullable String date = row.getString(2);
      return new Entry(
          id,
          date == null ? null : LocalDate.parse(date),
          row.getString(3),
          row.getInt(4) != 0,
          row.getString(5),
          row.getLong(6));
    } catch (DateTimeException e) {
      throw new SQLDataException("entry %d of list %s is unreadable".formatted(id, list), e);
    }
  }
}
