package dev.tend.store;

import dev.tend.todo.journal.Append;
import dev.tend.todo.journal.Appended;
import dev.tend.todo.journal.JournalRecord;
import dev.tend.todo.journal.ListId;
import dev.tend.todo.journal.Made;
import dev.tend.todo.journal.Origin;
import dev.tend.todo.journal.Pruned;
import dev.tend.todo.journal.Shard;
import dev.tend.todo.journal.Standing;
import dev.tend.todo.journal.StoreException;
import dev.tend.todo.list.Change;
import dev.tend.todo.list.Entry;
import dev.tend.todo.list.Weight;
import java.sql.ResultSet;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The journals of one shard file. */
final class SqliteShard implements Shard {
  private static final String COLUMNS =
      "SELECT revision, at, actor, channel, command_id, body_hash, kind, payload FROM ";

  private static final String SELECT = COLUMNS + "journal WHERE list = ? ";

  private final SqliteFile file;
  private final ListTables tables;
  private final Pruning pruning;
  private final Prepared selectRecords;
  private final Prepared selectFoundation;
  private final Prepared selectTime;
  private final Prepared selectHistory;
  private final Prepared selectEntryHistory;
  private final Prepared selectLeaving;
  private final Prepared selectCommands;
  private final Prepared insertRecord;

  /** Takes over the file; nothing else may use it. */
  SqliteShard(SqliteFile file) {
    this.file = file;
    tables = new ListTables(file);
    selectRecords = file.prepare(SELECT + "AND revision > ? ORDER BY revision LIMIT ?");
    pruning = new Pruning(file);
    selectFoundation =
        file.prepare(SELECT + "AND revision > ? AND revision <= ? ORDER BY revision LIMIT ?");
    selectTime = file.prepare("SELECT at FROM journal WHERE list = ? AND revision = ?");
    selectHistory =
        file.prepare(SELECT + "AND revision < ? AND revision > ? ORDER BY revision DESC LIMIT ?");
    selectEntryHistory =
        file.prepare(
            COLUMNS
                + "journal INDEXED BY journal_of_entry WHERE list = ? AND entry = ? AND revision <"
                + " ? ORDER BY revision DESC LIMIT ?");
    selectLeaving =
        file.prepare(
            SELECT
                + "AND revision IN (SELECT revision FROM leaving WHERE list = ?)"
                + " ORDER BY revision");
    selectCommands =
        file.prepare(
            """
            SELECT revision, at, actor, channel, command_id, body_hash
            FROM journal WHERE list = ? AND revision < ? ORDER BY revision DESC LIMIT ?\
            """);
    insertRecord =
        file.prepare(
            """
            INSERT INTO journal (list, revision, at, actor, channel, command_id, body_hash,
              kind, payload)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)\
            """);
  }

  @Override
  public long epoch() {
    return file.epoch();
  }

  @Override
  public List<Appended> commit(List<Append> batch) throws StoreException {
    if (batch.size() == 1) {
      Append only = batch.getFirst();
      return List.of(
          file.transaction(() -> answer(only, () -> insert(only)), Appended.Refused::new));
    }
    return file.transaction(() -> {
      List<Appended> answers = new ArrayList<>(batch.size());
      for (Append append : batch) {
        SqliteFile.Work<Appended> insertion = () -> insert(append);
        answers.add(answer(append, () -> file.part(insertion, Appended.Refused::new)));
      }
      return List.copyOf(answers);
    });
  }

  private Appended answer(Append append, SqliteFile.Work<Appended> insertion) throws SQLException {
    long head = tables.head(append.list()).revision();
    if (append.follows() != head) {
      return new Appended.Conflict(head);
    }
    if (!isNumbered(append)) {
      return new Appended.Refused("its records are not numbered from " + (head + 1));
    }
    return insertion.run();
  }

  private Appended insert(Append append) throws SQLException {
    for (JournalRecord record : append.records()) {
      insert(append.list(), record);
    }
    tables.follow(append.list(), append.records());
    return new Appended.Committed(append.follows() + append.records().size());
  }

  private void insert(ListId list, JournalRecord record) throws SQLException {
    Origin origin = record.origin();
    insertRecord.run(
        list.value(),
        record.revision(),
        record.at().toEpochMilli(),
        origin.actor(),
        origin.channel(),
        origin.commandId(),
        origin.bodyHash(),
        ChangeJson.kind(record.change()),
        ChangeJson.payload(record.change()));
  }

  /** A gap, or an entry that claims another revision than its record's, could not be read back. */
  private static boolean isNumbered(Append append) {
    long revision = append.follows();
    for (JournalRecord record : append.records()) {
      revision++;
      if (record.revision() != revision || !isOf(revision, record.change())) {
        return false;
      }
    }
    return revision > append.follows();
  }

