package dev.tend.todo;

import dev.tend.todo.journal.JournalRecord;
import dev.tend.todo.list.TodoList;
import java.time.Instant;

/** A list and the receipts of the commands that made it, at one revision. Immutable. */
record Version(TodoList list, Receipts receipts) {
  static final Version EMPTY = new Version(TodoList.empty(), Receipts.none());

  /** The next version. The record must be the one that follows. */
  Version after(JournalRecord made, Instant now) {
    if (made.revision() != list.revision() + 1) {
      throw new IllegalStateException(
          "revision " + made.revision() + " does not follow " + list.revision());
    }
    return new Version(list.apply(made.change()), receipts.with(made, now));
  }
}
