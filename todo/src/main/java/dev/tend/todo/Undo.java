package dev.tend.todo;

import dev.tend.todo.journal.JournalRecord;
import dev.tend.todo.journal.ListId;
import dev.tend.todo.journal.Origin;
import dev.tend.todo.list.Change;
import dev.tend.todo.list.Draft;
import dev.tend.todo.list.Edit;
import dev.tend.todo.list.Entry;
import dev.tend.todo.list.Limits;
import dev.tend.todo.list.TodoList;
import dev.tend.todo.list.Weight;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Takes back what one revision of a list did, by a change of its own: what came after it stays.
 *
 * <p>What to do is found in the journal by the one who asks, and is the same at each repetition, so
 * that a repeated undo is a repeated command.
 */
public final class Undo {
  /** Records about one entry between which there may be some that do not carry it. */
  private static final int NEIGHBOURS = 16;

  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private Undo() {}

  /**
   * Undoes a revision: what it added is deleted, what it deleted or cleared is restored under its
   * own id, and the fields that it changed get the values that they had.
   *
   * @return {@link Outcome.NothingToDo} if there is no such revision, or it has been undone
   *     already, or it is none that a person made
   */
  public static Outcome undo(ListId list, Command command, long revision) {
    return switch (History.before(list, 0, revision + 1, 1, command.deadline())) {
      case History.Answer.NoSuchList<List<JournalRecord>>() -> new Outcome.NoSuchList();
      case History.Answer.Unavailable<List<JournalRecord>>(Hindrance why) -> unavailable(why);
      case History.Answer.Found<List<JournalRecord>>(var _, List<JournalRecord> records) ->
          records.isEmpty() || records.getFirst().revision() != revision
              ? new Outcome.NothingToDo()
              : undo(list, command, records.getFirst());
    };
  }

  private static Outcome undo(ListId list, Command command, JournalRecord record) {
    return switch (record.change()) {
      case Change.Added(Entry entry) -> deleted(list, command, entry);
      case Change.Restored(Entry entry) -> deleted(list, command, entry);
      case Change.Updated(Entry entry) -> updated(list, command, record.revision(), entry);
      case Change.Deleted(int id) -> restored(list, command, record.revision(), id);
      case Change.Cleared() -> refilled(list, command, record.revision());
      case Change.Leaving _, Change.Staying _ -> new Outcome.NothingToDo();
    };
  }

  private static Outcome deleted(ListId list, Command command, Entry entry) {
    Outcome outcome = ListClient.call(list, new TodoServer.Delete(command, entry.id()));
    return outcome instanceof Outcome.NoSuchEntry ? new Outcome.NothingToDo() : outcome;
  }

  private static Outcome updated(ListId list, Command command, long revision, Entry entry) {
    return switch (earlier(list, revision, entry.id(), command.deadline())) {
      case History.Answer.NoSuchList<Optional<Draft>>() -> new Outcome.NoSuchList();
      case History.Answer.Unavailable<Optional<Draft>>(Hindrance why) -> unavailable(why);
      case History.Answer.Found<Optional<Draft>>(var _, Optional<Draft> before) ->
          before
              .map(draft -> Edit.between(Draft.of(entry), draft))
              .filter(edit -> !edit.fields().isEmpty())
              .map(edit -> ListClient.call(list, new TodoServer.Update(command, entry.id(), edit)))
              .map(outcome -> outcome instanceof Outcome.NoSuchEntry ? nothing() : outcome)
              .orElseGet(Undo::nothing);
    };
  }

  private static Outcome restored(ListId list, Command command, long revision, int id) {
    return switch (earlier(list, revision, id, command.deadline())) {
      case History.Answer.NoSuchList<Optional<Draft>>() -> new Outcome.NoSuchList();
      case History.Answer.Unavailable<Optional<Draft>>(Hindrance why) -> unavailable(why);
      case History.Answer.Found<Optional<Draft>>(var _, Optional<Draft> before) ->
          before
              .map(draft -> ListClient.call(list, new TodoServer.Restore(command, id, draft)))
              .orElseGet(Undo::nothing);
    };
  }

