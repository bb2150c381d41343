package dev.tend.todo.list;

import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.pcollections.TreePMap;

/**
 * A to-do list: entries by id, with an index by date. Immutable; a change gives a new list that
 * shares all but O(log n) with the old one. Any thread may read one.
 *
 * <p>Changing takes two steps, so that what is journalled is exactly what is applied: {@link
 * #adding}, {@link #updating}, {@link #deleting}, {@link #restoring}, {@link #leaving} and {@link
 * #clearing} say what would happen, {@link #apply} makes it so.
 */
public final class TodoList {
  private static final TodoList EMPTY =
      new TodoList(0, 1, 0, 0, TreePMap.empty(), TreePMap.empty());

  private final long revision;
  private final int nextId;
  private final int open;
  private final long weight;
  private final TreePMap<Integer, Entry> entries;
  private final TreePMap<LocalDate, TreePMap<Integer, Entry>> byDate;

  private TodoList(
      long revision,
      int nextId,
      int open,
      long weight,
      TreePMap<Integer, Entry> entries,
      TreePMap<LocalDate, TreePMap<Integer, Entry>> byDate) {
    this.revision = revision;
    this.nextId = nextId;
    this.open = open;
    this.weight = weight;
    this.entries = entries;
    this.byDate = byDate;
  }

  /** The list before its first change: revision 0. */
  public static TodoList empty() {
    return EMPTY;
  }

  /**
   * A list as it was found. O(n log n).
   *
   * @param nextId greater than the number of any entry that it ever had
   */
  public static TodoList of(long revision, int nextId, Collection<Entry> entries) {
    TodoList list = new TodoList(revision, nextId, 0, 0, TreePMap.empty(), TreePMap.empty());
    for (Entry entry : entries) {
      list = list.with(entry);
    }
    return list;
  }

  /** How many changes made this list. */
  public long revision() {
    return revision;
  }

  public int size() {
    return entries.size();
  }

  /** How many entries are still to do. O(1). */
  public int open() {
    return open;
  }

  /** The text of all entries, in bytes as {@link Weight} counts them. O(1). */
  public long weight() {
    return weight;
  }

  /** Whether a change leaves no more text than a list may have, or adds none. */
  public boolean hasRoomFor(Change change) {
    long more =
        switch (change) {
          case Change.Added(Entry entry) -> Weight.of(entry);
          case Change.Restored(Entry entry) -> Weight.of(entry);
          case Change.Updated(Entry entry) ->
              Weight.of(entry) - entry(entry.id()).map(Weight::of).orElse(0);
          case Change.Deleted _, Change.Cleared _, Change.Leaving _, Change.Staying _ -> 0;
        };
    return more <= 0 || weight + more <= Limits.TEXT;
  }

  public Optional<Entry> entry(int id) {
    return Optional.ofNullable(entries.get(id));
  }

  /** All entries by ascending id; an unmodifiable view. O(1), and O(n) to walk. */
  public Collection<Entry> entries() {
    return entries.values();
  }

  /** The entries with a greater id, ascending; an unmodifiable view. O(log n), and O(1) a step. */
  public Collection<Entry> entriesAfter(int id) {
    return entries.tailMap(id, false).values();
  }

  /** The entries due on that day, by ascending id. O(log n) and the size of the answer. */
  public Collection<Entry> entries(LocalDate date) {
    @Nullable SortedMap<Integer, Entry> day = byDate.get(date);
    return day == null ? List.of() : day.values();
  }

  /** The change that adds an entry under the next id. */
  public Change adding(Draft draft) {
    return new Change.Added(draft.as(nextId, revision + 1));
  }

  /** The change that gives an entry new content; empty if there is no such entry. */
  public Optional<Change> updating(int id, Edit edit) {
    return entry(id).map(old -> new Change.Updated(edit.of(Draft.of(old)).as(id, revision + 1)));
  }

  /** The change that removes an entry; empty if there is no such entry. */
  public Optional<Change> deleting(int id) {
    return entry(id).map(old -> new Change.Deleted(id));
  }

  /** The change that brings an entry back; empty if it is here, or no entry ever had that id. */
  public Optional<Change> restoring(int id, Draft draft) {
    return id < 1 || id >= nextId || entries.containsKey(id)
        ? Optional.empty()
        : Optional.of(new Change.Restored(draft.as(id, revision + 1)));
  }

  /** The change that sends an entry to another list; empty if there is no such entry. */
  public Optional<Change> leaving(int id, String to) {
    return entry(id).map(entry -> new Change.Leaving(id, Draft.of(entry), to));
  }

  public Change clearing() {
    return new Change.Cleared();
  }

  /** This list with one more change: revision + 1. O(log n). */
  public TodoList apply(Change change) {
    TodoList changed =
        switch (change) {
          case Change.Added(Entry entry) -> with(entry);
          case Change.Restored(Entry entry) -> with(entry);
          case Change.Updated(Entry entry) -> without(entry.id()).with(entry);
          case Change.Deleted(int id) -> without(id);
          case Change.Cleared() ->
              new TodoList(revision, nextId, 0, 0, TreePMap.empty(), TreePMap.empty());
          case Change.Leaving _, Change.Staying _ -> this;
        };
    return changed.at(revision + 1);
  }

  /**
   * The same entries as of another revision: of which earlier changes are not known singly. O(1).
   */
  public TodoList at(long newRevision) {
    return new TodoList(newRevision, nextId, open, weight, entries, byDate);
  }

  private TodoList with(Entry entry) {
    return new TodoList(
        revision,
        Math.max(nextId, entry.id() + 1),
        open + (entry.done() ? 0 : 1),
        weight + Weight.of(entry),
        entries.plus(entry.id(), entry),
        entry.date() == null
            ? byDate
            : byDate.plus(entry.date(), day(entry.date()).plus(entry.id(), entry)));
  }

  private TodoList without(int id) {
    @Nullable Entry entry = entries.get(id);
    return entry == null
        ? this
        : new TodoList(
            revision,
            nextId,
            open - (entry.done() ? 0 : 1),
            weight - Weight.of(entry),
            entries.minus(id),
            undated(entry));
  }

  private TreePMap<LocalDate, TreePMap<Integer, Entry>> undated(Entry entry) {
    @Nullable LocalDate date = entry.date();
    if (date == null) {
      return byDate;
    }
    TreePMap<Integer, Entry> rest = day(date).minus(entry.id());
    return rest.isEmpty() ? byDate.minus(date) : byDate.plus(date, rest);
  }

  private TreePMap<Integer, Entry> day(LocalDate date) {
    @Nullable TreePMap<Integer, Entry> day = byDate.get(date);
    return day == null ? TreePMap.empty() : day;
  }
}
