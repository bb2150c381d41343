package dev.tend.todo.list;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Which fields of an entry are to change, and to what; all others stay. */
public record Edit(List<Field> fields) {
  public Edit {
    fields = List.copyOf(fields);
  }

  /** One field's new value. */
  public sealed interface Field {}

  /** Null takes the date away. */
  public record Date(@Nullable LocalDate date) implements Field {}

  public record Title(String title) implements Field {
    public Title {
      title = Limits.title(title);
    }
  }

  public record Done(boolean done) implements Field {}

  public record Notes(String notes) implements Field {
    public Notes {
      notes = Limits.notes(notes);
    }
  }

  public static Edit of(Field... fields) {
    return new Edit(List.of(fields));
  }

  /** What turns one draft into another; of its fields only those that differ. */
  public static Edit between(Draft from, Draft to) {
    List<Field> fields = new ArrayList<>();
    if (!Objects.equals(from.date(), to.date())) {
      fields.add(new Date(to.date()));
    }
    if (!from.title().equals(to.title())) {
      fields.add(new Title(to.title()));
    }
    if (from.done() != to.done()) {
      fields.add(new Done(to.done()));
    }
    if (!from.notes().equals(to.notes())) {
      fields.add(new Notes(to.notes()));
    }
    return new Edit(fields);
  }

  Draft of(Draft draft) {
    Draft edited = draft;
    for (Field field : fields) {
      edited =
          switch (field) {
            case Date(LocalDate date) -> edited.withDate(date);
            case Title(String title) -> edited.withTitle(title);
            case Done(boolean done) -> edited.withDone(done);
            case Notes(String notes) -> edited.withNotes(notes);
          };
    }
    return edited;
  }
}