  /** What an entry was before a revision. */
  private static History.Answer<Optional<Draft>> earlier(
      ListId list, long revision, int id, Deadline deadline) {
    return switch (History.before(list, id, revision, NEIGHBOURS, deadline)) {
      case History.Answer.NoSuchList<List<JournalRecord>>() -> new History.Answer.NoSuchList<>();
      case History.Answer.Unavailable<List<JournalRecord>>(Hindrance why) ->
          new History.Answer.Unavailable<>(why);
      case History.Answer.Found<List<JournalRecord>>(var found, List<JournalRecord> records) ->
          new History.Answer.Found<>(
              found, records.stream().flatMap(record -> content(record.change())).findFirst());
    };
  }

  private static Stream<Draft> content(Change change) {
    return switch (change) {
      case Change.Added(Entry entry) -> Stream.of(Draft.of(entry));
      case Change.Updated(Entry entry) -> Stream.of(Draft.of(entry));
      case Change.Restored(Entry entry) -> Stream.of(Draft.of(entry));
      case Change.Leaving(int _, Draft what, String _) -> Stream.of(what);
      case Change.Deleted _, Change.Cleared _, Change.Staying _ -> Stream.empty();
    };
  }

  /** One command an entry, each with an id of its own: it may be interrupted and repeated. */
  private static Outcome refilled(ListId list, Command command, long revision) {
    return switch (History.asOf(list, revision - 1, command.deadline())) {
      case History.Answer.NoSuchList<History.Past>() -> new Outcome.NoSuchList();
      case History.Answer.Unavailable<History.Past>(Hindrance why) -> unavailable(why);
      case History.Answer.Found<History.Past>(var _, History.Past past) -> {
        List<Entry> lost =
            past instanceof History.Past.Then(TodoList then)
                ? List.copyOf(then.entries())
                : List.of();
        Optional<Outcome> full = full(list, lost);
        if (full.isPresent()) {
          yield full.get();
        }
        List<TodoServer.ChangeRequest> requests = new ArrayList<>();
        for (Entry entry : lost) {
          requests.add(
              new TodoServer.Restore(part(command, entry.id()), entry.id(), Draft.of(entry)));
        }
        List<Outcome> outcomes = ListClient.calls(list, requests, command.deadline());
        yield whole(
            outcomes.stream()
                .filter(outcome -> !(outcome instanceof Outcome.NothingToDo))
                .toList());
      }
    };
  }

  /** All or nothing, as far as can be told beforehand. */
  private static Optional<Outcome> full(ListId list, List<Entry> lost) {
    if (!(ListClient.read(list) instanceof Reading.Found(Published now))) {
      return Optional.empty(); // Then none of them is taken.
    }
    List<Entry> missing =
        lost.stream().filter(one -> now.list().entry(one.id()).isEmpty()).toList();
    if (now.list().size() + missing.size() > Limits.ENTRIES) {
      return Optional.of(new Outcome.Full(Outcome.Full.Of.ENTRIES));
    }
    long text = now.list().weight() + missing.stream().mapToLong(Weight::of).sum();
    return missing.isEmpty() || text <= Limits.TEXT
        ? Optional.empty()
        : Optional.of(new Outcome.Full(Outcome.Full.Of.TEXT));
  }

  /** That nothing happened is said only where none of the parts has, or may have. */
  private static Outcome whole(List<Outcome> parts) {
    boolean isInPart =
        parts.stream().anyMatch(Undo::mayHaveActed) && !parts.stream().allMatch(Undo::mayHaveActed);
    return isInPart
        ? new Outcome.Unknown("only a part of the entries is back")
        : parts.stream()
            .reduce((first, second) -> first instanceof Outcome.Changed ? second : first)
            .orElseGet(Undo::nothing);
  }

  private static boolean mayHaveActed(Outcome part) {
    return part instanceof Outcome.Changed || part instanceof Outcome.Unknown;
  }

  /** Its key has a blank, which no client's has. */
  private static Command part(Command whole, int id) {
    Origin origin = whole.origin();
    return new Command(
        new Origin(
            origin.actor(), origin.channel(), origin.commandId() + " " + id, origin.bodyHash()),
        Set.of(),
        whole.deadline());
  }

  private static Outcome nothing() {
    return new Outcome.NothingToDo();
  }

  private static Outcome unavailable(Hindrance why) {
    return new Outcome.Unavailable(why, RETRY_AFTER);
  }
}
