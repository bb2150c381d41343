package dev.tend.todo.list;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * The fields of an {@link Entry} that a person chooses; id and revision are the list's to give.
 * There is none with a blank title or a text over its limit: making one throws {@link
 * InvalidField}.
 */
public record Draft(@Nullable LocalDate date, String title, boolean done, String notes) {
  public Draft {
    title = Limits.title(title);
    notes = Limits.notes(notes);
  }

  /** A task still to do, without notes. */
  public static Draft of(@Nullable LocalDate date, String title) {
    return new Draft(date, title, false, "");
  }

  public static Draft of(Entry entry) {
    return new Draft(entry.date(), entry.title(), entry.done(), entry.notes());
  }

  /** The entry that has these fields. */
  public Entry as(int id, long revision) {
    return new Entry(id, date, title, done, notes, revision);
  }

  public Draft withDate(@Nullable LocalDate newDate) {
    return new Draft(newDate, title, done, notes);
  }

  public Draft withTitle(String newTitle) {
    return new Draft(date, newTitle, done, notes);
  }

  public Draft withDone(boolean newDone) {
    return new Draft(date, title, newDone, notes);
  }

  public Draft withNotes(String newNotes) {
    return new Draft(date, title, done, newNotes);
  }
}
