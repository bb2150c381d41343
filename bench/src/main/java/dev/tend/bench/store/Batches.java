package dev.tend.bench.store;

import dev.tend.todo.journal.Append;
import dev.tend.todo.journal.CatalogEntry;
import dev.tend.todo.journal.ListId;
import dev.tend.todo.journal.Shard;
import dev.tend.todo.journal.StoreException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Large batches through the store, and the same rows into the same tables by the plain driver: how
 * fast SQLite itself can be.
 */
final class Batches implements AutoCloseable {
  private static final int BATCHES = 20;
  private static final int EACH = 1_000;

  private final StoredLists stored;
  private final CatalogEntry list;
  private final Shard shard;
  private final Connection plain;
  private final List<Object[]> journal;
  private final List<Object[]> entries;

  private Batches(StoredLists stored, CatalogEntry list, Shard shard, Connection plain)
      throws SQLException, StoreException {
    this.stored = stored;
    this.list = list;
    this.shard = shard;
    this.plain = plain;
    throughTheStore(list.id());
    journal = rows("SELECT * FROM journal WHERE list = ? ORDER BY revision", 9);
    entries = rows("SELECT * FROM entry WHERE list = ? ORDER BY id", 7);
  }

  static Batches in(Path folder) throws Exception {
    StoredLists stored = StoredLists.in(folder);
    CatalogEntry list = stored.named(List.of("Batches")).getFirst();
    Shard shard = stored.folder().store().openShard(list.shard());
    Connection plain =
        DriverManager.getConnection(
            "jdbc:sqlite:" + folder.resolve("shard-" + list.shard() + ".db"));
    try (Statement sql = plain.createStatement()) {
      sql.execute("PRAGMA synchronous = FULL");
    }
    plain.setAutoCommit(false);
    return new Batches(stored, list, shard, plain);
  }

  private List<Object[]> rows(String select, int columns) throws SQLException {
    List<Object[]> rows = new ArrayList<>();
    try (PreparedStatement statement = plain.prepareStatement(select)) {
      statement.setString(1, list.id().value());
      try (ResultSet found = statement.executeQuery()) {
        while (found.next()) {
          Object[] row = new Object[columns];
          for (int i = 0; i < columns; i++) {
            row[i] = found.getObject(i + 1);
          }
          rows.add(row);
        }
      }
    }
    plain.rollback();
    return rows;
  }

  /** Records a second. */
  double throughTheStore() throws StoreException {
    return throughTheStore(ListId.random());
  }

  private double throughTheStore(ListId id) throws StoreException {
    List<Append> appends = stored.appends(id, BATCHES, EACH);
    long begin = System.nanoTime();
    for (Append append : appends) {
      shard.commit(List.of(append));
    }
    return BATCHES * EACH * 1e9 / (System.nanoTime() - begin);
  }

  /** Records a second. */
  double byTheDriver() throws SQLException {
    String id = ListId.random().value();
    journal.forEach(row -> row[0] = id);
    entries.forEach(row -> row[0] = id);
    try (PreparedStatement record = plain.prepareStatement(insert("journal", 9));
        PreparedStatement entry = plain.prepareStatement(insert("entry", 7));
        PreparedStatement head = plain.prepareStatement(insert("list", 3))) {
      long begin = System.nanoTime();
      for (int from = 0; from < journal.size(); from += EACH) {
        put(record, journal.subList(from, from + EACH));
        put(entry, entries.subList(from, from + EACH));
        put(head, List.<Object[]>of(new Object[] {id, from + EACH, from + EACH + 1}));
        plain.commit();
      }
      return journal.size() * 1e9 / (System.nanoTime() - begin);
    }
  }

  private static String insert(String table, int columns) {
    String names =
        switch (table) {
          case "journal" ->
              "(list, revision, at, actor, channel, command_id, body_hash, kind, payload)";
          case "entry" -> "(list, id, date, title, done, notes, revision)";
          default -> "(list, revision, next_entry)";
        };
    return "INSERT OR REPLACE INTO "
        + table
        + names
        + " VALUES (?"
        + ", ?".repeat(columns - 1)
        + ")";
  }

  private static void put(PreparedStatement statement, List<Object[]> rows) throws SQLException {
    for (Object[] row : rows) {
      for (int i = 0; i < row.length; i++) {
        statement.setObject(i + 1, row[i]);
      }
      statement.addBatch();
    }
    statement.executeBatch();
  }

  @Override
  public void close() throws SQLException {
    plain.close();
    shard.close();
    stored.close();
  }
}
