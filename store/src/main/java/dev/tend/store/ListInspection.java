package dev.tend.store;

import dev.tend.todo.journal.ListId;
import dev.tend.todo.list.Change;
import dev.tend.todo.list.Entry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Compares one list's current state with its journal, entry by entry: an entry is as its last
 * record left it, unless that deleted it or the list was cleared since. One entry is in memory at a
 * time.
 */
final class ListInspection {
  private final Connection shard;
  private final String list;
  private final int nextEntry;
  private final boolean pruned;

  /**
   * @param pruned whether records of entries that are gone may be missing
   */
  ListInspection(Connection shard, String list, int nextEntry, boolean pruned) {
    this.shard = shard;
    this.list = list;
    this.nextEntry = nextEntry;
    this.pruned = pruned;
  }

  /** What a journal makes of one entry. */
  private static final class Made {
    final int id;
    @Nullable Entry entry;
    long leaving;

    Made(int id) {
      this.id = id;
    }

    void take(Change change, long revision) {
      switch (change) {
        case Change.Added(Entry added) -> entry = added;
        case Change.Updated(Entry updated) -> entry = updated;
        case Change.Restored(Entry restored) -> entry = restored;
        case Change.Deleted _ -> {
          entry = null;
          leaving = 0;
        }
        case Change.Leaving _ -> leaving = revision;
        case Change.Staying _ -> leaving = 0;
        case Change.Cleared _ -> {}
      }
    }
  }

  Optional<String> firstProblem() throws SQLException {
    try {
      return compared(cleared());
    } catch (SQLDataException e) {
      return Optional.of("has a record that cannot be read: " + e.getMessage());
    }
  }

  /** The revision that last cleared the list; 0 if none did. */
  private long cleared() throws SQLException {
    long cleared = 0;
    try (PreparedStatement select =
        shard.prepareStatement(
            """
            SELECT revision, kind, payload FROM journal
            WHERE list = ? AND entry IS NULL ORDER BY revision\
            """)) {
      select.setString(1, list);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          cleared = row.getLong(1);
          ChangeJson.read(row.getString(2), row.getString(3), cleared);
        }
      }
    }
    return cleared;
  }

  private Optional<String> compared(long cleared) throws SQLException {
    try (PreparedStatement records =
            shard.prepareStatement(
                """
                SELECT entry, revision, kind, payload FROM journal INDEXED BY journal_of_entry
                WHERE list = ? AND entry IS NOT NULL ORDER BY entry, revision\
                """);
        PreparedStatement states =
            shard.prepareStatement(
                """
                SELECT id, date, title, done, notes, revision,
                  (SELECT revision FROM leaving
                   WHERE leaving.list = entry.list AND leaving.id = entry.id)
                FROM entry WHERE list = ? ORDER BY id\
                """)) {
      records.setString(1, list);
      states.setString(1, list);
      try (ResultSet record = records.executeQuery();
          ResultSet state = states.executeQuery()) {
        return compared(cleared, record, state);
      }
    }
  }

  private Optional<String> compared(long cleared, ResultSet record, ResultSet state)
      throws SQLException {
    boolean more = record.next();
    boolean stateLeft = state.next();
    int newest = 0;
    long leavings = 0;
    while (more) {
      Made made = new Made(record.getInt(1));
      while (more && record.getInt(1) == made.id) {
        long revision = record.getLong(2);
        Change change = ChangeJson.read(record.getString(3), record.getString(4), revision);
        newest = change instanceof Change.Added ? Math.max(newest, made.id) : newest;
        if (revision > cleared) {
          made.take(change, revision);
        }
        more = record.next();
      }
      leavings += made.leaving > 0 ? 1 : 0;
      if (made.entry != null) {
        if (!stateLeft || state.getInt(1) != made.id || !isSo(made, state)) {
          return Optional.of("has entry %d otherwise than its journal".formatted(made.id));
        }
        stateLeft = state.next();
      } else if (stateLeft && state.getInt(1) == made.id) {
        return Optional.of("has entry %d, which its journal deleted".formatted(made.id));
      }
    }
    if (stateLeft) {
      return Optional.of("has entry %d, which its journal never added".formatted(state.getInt(1)));
    }
    if (leavings
        != new Prepared(shard, "SELECT count(*) FROM leaving WHERE list = ?").number(list)) {
      return Optional.of("has other entries on their way than its journal");
    }
    boolean rightNumber = pruned ? nextEntry > newest : nextEntry == newest + 1;
    return rightNumber
        ? Optional.empty()
        : Optional.of("would give the number %d to a new entry".formatted(nextEntry));
  }

  private boolean isSo(Made made, ResultSet state) throws SQLException {
    return Objects.requireNonNull(made.entry).equals(ListTables.entry(new ListId(list), state))
        && state.getLong(7) == made.leaving;
  }
}
