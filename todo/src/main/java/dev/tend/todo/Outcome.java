package dev.tend.todo;

import dev.tend.todo.journal.CatalogEntry;
import dev.tend.todo.list.Entry;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How a change to a list ended. All but {@link Changed} and {@link Unknown}: nothing happened. */
public sealed interface Outcome {

  /**
   * Durable, and seen by every read from now on.
   *
   * @param revision the list's, with this change
   * @param entry what was added, updated, restored or sent away, as this change left it; null for
   *     the other changes
   */
  record Changed(CatalogEntry list, long revision, @Nullable Entry entry) implements Outcome {

    /** The entry's validator, or without one the list's. */
    public String etag() {
      return entry == null
          ? list.incarnation() + "-" + revision + "-" + list.revision()
          : Published.entryTag(list, entry);
    }
  }

  record NoSuchList() implements Outcome {}

  record NoSuchEntry(int id) implements Outcome {}

  /**
   * {@code If-Match} names another version; {@code current} is the validator of the one there is.
   */
  record Stale(String current) implements Outcome {}

  /** The key was used before, for something else or for a move that was refused. */
  record KeyReused() implements Outcome {}

  /** What would be brought back is there already, or never was. */
  record NothingToDo() implements Outcome {}

  /** The list has as much as a list may have. */
  record Full(Of what) implements Outcome {
    /** What it may have no more of. */
    public enum Of {
      /** {@link dev.tend.todo.list.Limits#ENTRIES}. */
      ENTRIES,
      /** {@link dev.tend.todo.list.Limits#TEXT}. */
      TEXT
    }
  }

  /** Not now; worth another try, with the same key. */
  record Unavailable(Hindrance why, Duration retryAfter) implements Outcome {}

  /** It may have happened or not. A repetition with the same key finds out, and does no harm. */
  record Unknown(String reason) implements Outcome {}
}
