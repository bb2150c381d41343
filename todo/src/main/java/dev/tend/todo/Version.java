package dev.tend.todo;

import dev.tend.todo.journal.JournalRecord;
import dev.tend.todo.journal.Made;
import dev.tend.todo.journal.Origin;
import dev.tend.todo.list.Change;
import dev.tend.todo.list.TodoList;
import java.time.Instant;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;

/**
 * A list, the receipts of the commands that made it, and its entries that are on their way to other
 * lists, at one revision. Immutable.
 */
record Version(TodoList list, Receipts receipts, PMap<Integer, Leaving> leaving) {
  static final Version EMPTY = new Version(TodoList.empty(), Receipts.none(), HashTreePMap.empty());

  /** What goes where, and by whose command. */
  record Leaving(Change.Leaving what, Origin origin) {}

  /** The next version. The record must be the one that follows. */
  Version after(JournalRecord made, Instant now) {
    if (made.revision() != list.revision() + 1) {
      throw new IllegalStateException(
          "revision " + made.revision() + " does not follow " + list.revision());
    }
    return new Version(
        list.apply(made.change()),
        receipts.with(Made.of(made), now),
        leaving(made.change(), made.origin()));
  }

  /** The same without this receipt, unless the command has a newer one. */
  Version forgetting(Origin command, Receipts.Receipt receipt) {
    return new Version(list, receipts.without(command, receipt), leaving);
  }

  private PMap<Integer, Leaving> leaving(Change change, Origin origin) {
    return switch (change) {
      case Change.Leaving what -> leaving.plus(what.id(), new Leaving(what, origin));
      case Change.Staying(int id) -> leaving.minus(id);
      case Change.Deleted(int id) -> leaving.minus(id);
      case Change.Cleared() -> HashTreePMap.empty();
      case Change.Added _, Change.Updated _, Change.Restored _ -> leaving;
    };
  }
}
