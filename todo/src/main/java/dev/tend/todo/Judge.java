package dev.tend.todo;

import dev.tend.todo.journal.CatalogEntry;
import dev.tend.todo.journal.JournalRecord;
import dev.tend.todo.list.Change;
import dev.tend.todo.list.Entry;
import dev.tend.todo.list.Limits;
import dev.tend.todo.list.TodoList;
import java.util.Optional;
import java.util.Set;

/** What a request does to a list, or why not: the rules, without time, disk or process. */
final class Judge {
  private Judge() {}

  sealed interface Judgement {}

  record Accepted(Change change) implements Judgement {}

  record Refused(Outcome outcome) implements Judgement {}

  static Judgement of(TodoServer.ChangeRequest request, CatalogEntry catalog, TodoList list) {
    return switch (request) {
      case TodoServer.Add add when list.size() >= Limits.ENTRIES ->
          new Refused(new Outcome.Full(Limits.ENTRIES));
      case TodoServer.Add add -> onList(add.command(), catalog, list, list.adding(add.draft()));
      case TodoServer.Clear clear -> onList(clear.command(), catalog, list, list.clearing());
      case TodoServer.Update update ->
          onEntry(
              update.command(),
              catalog,
              update.id(),
              list.entry(update.id()),
              list.updating(update.id(), update.edit()));
      case TodoServer.Delete delete ->
          onEntry(
              delete.command(),
              catalog,
              delete.id(),
              list.entry(delete.id()),
              list.deleting(delete.id()));
    };
  }

  private static Judgement onList(
      Command command, CatalogEntry catalog, TodoList list, Change change) {
    return conditional(command, new Published(catalog, list).etag(), change);
  }

  private static Judgement onEntry(
      Command command,
      CatalogEntry catalog,
      int id,
      Optional<Entry> entry,
      Optional<Change> change) {
    return entry.isEmpty() || change.isEmpty()
        ? new Refused(new Outcome.NoSuchEntry(id))
        : conditional(command, Published.entryTag(catalog, entry.get()), change.get());
  }

  private static Judgement conditional(Command command, String current, Change change) {
    Set<String> wanted = command.ifMatch();
    return wanted.isEmpty() || wanted.contains("*") || wanted.contains(current)
        ? new Accepted(change)
        : new Refused(new Outcome.Stale(current));
  }

  /** The answer to a change, as its record tells it: the same today and at each repetition. */
  static Outcome outcomeOf(CatalogEntry catalog, JournalRecord record) {
    return new Outcome.Changed(
        catalog,
        record.revision(),
        switch (record.change()) {
          case Change.Added(Entry entry) -> entry;
          case Change.Updated(Entry entry) -> entry;
          case Change.Deleted deleted -> null;
          case Change.Cleared cleared -> null;
        });
  }
}
