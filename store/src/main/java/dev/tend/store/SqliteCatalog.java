package dev.tend.store;

import dev.tend.todo.journal.CatalogEntry;
import dev.tend.todo.journal.CatalogFile;
import dev.tend.todo.journal.CatalogPlace;
import dev.tend.todo.journal.CatalogWish;
import dev.tend.todo.journal.Catalogued;
import dev.tend.todo.journal.ListId;
import dev.tend.todo.journal.StoreException;
import dev.tend.todo.list.Folded;
import java.sql.ResultSet;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The lists of the catalogue file: a row each, and a row for each change of one. */
final class SqliteCatalog implements CatalogFile {
  private static final String SELECT =
      "SELECT id, owner, name, shard, incarnation, revision, created, deleted FROM list ";
  private static final String SELECT_MATCHES =
      """
      SELECT id, owner, name, shard, incarnation, revision, created, deleted
      FROM list_text JOIN list ON list.number = list_text.rowid
      WHERE list_text MATCH ? AND owner = ? AND (deleted IS NOT NULL) = ?
        AND (name, id) > (?, ?) ORDER BY name, id\
      """;
  private static final String COUNT_MATCHES =
      "SELECT count(*) FROM (SELECT 1 FROM list_text WHERE list_text MATCH ? LIMIT ?)";

  /** Where more names match than this, some of them are on every few pages. */
  private static final int FEW = 2_000;

  private static final String PAGE = "AND (name, id) > (?, ?) ORDER BY name, id LIMIT ?";

  private final SqliteFile file;
  private final int shards;
  private final Prepared selectById;
  private final Prepared selectByName;
  private final Prepared selectByCommand;
  private final Prepared selectPage;
  private final Prepared selectTrash;
  private final Prepared countMatches;
  private final Prepared selectMatches;
  private final Prepared selectLastShard;
  private final Prepared count;
  private final Prepared insert;
  private final Prepared update;
  private final Prepared replaceText;
  private final Prepared insertChange;

  /** Takes over the file; nothing else may use it. */
  SqliteCatalog(SqliteFile file, int shards) {
    this.file = file;
    this.shards = shards;
    selectById = file.prepare(SELECT + "WHERE id = ?");
    selectByName = file.prepare(SELECT + "WHERE owner = ? AND name = ? AND deleted IS NULL");
    selectByCommand =
        file.prepare(
            """
            SELECT list.id, list.owner, change.name, shard, incarnation, change.revision, created,
              CASE kind WHEN 'deleted' THEN change.at END, body_hash
            FROM change JOIN list ON list.id = change.list
            WHERE change.owner = ? AND command_id = ?\
            """);
    selectPage = file.prepare(SELECT + "WHERE owner = ? AND deleted IS NULL " + PAGE);
    selectTrash = file.prepare(SELECT + "WHERE owner = ? AND deleted IS NOT NULL " + PAGE);
    countMatches = file.prepare(COUNT_MATCHES);
    selectMatches = file.prepare(SELECT_MATCHES);
    selectLastShard = file.prepare("SELECT shard FROM list ORDER BY number DESC LIMIT 1");
    count = file.prepare("SELECT count(*) FROM list WHERE deleted IS NULL");
    insert =
        file.prepare(
            """
            INSERT INTO list (id, owner, name, shard, incarnation, revision, created)
            VALUES (?, ?, ?, ?, ?, ?, ?)\
            """);
    update = file.prepare("UPDATE list SET name = ?, revision = ?, deleted = ? WHERE id = ?");
    replaceText =
        file.prepare(
            """
            REPLACE INTO list_text (rowid, folded)
            SELECT number, ? FROM list WHERE id = ?\
            """);
    insertChange =
        file.prepare(
            """
            INSERT INTO change (list, revision, kind, name, at, owner, actor, channel, command_id,
              body_hash)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)\
            """);
  }

  /** An entry as a command left it, and what is kept of the command. */
  private record Before(CatalogEntry entry, String bodyHash) {}

  @Override
  public long epoch() {
    return file.epoch();
  }

  @Override
  public List<Catalogued> commit(List<? extends CatalogWish> wishes) throws StoreException {
    return file.transaction(() -> {
      List<Catalogued> answers = new ArrayList<>(wishes.size());
      for (CatalogWish wish : wishes) {
        answers.add(answer(wish));
      }
      return List.copyOf(answers);
    });
  }

  private Catalogued answer(CatalogWish wish) throws SQLException {
    Optional<Before> repeated =
        selectByCommand.first(
            row -> new Before(entry(row), row.getString(9)),
            wish.owner(),
            wish.origin().commandId());
    if (repeated.isPresent()) {
      return repeated.get().bodyHash().equals(wish.origin().bodyHash())
          ? new Catalogued.Repeated(repeated.get().entry())
          : new Catalogued.KeyReused();
    }
    return switch (wish) {
      case CatalogWish.NewList newList -> created(newList);
      case CatalogWish.OfOne change -> changed(change);
    };
  }

