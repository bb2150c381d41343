package dev.tend.app.exchange;

import dev.tend.todo.list.Draft;
import dev.tend.todo.list.InvalidField;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Whether what a file says makes an entry. */
final class Judged {
  private static final Pattern DAY = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");

  private Judged() {}

  /** The entry, or why it is none. */
  static Item item(long line, Supplier<Draft> draft) {
    try {
      return new Item.Good(line, draft.get());
    } catch (InvalidField wrong) {
      return new Item.Broken(line, wrong.field() + " " + wrong.getMessage());
    }
  }

  /** A day; none for an empty text. */
  static @Nullable LocalDate date(String text) {
    if (text.isEmpty()) {
      return null;
    }
    if (!DAY.matcher(text).matches()) {
      throw new InvalidField("date", "is '" + start(text) + "'; a day is written YYYY-MM-DD");
    }
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException e) {
      throw new InvalidField("date", "is " + text + ", which is no day of the calendar");
    }
  }

  static boolean done(String text) {
    return switch (text) {
      case "", "false" -> false;
      case "true" -> true;
      default -> throw new InvalidField("done", "is '" + start(text) + "'; it is true or false");
    };
  }

  /** As much of a text as one wants to read in a message. */
  static String start(String text) {
    int shown = 40;
    return text.length() <= shown ? text : text.substring(0, shown) + "…";
  }
}
