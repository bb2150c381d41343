package dev.tend.todo.list;

import java.util.List;
import java.util.function.ToIntFunction;

/**
 * How much of an answer texts take: their bytes as JSON in UTF-8. What else an entry has is little.
 */
public final class Weight {
  /** What is read or answered in one go holds less than this, or one thing alone. */
  public static final int MOST = 1 << 20;

  private Weight() {}

  /** As many of these, from the first on, as make a page: at most so many, and at least one. */
  public static <T> List<T> page(List<T> things, int most, ToIntFunction<T> weight) {
    int end = 0;
    long sum = 0;
    for (T thing : things.subList(0, Math.min(most, things.size()))) {
      sum += weight.applyAsInt(thing);
      if (end > 0 && sum >= MOST) {
        break;
      }
      end++;
    }
    return things.subList(0, end);
  }

  public static int of(Entry entry) {
    return of(entry.title()) + of(entry.notes());
  }

  public static int of(Draft draft) {
    return of(draft.title()) + of(draft.notes());
  }

  public static int of(Edit edit) {
    return edit.fields().stream()
        .mapToInt(field ->
            switch (field) {
              case Edit.Title(String title) -> of(title);
              case Edit.Notes(String notes) -> of(notes);
              case Edit.Date _, Edit.Done _ -> 0;
            })
        .sum();
  }

  public static int of(Change change) {
    return switch (change) {
      case Change.Added(Entry entry) -> of(entry);
      case Change.Updated(Entry entry) -> of(entry);
      case Change.Restored(Entry entry) -> of(entry);
      case Change.Leaving(int _, Draft what, String _) -> of(what);
      case Change.Deleted _, Change.Cleared _, Change.Staying _ -> 0;
    };
  }

  static int of(String text) {
    int weight = 0;
    for (int i = 0; i < text.length(); i++) {
      weight += of(text.charAt(i));
    }
    return weight;
  }

  private static int of(char c) {
    if (c < ' ') {
      return "\b\t\n\f\r".indexOf(c) < 0 ? 6 : 2;
    }
    if (c < 0x80) {
      return c == '"' || c == '\\' ? 2 : 1;
    }
    return c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
  }
}
