package dev.tend.todo;

import dev.tend.todo.History.Past;
import dev.tend.todo.ShardReader.Unread;
import dev.tend.todo.journal.CatalogEntry;
import dev.tend.todo.journal.JournalRecord;
import dev.tend.todo.journal.ListId;
import dev.tend.todo.list.TodoList;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Makes a list of an earlier time from its journal, in pages between which others are served. */
final class Replay {
  private static final int PAGE = 1_000;

  private final CatalogEntry entry;
  private final ListId list;
  private final ShardReader reader;

  private Replay(CatalogEntry entry, ShardReader reader) {
    this.entry = entry;
    this.list = entry.id();
    this.reader = reader;
  }

  static Stored<Past> of(CatalogEntry list, long revision, Deadline deadline) {
    return ShardReader.read(
        list, deadline::left, reader -> new Replay(list, reader).upTo(revision));
  }

  static Stored<Past> of(CatalogEntry list, Instant time, Deadline deadline) {
    return ShardReader.read(list, deadline::left, reader -> new Replay(list, reader).upTo(time));
  }

  private Past upTo(Instant time) throws Unread {
    OptionalLong revision = reader.ask(new DatabaseWorker.RevisionAt(list, time));
    return revision.isPresent() ? upTo(revision.getAsLong()) : new Past.Dropped(since());
  }

  private Past upTo(long revision) throws Unread {
    long since = since();
    if (revision < since) {
      return new Past.Dropped(since);
    }
    TodoList then = upTo(revision, since);
    if (since() != since) {
      return upTo(revision);
    }
    return then.revision() < revision ? new Past.NotYet() : new Past.Then(then);
  }

  /** Or the newest there is. What has been replayed is kept, also where the rest is not read. */
  private TodoList upTo(long revision, long since) throws Unread {
    Optional<TodoList> kept = Replayed.before(entry, since, revision);
    TodoList begin = kept.isPresent() ? kept.get() : foundation(since);
    TodoList then = begin;
    try {
      while (then.revision() < revision) {
        int most = (int) Math.min(PAGE, revision - then.revision());
        List<JournalRecord> records =
            reader.ask(new DatabaseWorker.Page(list, then.revision(), most));
        if (records.isEmpty()) {
          break;
        }
        for (JournalRecord record : records) {
          then = then.apply(record.change());
        }
      }
    } finally {
      if (kept.isEmpty() || then != begin) {
        Replayed.keep(entry, since, then);
      }
    }
    return then;
  }

  private long since() throws Unread {
    return reader.ask(new DatabaseWorker.StandingOf(list)).since();
  }

  /** The list where its history begins. */
  private TodoList foundation(long since) throws Unread {
    TodoList made = TodoList.empty();
    if (since == 0) {
      return made;
    }
    List<JournalRecord> records;
    long after = 0;
    do {
      records = reader.ask(new DatabaseWorker.Foundation(list, after, PAGE));
      for (JournalRecord record : records) {
        made = made.apply(record.change());
        after = record.revision();
      }
    } while (records.size() == PAGE);
    return made.at(since);
  }
}
