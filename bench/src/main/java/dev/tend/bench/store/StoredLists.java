package dev.tend.bench.store;

import dev.tend.store.DataFolder;
import dev.tend.store.DataFolderException;
import dev.tend.todo.Command;
import dev.tend.todo.journal.Append;
import dev.tend.todo.journal.Appended;
import dev.tend.todo.journal.CatalogEntry;
import dev.tend.todo.journal.CatalogFile;
import dev.tend.todo.journal.CatalogWish;
import dev.tend.todo.journal.Catalogued;
import dev.tend.todo.journal.JournalRecord;
import dev.tend.todo.journal.ListId;
import dev.tend.todo.journal.Origin;
import dev.tend.todo.journal.Shard;
import dev.tend.todo.journal.StoreException;
import dev.tend.todo.list.Change;
import dev.tend.todo.list.Draft;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** Lists that are in a data folder before a server begins with it. */
final class StoredLists implements AutoCloseable {
  private static final int SHARDS = 4;
  private static final int BATCH = 1_000;
  private static final LocalDate DAY = LocalDate.of(2026, 12, 1);

  /** Older than what a list remembers of its commands. */
  private static final Duration AGE = Duration.ofDays(2);

  private final DataFolder folder;
  private final Instant at = Instant.now().minus(AGE);
  private int commands;

  private StoredLists(DataFolder folder) {
    this.folder = folder;
  }

  static StoredLists in(Path folder) throws DataFolderException {
    return new StoredLists(DataFolder.open(folder, SHARDS));
  }

  /** Empty lists of these names. */
  List<CatalogEntry> named(List<String> names) throws StoreException {
    List<CatalogEntry> made = new ArrayList<>();
    try (CatalogFile catalog = folder.store().openCatalog()) {
      for (int from = 0; from < names.size(); from += BATCH) {
        List<CatalogWish> wishes = new ArrayList<>();
        for (String name : names.subList(from, Math.min(from + BATCH, names.size()))) {
          wishes.add(new CatalogWish.NewList(Command.LOCAL, name, at, origin(), false));
        }
        for (Catalogued answer : catalog.commit(wishes)) {
          if (!(answer instanceof Catalogued.Entered(CatalogEntry entry))) {
            throw new IllegalStateException("a list could not be made: " + answer);
          }
          made.add(entry);
        }
      }
    }
    return made;
  }

  /**
   * So many entries for an empty list, and then ticks, on and off, until it has so many records.
   */
  void fill(CatalogEntry list, int entries, int records) throws StoreException {
    try (Shard shard = folder.store().openShard(list.shard())) {
      List<JournalRecord> batch = new ArrayList<>();
      for (int revision = 1; revision <= records; revision++) {
        batch.add(record(revision, entries));
        if (batch.size() == BATCH || revision == records) {
          write(shard, new Append(list.id(), (long) revision - batch.size(), batch));
          batch.clear();
        }
      }
    }
  }

  private JournalRecord record(int revision, int entries) {
    if (revision <= entries) {
      return new JournalRecord(
          revision, at, origin(), new Change.Added(draft(revision).as(revision, revision)));
    }
    int id = (revision - 1) % entries + 1;
    boolean done = (revision - 1) / entries % 2 == 1;
    return new JournalRecord(
        revision, at, origin(), new Change.Updated(draft(id).withDone(done).as(id, revision)));
  }

  static Draft draft(int number) {
    return Draft.of(DAY.plusDays(number % 365), "Call about the order, number " + number);
  }

  private Origin origin() {
    commands++;
    return new Origin(Command.LOCAL, "bench", "before-" + commands, "");
  }

  private static void write(Shard shard, Append append) throws StoreException {
    if (!(shard.commit(List.of(append)).getFirst() instanceof Appended.Committed)) {
      throw new IllegalStateException("records could not be written");
    }
  }

  /** A journal's records, for those who write them themselves. */
  List<Append> appends(ListId list, int batches, int each) {
    List<Append> appends = new ArrayList<>();
    for (int batch = 0; batch < batches; batch++) {
      List<JournalRecord> records = new ArrayList<>();
      for (int i = 1; i <= each; i++) {
        records.add(record(batch * each + i, Integer.MAX_VALUE));
      }
      appends.add(new Append(list, (long) batch * each, records));
    }
    return appends;
  }

  DataFolder folder() {
    return folder;
  }

  @Override
  public void close() {
    folder.close();
  }
}
