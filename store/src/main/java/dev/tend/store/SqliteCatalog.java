package dev.tend.store;

import dev.tend.todo.journal.CatalogEntry;
import dev.tend.todo.journal.CatalogFile;
import dev.tend.todo.journal.Created;
import dev.tend.todo.journal.ListId;
import dev.tend.todo.journal.NewList;
import dev.tend.todo.journal.StoreException;
import java.sql.ResultSet;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The lists of the catalogue file. */
final class SqliteCatalog implements CatalogFile {
  private static final String SELECT =
      "SELECT id, owner, name, shard, incarnation, revision, created, body_hash FROM list ";

  private final SqliteFile file;
  private final int shards;
  private final Prepared selectById;
  private final Prepared selectByName;
  private final Prepared selectByCommand;
  private final Prepared selectPage;
  private final Prepared selectLastShard;
  private final Prepared count;
  private final Prepared insert;

  /** Takes over the file; nothing else may use it. */
  SqliteCatalog(SqliteFile file, int shards) {
    this.file = file;
    this.shards = shards;
    selectById = file.prepare(SELECT + "WHERE id = ?");
    selectByName = file.prepare(SELECT + "WHERE owner = ? AND name = ?");
    selectByCommand = file.prepare(SELECT + "WHERE owner = ? AND command_id = ?");
    selectPage = file.prepare(SELECT + "WHERE owner = ? AND name > ? ORDER BY name LIMIT ?");
    selectLastShard = file.prepare("SELECT shard FROM list ORDER BY number DESC LIMIT 1");
    count = file.prepare("SELECT count(*) FROM list");
    insert =
        file.prepare(
            """
            INSERT INTO list (id, owner, name, shard, incarnation, revision, created, command_id,
              body_hash)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)\
            """);
  }

  /** An entry and what is kept of the command that made it. */
  private record Row(CatalogEntry entry, String bodyHash) {}

  @Override
  public long epoch() {
    return file.epoch();
  }

  @Override
  public List<Created> create(List<NewList> wishes) throws StoreException {
    return file.transaction(() -> {
      List<Created> answers = new ArrayList<>(wishes.size());
      for (NewList wish : wishes) {
        answers.add(answer(wish));
      }
      return List.copyOf(answers);
    });
  }

  private Created answer(NewList wish) throws SQLException {
    Optional<Row> repeated =
        selectByCommand.first(SqliteCatalog::row, wish.owner(), wish.origin().commandId());
    if (repeated.isPresent()) {
      Row first = repeated.get();
      return first.bodyHash().equals(wish.origin().bodyHash())
          ? new Created.Made(first.entry(), false)
          : new Created.KeyReused();
    }
    Optional<Row> namesake = selectByName.first(SqliteCatalog::row, wish.owner(), wish.name());
    if (namesake.isPresent()) {
      CatalogEntry existing = namesake.get().entry();
      return wish.existingIsFine()
          ? new Created.Made(existing, false)
          : new Created.NameTaken(existing);
    }
    return new Created.Made(insert(wish), true);
  }

  private CatalogEntry insert(NewList wish) throws SQLException {
    CatalogEntry entry =
        new CatalogEntry(
            ListId.random(),
            wish.owner(),
            wish.name(),
            nextShard(),
            UUID.randomUUID().toString().substring(0, 8),
            1,
            Instant.ofEpochMilli(wish.at().toEpochMilli()));
    insert.run(
        entry.id().value(),
        entry.owner(),
        entry.name(),
        entry.shard(),
        entry.incarnation(),
        entry.revision(),
        entry.created().toEpochMilli(),
        wish.origin().commandId(),
        wish.origin().bodyHash());
    return entry;
  }

  private int nextShard() throws SQLException {
    return (int) selectLastShard.number() % shards + 1;
  }

  @Override
  public Optional<CatalogEntry> find(ListId id) throws StoreException {
    return file.read(() -> selectById.first(SqliteCatalog::row, id.value())).map(Row::entry);
  }

  @Override
  public Optional<CatalogEntry> find(String owner, String name) throws StoreException {
    return file.read(() -> selectByName.first(SqliteCatalog::row, owner, name)).map(Row::entry);
  }

  @Override
  public List<CatalogEntry> page(String owner, String afterName, int limit) throws StoreException {
    return file.read(
        () -> selectPage.rows(row -> row(row).entry(), owner, afterName, Math.max(limit, 0)));
  }

  @Override
  public long count() throws StoreException {
    return file.read(() -> count.number());
  }

  private static Row row(ResultSet row) throws SQLException {
    try {
      return new Row(
          new CatalogEntry(
              new ListId(row.getString(1)),
              row.getString(2),
              row.getString(3),
              row.getInt(4),
              row.getString(5),
              row.getLong(6),
              Instant.ofEpochMilli(row.getLong(7))),
          row.getString(8));
    } catch (IllegalArgumentException | NullPointerException e) {
      throw new SQLDataException("a row of it is unreadable", e);
    }
  }

  @Override
  public void close() {
    file.close();
  }
}
