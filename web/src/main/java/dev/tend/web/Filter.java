package dev.tend.web;

import dev.tend.todo.list.Entry;
import dev.tend.todo.list.Folded;
import dev.tend.todo.list.TodoList;
import java.time.LocalDate;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which entries are wanted: those that meet every condition given.
 *
 * @param from the first day; an entry without a date meets no condition on its date
 * @param to the last day
 * @param undated true: only those without a date
 * @param text in title or notes, whatever the case
 */
record Filter(
    Optional<LocalDate> date,
    Optional<LocalDate> from,
    Optional<LocalDate> to,
    boolean undated,
    Optional<Boolean> done,
    String text)
    implements Predicate<Entry> {
  static final Filter NONE =
      new Filter(Optional.empty(), Optional.empty(), Optional.empty(), false, Optional.empty(), "");

  static Filter of(Query query) {
    return new Filter(
        query.date("date"),
        query.date("from"),
        query.date("to"),
        query.truth("undated").orElse(false),
        query.truth("done"),
        Folded.of(query.text("text").orElse("")));
  }

  boolean isEmpty() {
    return equals(NONE);
  }

  /** The entries among which they are, after one of them, by ascending id. */
  Stream<Entry> candidates(TodoList list, int after) {
    return date.map(day -> list.entries(day).stream().filter(entry -> entry.id() > after))
        .orElseGet(() -> list.entriesAfter(after).stream());
  }

  @Override
  public boolean test(Entry entry) {
    @Nullable LocalDate day = entry.date();
    return (!undated || day == null)
        && date.map(wanted -> wanted.equals(day)).orElse(true)
        && from.map(first -> day != null && !day.isBefore(first)).orElse(true)
        && to.map(last -> day != null && !day.isAfter(last)).orElse(true)
        && done.map(wanted -> wanted == entry.done()).orElse(true)
        && (text.isEmpty() || contains(entry.title()) || contains(entry.notes()));
  }

  private boolean contains(String value) {
    return Folded.of(value).contains(text);
  }
}
