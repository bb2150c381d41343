package dev.tend.todo;

import dev.tend.todo.ShardReader.Unread;
import dev.tend.todo.journal.CatalogEntry;
import dev.tend.todo.journal.JournalRecord;
import dev.tend.todo.journal.Made;
import dev.tend.todo.journal.Origin;
import dev.tend.todo.journal.Standing;
import dev.tend.todo.list.Change;
import dev.tend.todo.list.Entry;
import dev.tend.todo.list.TodoList;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;

/**
 * Reads a list from its shard: what its records have made of it, and the newest commands. In pages,
 * between which the worker serves others; so it looks at the end whether all pages were of one
 * revision. Costs the size of the list and of its {@link Receipts}, and nothing of its history.
 */
final class Loader {
  private static final int PAGE = 1_000;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final CatalogEntry list;
  private final ShardReader reader;

  private Loader(CatalogEntry list, ShardReader reader) {
    this.list = list;
    this.reader = reader;
  }

  /** The list, and the newest epoch of the worker that has read it. */
  static Stored<Version> load(CatalogEntry list, Headroom room) {
    return ShardReader.read(list, () -> PATIENCE, reader -> new Loader(list, reader).version(room));
  }

  /** The record of a command, if it is one of the newest. */
  static Stored<Optional<JournalRecord>> made(
      CatalogEntry list, Origin command, Deadline deadline) {
    return ShardReader.read(
        list, deadline::left, reader -> new Loader(list, reader).record(command));
  }

  private Optional<JournalRecord> record(Origin command) throws Unread {
    for (Made one : commands()) {
      if (one.origin().equals(command)) {
        return reader.ask(new DatabaseWorker.One(list.id(), one.revision()));
      }
    }
    return Optional.empty();
  }

  private Version version(Headroom room) throws Unread {
    Standing standing = reader.ask(new DatabaseWorker.StandingOf(list.id()));
    List<Entry> entries = entries(room);
    List<Made> commands = commands();
    // Old records may have been dropped meanwhile: they make no part of it.
    if (reader.ask(new DatabaseWorker.StandingOf(list.id())).revision() != standing.revision()) {
      throw new Unread(Hindrance.LIST_MISREAD);
    }
    return version(standing, entries, commands);
  }

  private List<Entry> entries(Headroom room) throws Unread {
    List<Entry> entries = new ArrayList<>();
    List<Entry> page;
    do {
      int after = entries.isEmpty() ? 0 : entries.getLast().id();
      page = reader.ask(new DatabaseWorker.Entries(list.id(), after, PAGE));
      room.require(page);
      entries.addAll(page);
    } while (page.size() == PAGE);
    return entries;
  }

  /** Those that there are receipts of, the newest first. */
  private List<Made> commands() throws Unread {
    Instant oldest = Instant.now().minus(Receipts.KEPT);
    List<Made> commands = new ArrayList<>();
    List<Made> page;
    do {
      long before = commands.isEmpty() ? Long.MAX_VALUE : commands.getLast().revision();
      page = reader.ask(new DatabaseWorker.Commands(list.id(), before, PAGE));
      commands.addAll(page);
    } while (page.size() == PAGE
        && commands.size() < Receipts.MOST
        && !page.getLast().at().isBefore(oldest));
    return commands;
  }

  private static Version version(Standing standing, List<Entry> entries, List<Made> commands) {
    Instant now = Instant.now();
    Receipts receipts = Receipts.none();
    for (Made command : commands.reversed()) {
      receipts = receipts.with(command, now);
    }
    PMap<Integer, Version.Leaving> leaving = HashTreePMap.empty();
    for (JournalRecord record : standing.leaving()) {
      if (record.change() instanceof Change.Leaving what) {
        leaving = leaving.plus(what.id(), new Version.Leaving(what, record.origin()));
      }
    }
    return new Version(
        TodoList.of(standing.revision(), standing.nextEntry(), entries), receipts, leaving);
  }
}