  private Catalogued created(CatalogWish.NewList wish) throws SQLException {
    Optional<CatalogEntry> namesake = named(wish.owner(), wish.name());
    if (namesake.isPresent()) {
      return wish.existingIsFine()
          ? new Catalogued.Exists(namesake.get())
          : new Catalogued.NameTaken(namesake.get());
    }
    CatalogEntry entry =
        new CatalogEntry(
            ListId.random(),
            wish.owner(),
            wish.name(),
            nextShard(),
            UUID.randomUUID().toString().substring(0, 8),
            1,
            Instant.ofEpochMilli(wish.at().toEpochMilli()),
            null);
    insert.run(
        entry.id().value(),
        entry.owner(),
        entry.name(),
        entry.shard(),
        entry.incarnation(),
        entry.revision(),
        entry.created().toEpochMilli());
    replaceText.run(Folded.of(entry.name()), entry.id().value());
    return entered("created", wish, entry);
  }

  private Catalogued changed(CatalogWish.OfOne wish) throws SQLException {
    Optional<CatalogEntry> found =
        selectById
            .first(SqliteCatalog::entry, wish.id().value())
            .filter(entry -> entry.owner().equals(wish.owner()))
            .filter(entry -> entry.isDeleted() == wish instanceof CatalogWish.Restore);
    if (found.isEmpty()) {
      return new Catalogued.NoSuchList();
    }
    CatalogEntry entry = found.get();
    if (wish.follows() != 0 && wish.follows() != entry.revision()) {
      return new Catalogued.Stale(entry);
    }
    return switch (wish) {
      case CatalogWish.Rename rename -> updated("renamed", rename, entry, rename.name(), null);
      case CatalogWish.Delete delete ->
          updated("deleted", delete, entry, entry.name(), delete.at());
      case CatalogWish.Restore restore -> updated("restored", restore, entry, entry.name(), null);
    };
  }

  private Catalogued updated(
      String kind, CatalogWish wish, CatalogEntry entry, String name, @Nullable Instant deleted)
      throws SQLException {
    Optional<CatalogEntry> namesake =
        deleted == null
            ? named(entry.owner(), name).filter(other -> !other.id().equals(entry.id()))
            : Optional.empty();
    if (namesake.isPresent()) {
      return new Catalogued.NameTaken(namesake.get());
    }
    @Nullable Long millis = deleted == null ? null : deleted.toEpochMilli();
    CatalogEntry changed =
        new CatalogEntry(
            entry.id(),
            entry.owner(),
            name,
            entry.shard(),
            entry.incarnation(),
            entry.revision() + 1,
            entry.created(),
            millis == null ? null : Instant.ofEpochMilli(millis));
    update.run(changed.name(), changed.revision(), millis, changed.id().value());
    if (!name.equals(entry.name())) {
      replaceText.run(Folded.of(name), changed.id().value());
    }
    return entered(kind, wish, changed);
  }

  private Catalogued entered(String kind, CatalogWish wish, CatalogEntry entry)
      throws SQLException {
    insertChange.run(
        entry.id().value(),
        entry.revision(),
        kind,
        entry.name(),
        wish.at().toEpochMilli(),
        wish.owner(),
        wish.origin().actor(),
        wish.origin().channel(),
        wish.origin().commandId(),
        wish.origin().bodyHash());
    return new Catalogued.Entered(entry);
  }

  private int nextShard() throws SQLException {
    return (int) selectLastShard.number() % shards + 1;
  }

  private Optional<CatalogEntry> named(String owner, String name) throws SQLException {
    return selectByName.first(SqliteCatalog::entry, owner, name);
  }

  @Override
  public Optional<CatalogEntry> find(ListId id) throws StoreException {
    return file.read(() -> selectById.first(SqliteCatalog::entry, id.value()));
  }

  @Override
  public Optional<CatalogEntry> find(String owner, String name) throws StoreException {
    return file.read(() -> named(owner, name));
  }

  @Override
  public List<CatalogEntry> page(String owner, boolean trash, CatalogPlace after, int limit)
      throws StoreException {
    Prepared select = trash ? selectTrash : selectPage;
    return file.read(() ->
        select.rows(SqliteCatalog::entry, owner, after.name(), after.id(), Math.max(limit, 0)));
  }

  @Override
  public Optional<List<CatalogEntry>> containing(
      String owner, boolean trash, String folded, CatalogPlace after, int limit)
      throws StoreException {
    Optional<String> query = Trigrams.query(folded);
    if (query.isEmpty()) {
      return Optional.empty();
    }
    return file.read(() -> {
      if (countMatches.number(query.get(), FEW + 1) > FEW) {
        return Optional.empty();
      }
      return Optional.of(
          selectMatches
              .rows(SqliteCatalog::entry, query.get(), owner, trash, after.name(), after.id())
              .stream()
              .filter(entry -> entry.nameContains(folded))
              .limit(limit)
              .toList());
    });
  }

  @Override
  public long count() throws StoreException {
    return file.read(() -> count.number());
  }

  private static CatalogEntry entry(ResultSet row) throws SQLException {
    try {
      long deleted = row.getLong(8);
      return new CatalogEntry(
          new ListId(row.getString(1)),
          row.getString(2),
          row.getString(3),
          row.getInt(4),
          row.getString(5),
          row.getLong(6),
          Instant.ofEpochMilli(row.getLong(7)),
          row.getObject(8) == null ? null : Instant.ofEpochMilli(deleted));
    } catch (IllegalArgumentException | NullPointerException e) {
      throw new SQLDataException("a row of it is unreadable", e);
    }
  }

  @Override
  public void close() {
    file.close();
  }
}
