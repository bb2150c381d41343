package dev.tend.store;

import dev.tend.todo.journal.JournalRecord;
import dev.tend.todo.journal.ListId;
import dev.tend.todo.list.Change;
import dev.tend.todo.list.Draft;
import dev.tend.todo.list.Edit;
import dev.tend.todo.list.TodoList;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/** A list to which anything is done, and what it was at each revision: the model of the tables. */
final class RandomHistory {
  final List<JournalRecord> records = new ArrayList<>();
  final Map<Integer, JournalRecord> leaving = new TreeMap<>();

  /** By revision. */
  final List<TodoList> was = new ArrayList<>(List.of(TodoList.empty()));

  private final ListId other;
  private TodoList list = TodoList.empty();

  /**
   * @param other where entries leave to
   */
  RandomHistory(ListId other) {
    this.other = other;
  }

  TodoList list() {
    return list;
  }

  /** A few more records. */
  List<JournalRecord> some(Random random) {
    List<JournalRecord> some = new ArrayList<>();
    for (int i = random.nextInt(5); i >= 0; i--) {
      some.add(next(random));
    }
    return some;
  }

  private JournalRecord next(Random random) {
    JournalRecord record = Samples.record(list.revision() + 1, change(random));
    switch (record.change()) {
      case Change.Leaving(int id, var _, var _) -> leaving.put(id, record);
      case Change.Staying(int id) -> leaving.remove(id);
      case Change.Deleted(int id) -> leaving.remove(id);
      case Change.Cleared() -> leaving.clear();
      case Change.Added _, Change.Updated _, Change.Restored _ -> {}
    }
    list = list.apply(record.change());
    records.add(record);
    was.add(list);
    return record;
  }

  private Change change(Random random) {
    int id = 1 + random.nextInt(12);
    Draft draft =
        new Draft(
            random.nextBoolean() ? null : LocalDate.of(2026, 1, 1 + random.nextInt(28)),
            Samples.AWKWARD.replace("\u0000", "") + random.nextInt(),
            random.nextBoolean(),
            random.nextBoolean() ? "" : Samples.AWKWARD);
    Optional<Change> change =
        switch (random.nextInt(8)) {
          case 0 -> random.nextInt(6) == 0 ? Optional.of(list.clearing()) : Optional.empty();
          case 1 -> list.deleting(id);
          case 2 -> list.restoring(id, draft);
          case 3 -> list.leaving(id, other.value());
          case 4 ->
              leaving.isEmpty()
                  ? Optional.empty()
                  : Optional.of(new Change.Staying(leaving.keySet().iterator().next()));
          case 5 -> list.updating(id, Edit.of(new Edit.Title(draft.title())));
          default -> Optional.empty();
        };
    return change.orElseGet(() -> list.adding(draft));
  }
}
