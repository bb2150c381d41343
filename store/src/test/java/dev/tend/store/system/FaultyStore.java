package dev.tend.store.system;

import dev.tend.todo.journal.Append;
import dev.tend.todo.journal.Appended;
import dev.tend.todo.journal.CatalogEntry;
import dev.tend.todo.journal.CatalogFile;
import dev.tend.todo.journal.CatalogPlace;
import dev.tend.todo.journal.CatalogWish;
import dev.tend.todo.journal.Catalogued;
import dev.tend.todo.journal.JournalRecord;
import dev.tend.todo.journal.ListId;
import dev.tend.todo.journal.ListStore;
import dev.tend.todo.journal.Made;
import dev.tend.todo.journal.Pruned;
import dev.tend.todo.journal.Shard;
import dev.tend.todo.journal.Standing;
import dev.tend.todo.journal.StoreException;
import dev.tend.todo.list.Entry;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A real store whose commits and reads can be made to go wrong. */
final class FaultyStore implements ListStore {
  /** Goes around a commit. */
  interface Commit {
    List<Appended> of(Shard shard, List<Append> batch) throws StoreException;
  }

  /** Goes around a commit of the catalogue. */
  interface CatalogCommit {
    List<Catalogued> of(CatalogFile file, List<? extends CatalogWish> wishes) throws StoreException;
  }

  /** Goes around a look for a list. */
  interface Find {
    Optional<CatalogEntry> of(CatalogFile file, ListId id) throws StoreException;
  }

  /** Goes around a read of records. */
  interface Read {
    List<JournalRecord> of(Shard shard, ListId list, long after, int limit) throws StoreException;
  }

  /** Goes around a read of entries. */
  interface Entries {
    List<Entry> of(Shard shard, ListId list, int after, int limit) throws StoreException;
  }

  /** Goes around a step through old records. */
  interface Prune {
    Pruned of(Shard shard, Optional<ListId> after, Instant before, int most) throws StoreException;
  }

  static volatile Prune prune;
  static volatile Commit commit;
  static volatile CatalogCommit catalogCommit;
  static volatile Find find;
  static volatile Entries entries;
  static volatile Read read;

  private final ListStore real;

  FaultyStore(ListStore real) {
    this.real = real;
    heal();
  }

  static void heal() {
    prune = Shard::prune;
    commit = Shard::commit;
    catalogCommit = CatalogFile::commit;
    find = CatalogFile::find;
    entries = Shard::entries;
    read = Shard::read;
  }

  @Override
  public int shards() {
    return real.shards();
  }

  @Override
  public CatalogFile openCatalog() throws StoreException {
    return new FaultyCatalog(real.openCatalog());
  }

  @Override
  public Optional<String> shardDamage(int number) throws StoreException {
    return real.shardDamage(number);
  }

  @Override
  public Optional<String> catalogDamage() throws StoreException {
    return real.catalogDamage();
  }

  @Override
  public Shard openShard(int number) throws StoreException {
    return new FaultyShard(real.openShard(number));
  }

  private record FaultyCatalog(CatalogFile file) implements CatalogFile {
    @Override
    public long epoch() {
      return file.epoch();
    }

    @Override
    public List<Catalogued> commit(List<? extends CatalogWish> wishes) throws StoreException {
      return catalogCommit.of(file, wishes);
    }

    @Override
    public Optional<CatalogEntry> find(ListId id) throws StoreException {
      return find.of(file, id);
    }

    @Override
    public Optional<CatalogEntry> find(String owner, String name) throws StoreException {
      return file.find(owner, name);
    }

    @Override
    public List<CatalogEntry> page(String owner, boolean trash, CatalogPlace after, int limit)
        throws StoreException {
      return file.page(owner, trash, after, limit);
    }

    @Override
    public Optional<List<CatalogEntry>> containing(
        String owner, boolean trash, String folded, CatalogPlace after, int limit)
        throws StoreException {
      return file.containing(owner, trash, folded, after, limit);
    }

    @Override
    public long count() throws StoreException {
      return file.count();
    }

    @Override
    public void close() {
      file.close();
    }
  }

  private record FaultyShard(Shard shard) implements Shard {
    @Override
    public long epoch() {
      return shard.epoch();
    }

    @Override
    public List<Appended> commit(List<Append> batch) throws StoreException {
      return commit.of(shard, batch);
    }

    @Override
    public long head(ListId list) throws StoreException {
      return shard.head(list);
    }

    @Override
    public List<JournalRecord> read(ListId list, long after, int limit) throws StoreException {
      return read.of(shard, list, after, limit);
    }

    @Override
    public Optional<JournalRecord> record(ListId list, long revision) throws StoreException {
      return shard.record(list, revision);
    }

    @Override
    public List<JournalRecord> history(ListId list, int entry, long before, int limit)
        throws StoreException {
      return shard.history(list, entry, before, limit);
    }

    @Override
    public List<JournalRecord> foundation(ListId list, long after, int limit)
        throws StoreException {
      return shard.foundation(list, after, limit);
    }

    @Override
    public OptionalLong revisionAt(ListId list, Instant time) throws StoreException {
      return shard.revisionAt(list, time);
    }

    @Override
    public Pruned prune(Optional<ListId> after, Instant before, int most) throws StoreException {
      return prune.of(shard, after, before, most);
    }

    @Override
    public Standing standing(ListId list) throws StoreException {
      return shard.standing(list);
    }

    /** A read like those of the journal: what goes wrong with one goes wrong with the other. */
    @Override
    public List<Entry> entries(ListId list, int after, int limit) throws StoreException {
      read.of(shard, list, after, 0);
      return entries.of(shard, list, after, limit);
    }

    @Override
    public List<Made> commands(ListId list, long before, int limit) throws StoreException {
      return shard.commands(list, before, limit);
    }

    @Override
    public void close() {
      shard.close();
    }
  }
}
