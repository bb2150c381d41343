package dev.tend.todo;

import dev.tend.todo.journal.CatalogEntry;
import dev.tend.todo.journal.JournalRecord;
import dev.tend.todo.journal.ListId;
import dev.tend.todo.list.TodoList;
import dev.tend.todo.list.Weight;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What became of a list, read from its journal by the one who asks: the list's own process takes no
 * part, and its worker serves others between two pages.
 */
public final class History {
  private History() {}

  /** What was read of a list that exists. */
  public sealed interface Answer<V> {
    record Found<V>(CatalogEntry list, V value) implements Answer<V> {}

    record NoSuchList<V>() implements Answer<V> {}

    record Unavailable<V>(Hindrance why) implements Answer<V> {}
  }

  private interface Question<V> {
    Stored<V> put(CatalogEntry list);
  }

  /**
   * The newest records before a revision, descending, at most so many, and none behind the one with
   * which they weigh {@link Weight#MOST}.
   *
   * @param entry only those about this entry; 0 for all
   */
  public static Answer<List<JournalRecord>> before(
      ListId list, int entry, long before, int limit, Deadline deadline) {
    return ask(
        list,
        deadline,
        found ->
            GroupCommit.ask(
                DatabaseWorker.of(found.shard()),
                new DatabaseWorker.Backwards(list, entry, before, limit),
                deadline.left()));
  }

  /**
   * The records after a revision, ascending, at most so many, and none behind the one with which
   * they weigh {@link Weight#MOST}; none at all if those that follow have been dropped.
   */
  public static Answer<List<JournalRecord>> after(
      ListId list, long after, int limit, Deadline deadline) {
    return ask(list, deadline, found -> page(found, after, limit, deadline));
  }

  /** The revision of the newest record; 0 before the first. */
  public static Answer<Long> head(ListId list, Deadline deadline) {
    return ask(
        list,
        deadline,
        found ->
            GroupCommit.ask(
                DatabaseWorker.of(found.shard()), new DatabaseWorker.Head(list), deadline.left()));
  }

  /** A list as it was. */
  public sealed interface Past {
    record Then(TodoList list) implements Past {}

    /** It has not come so far. */
    record NotYet() implements Past {}

    /** Its history has been dropped up to this revision, the first that is known. */
    record Dropped(long since) implements Past {}
  }

  /**
   * The list as it was at a revision. Costs a read of its records up to it, unless it was read of
   * late; where there is no time for all of them, whoever asks again goes on from there.
   */
  public static Answer<Past> asOf(ListId list, long revision, Deadline deadline) {
    return ask(list, deadline, found -> Replay.of(found, revision, deadline));
  }

  /**
   * The list as it was at a time, by the clock of then: with the changes that were made no later.
   * Where the clock has jumped several revisions fit; it is one of them.
   */
  public static Answer<Past> asOf(ListId list, Instant time, Deadline deadline) {
    return ask(list, deadline, found -> Replay.of(found, time, deadline));
  }

  private static Stored<List<JournalRecord>> page(
      CatalogEntry list, long after, int limit, Deadline deadline) {
    return GroupCommit.ask(
        DatabaseWorker.of(list.shard()),
        new DatabaseWorker.Page(list.id(), after, limit),
        deadline.left());
  }

  private static <V> Answer<V> ask(ListId id, Deadline deadline, Question<V> question) {
    return switch (Catalog.find(id, deadline)) {
      case Stored.Done<Optional<CatalogEntry>>(long _, Optional<CatalogEntry> list) ->
          list.isEmpty()
              ? new Answer.NoSuchList<>()
              : switch (question.put(list.get())) {
                case Stored.Done<V>(long _, V value) -> new Answer.Found<>(list.get(), value);
                case Stored.Unavailable<V>(Hindrance why) -> new Answer.Unavailable<>(why);
                case Stored.Unknown<V>(Hindrance why) -> new Answer.Unavailable<>(why);
              };
      case Stored.Unavailable<Optional<CatalogEntry>>(Hindrance why) ->
          new Answer.Unavailable<>(why);
      case Stored.Unknown<Optional<CatalogEntry>>(Hindrance why) -> new Answer.Unavailable<>(why);
    };
  }
}
