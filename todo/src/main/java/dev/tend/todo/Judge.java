package dev.tend.todo;

import dev.tend.todo.journal.CatalogEntry;
import dev.tend.todo.journal.JournalRecord;
import dev.tend.todo.list.Change;
import dev.tend.todo.list.Draft;
import dev.tend.todo.list.Entry;
import dev.tend.todo.list.Limits;
import dev.tend.todo.list.TodoList;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** What a request does to a list, or why not: the rules, without time, disk or process. */
final class Judge {
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private Judge() {}

  sealed interface Judgement {}

  record Accepted(Change change) implements Judgement {}

  record Refused(Outcome outcome) implements Judgement {}

  static Judgement of(TodoServer.ChangeRequest request, CatalogEntry catalog, Version version) {
    Judgement judged = judged(request, catalog, version);
    return judged instanceof Accepted(Change change) && !version.list().hasRoomFor(change)
        ? new Refused(new Outcome.Full(Outcome.Full.Of.TEXT))
        : judged;
  }

  private static Judgement judged(
      TodoServer.ChangeRequest request, CatalogEntry catalog, Version version) {
    TodoList list = version.list();
    return switch (request) {
      case TodoServer.ChangeRequest any when catalog.isDeleted() ->
          new Refused(new Outcome.NoSuchList());
      case TodoServer.Move move when !move.there() -> new Refused(new Outcome.NoSuchList());
      case TodoServer.OfEntry change when version.leaving().containsKey(change.id()) ->
          new Refused(new Outcome.Unavailable(Hindrance.ENTRY_MOVING, RETRY_AFTER));
      case TodoServer.Add add when list.size() >= Limits.ENTRIES ->
          new Refused(new Outcome.Full(Outcome.Full.Of.ENTRIES));
      case TodoServer.Restore restore when list.size() >= Limits.ENTRIES ->
          new Refused(new Outcome.Full(Outcome.Full.Of.ENTRIES));
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
      case TodoServer.Move move ->
          onEntry(
              move.command(),
              catalog,
              move.id(),
              list.entry(move.id()),
              list.leaving(move.id(), move.to().value()));
      case TodoServer.Restore restore ->
          list.restoring(restore.id(), restore.draft())
              .<Judgement>map(change -> onList(restore.command(), catalog, list, change))
              .orElseGet(() -> new Refused(new Outcome.NothingToDo()));
      case TodoServer.Arrived arrived when isOnItsWay(arrived.id(), arrived.command(), version) ->
          new Accepted(new Change.Deleted(arrived.id()));
      case TodoServer.Stay stay when isOnItsWay(stay.id(), stay.command(), version) ->
          new Accepted(new Change.Staying(stay.id()));
      case TodoServer.Arrived arrived -> new Refused(new Outcome.NoSuchEntry(arrived.id()));
      case TodoServer.Stay stay -> new Refused(new Outcome.NoSuchEntry(stay.id()));
    };
  }

  /** By the move that this step is of: another may have sent the entry since. */
  private static boolean isOnItsWay(int id, Command step, Version version) {
    return Optional.ofNullable(version.leaving().get(id))
        .filter(leaving -> Moves.isStep(step.origin(), leaving.origin()))
        .isPresent();
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
          case Change.Restored(Entry entry) -> entry;
          case Change.Leaving(int id, Draft what, String to) -> what.as(id, record.revision());
          case Change.Deleted _, Change.Cleared _, Change.Staying _ -> null;
        });
  }
}
