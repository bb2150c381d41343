package dev.tend.store;

import dev.tend.todo.journal.ListId;
import dev.tend.todo.journal.Pruned;
import java.sql.ResultSet;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Drops old records of journals. What a list was at its last dropped revision stays: of each entry
 * that it had then the record that last said what it is, and of each entry that is still on its way
 * to another list the record that sent it.
 */
final class Pruning {
  private static final int MOST_LISTS = 1_000;

  private final Prepared selectLists;
  private final Prepared selectRecords;
  private final Prepared deleteEarlier;
  private final Prepared deleteJourneys;
  private final Prepared deleteAll;
  private final Prepared updateList;

  Pruning(SqliteFile file) {
    selectLists =
        file.prepare(
            "SELECT list, revision, pruned FROM list WHERE list > ? ORDER BY list LIMIT ?");
    selectRecords =
        file.prepare(
            """
            SELECT revision, at, kind, entry FROM journal
            WHERE list = ? AND revision > ? ORDER BY revision LIMIT ?\
            """);
    String unlessOnItsWay = " AND revision NOT IN (SELECT revision FROM leaving WHERE list = ?)";
    String earlier =
        "DELETE FROM journal INDEXED BY journal_of_entry"
            + " WHERE list = ? AND entry = ? AND revision < ?";
    deleteEarlier = file.prepare(earlier + unlessOnItsWay);
    deleteJourneys = file.prepare(earlier + " AND kind IN ('leaving', 'staying')" + unlessOnItsWay);
    deleteAll = file.prepare("DELETE FROM journal WHERE list = ? AND revision <= ?");
    updateList = file.prepare("UPDATE list SET pruned = ?, pruned_at = ? WHERE list = ?");
  }

  private record Journal(ListId list, long revision, long pruned) {}

  private record Old(long revision, long at, String kind, long entry) {}

  /** Within a transaction: looks at so many records at most. */
  Pruned step(Optional<ListId> after, Instant before, int most) throws SQLException {
    Optional<ListId> place = after;
    int left = most;
    int dropped = 0;
    List<Journal> journals =
        selectLists.rows(Pruning::journal, after.map(ListId::value).orElse(""), MOST_LISTS);
    for (Journal journal : journals) {
      List<Old> old = old(journal, before, left);
      dropped += drop(journal, old);
      left -= old.size();
      if (left == 0) {
        return new Pruned(dropped, place, false);
      }
      place = Optional.of(journal.list());
    }
    return new Pruned(dropped, place, journals.size() < MOST_LISTS);
  }

  private static Journal journal(ResultSet row) throws SQLException {
    String list = row.getString(1);
    if (!ListId.isId(list)) {
      throw new SQLDataException("not a list's id: " + list);
    }
    return new Journal(new ListId(list), row.getLong(2), row.getLong(3));
  }

  /** Those that follow the dropped ones, up to the first that is young enough to stay. */
  private List<Old> old(Journal journal, Instant before, int most) throws SQLException {
    if (journal.pruned() == journal.revision()) {
      return List.of();
    }
    return selectRecords
        .rows(
            row -> new Old(row.getLong(1), row.getLong(2), row.getString(3), row.getLong(4)),
            journal.list().value(),
            journal.pruned(),
            most)
        .stream()
        .takeWhile(record -> record.at() < before.toEpochMilli())
        .toList();
  }

  private int drop(Journal journal, List<Old> records) throws SQLException {
    String list = journal.list().value();
    int dropped = 0;
    for (Old record : records) {
      dropped +=
          switch (record.kind()) {
            case "added", "updated", "restored" ->
                deleteEarlier.run(list, record.entry(), record.revision(), list);
            case "deleted" -> deleteEarlier.run(list, record.entry(), record.revision() + 1, list);
            case "leaving", "staying" ->
                deleteJourneys.run(list, record.entry(), record.revision() + 1, list);
            case "cleared" -> deleteAll.run(list, record.revision());
            default -> throw new SQLDataException("a record's kind is unknown: " + record.kind());
          };
    }
    if (!records.isEmpty()) {
      updateList.run(records.getLast().revision(), records.getLast().at(), list);
    }
    return dropped;
  }
}