  private static boolean isOf(long revision, Change change) {
    return switch (change) {
      case Change.Added(Entry entry) -> entry.revision() == revision;
      case Change.Updated(Entry entry) -> entry.revision() == revision;
      case Change.Restored(Entry entry) -> entry.revision() == revision;
      case Change.Deleted _, Change.Cleared _, Change.Leaving _, Change.Staying _ -> true;
    };
  }

  @Override
  public long head(ListId list) throws StoreException {
    return file.read(() -> tables.head(list).revision());
  }

  @Override
  public List<JournalRecord> read(ListId list, long after, int limit) throws StoreException {
    return file.read(() -> {
      if (after < tables.head(list).pruned()) {
        return List.of();
      }
      List<JournalRecord> records =
          page(selectRecords, list, list.value(), after, Math.max(limit, 0));
      requireNoGap(list, after, records);
      return records;
    });
  }

  @Override
  public Optional<JournalRecord> record(ListId list, long revision) throws StoreException {
    return file.read(() -> {
      Optional<JournalRecord> next =
          selectRecords.rows(row -> record(list, row), list.value(), revision - 1, 1).stream()
              .findFirst();
      if (revision > tables.head(list).pruned()) {
        requireNoGap(list, revision - 1, next.stream().toList());
      }
      return next.filter(record -> record.revision() == revision);
    });
  }

  @Override
  public List<JournalRecord> history(ListId list, int entry, long before, int limit)
      throws StoreException {
    int most = Math.max(limit, 0);
    return file.read(() ->
        entry == 0
            ? page(selectHistory, list, list.value(), before, tables.head(list).pruned(), most)
            : page(selectEntryHistory, list, list.value(), entry, before, most));
  }

  private static List<JournalRecord> page(Prepared select, ListId list, Object... values)
      throws SQLException {
    return select.rowsUpTo(
        Weight.MOST,
        (JournalRecord record) -> Weight.of(record.change()),
        row -> record(list, row),
        values);
  }

  @Override
  public List<JournalRecord> foundation(ListId list, long after, int limit) throws StoreException {
    return file.read(() ->
        selectFoundation.rows(
            row -> record(list, row),
            list.value(),
            after,
            tables.head(list).pruned(),
            Math.max(limit, 0)));
  }

  @Override
  public OptionalLong revisionAt(ListId list, Instant time) throws StoreException {
    return file.read(() -> {
      ListTables.Head head = tables.head(list);
      if (head.pruned() > 0 && Instant.ofEpochMilli(head.prunedAt()).isAfter(time)) {
        return OptionalLong.empty();
      }
      long made = head.pruned();
      long later = head.revision() + 1;
      while (later - made > 1) {
        long middle = (made + later) >>> 1;
        if (Instant.ofEpochMilli(selectTime.number(list.value(), middle)).isAfter(time)) {
          later = middle;
        } else {
          made = middle;
        }
      }
      return OptionalLong.of(made);
    });
  }

  @Override
  public Pruned prune(Optional<ListId> after, Instant before, int most) throws StoreException {
    return file.transaction(() -> pruning.step(after, before, most));
  }

  @Override
  public Standing standing(ListId list) throws StoreException {
    return file.read(() -> {
      ListTables.Head head = tables.head(list);
      List<JournalRecord> leaving =
          selectLeaving.rows(row -> record(list, row), list.value(), list.value());
      return new Standing(head.revision(), head.nextEntry(), head.pruned(), leaving);
    });
  }

  @Override
  public List<Entry> entries(ListId list, int after, int limit) throws StoreException {
    return file.read(() -> tables.entries(list, after, Math.max(limit, 0)));
  }

  @Override
  public List<Made> commands(ListId list, long before, int limit) throws StoreException {
    return file.read(() ->
        selectCommands.rows(
            row -> new Made(row.getLong(1), Instant.ofEpochMilli(row.getLong(2)), origin(row)),
            list.value(),
            before,
            Math.max(limit, 0)));
  }

  private static Origin origin(ResultSet row) throws SQLException {
    return new Origin(row.getString(3), row.getString(4), row.getString(5), row.getString(6));
  }

  private static JournalRecord record(ListId list, ResultSet row) throws SQLException {
    long revision = row.getLong(1);
    try {
      return new JournalRecord(
          revision,
          Instant.ofEpochMilli(row.getLong(2)),
          origin(row),
          ChangeJson.read(row.getString(7), row.getString(8), revision));
    } catch (SQLDataException e) {
      throw new SQLDataException(
          "revision %d of list %s is unreadable: %s".formatted(revision, list, e.getMessage()), e);
    }
  }

  private static void requireNoGap(ListId list, long after, List<JournalRecord> records)
      throws SQLDataException {
    long expected = after;
    for (JournalRecord record : records) {
      expected++;
      if (record.revision() != expected) {
        throw new SQLDataException("revision %d of list %s is missing".formatted(expected, list));
      }
    }
  }

  @Override
  public void close() {
    file.close();
  }
}
