package dev.tend.todo.list;

import java.util.Locale;

/** How much a list holds. Other lengths are in characters as Unicode counts them (code points). */
public final class Limits {
  public static final int NAME = 255;
  public static final int TITLE = 1_000;
  public static final int NOTES = 20_000;
  public static final int ENTRIES = 100_000;

  /** Of all entries of a list, in bytes as {@link Weight} counts them: it is held in memory. */
  public static final long TEXT = 32L << 20;

  private Limits() {}

  /**
   * A list's name, unchanged.
   *
   * @throws InvalidField if it is blank or too long
   */
  public static String name(String text) {
    return notBlank("name", within("name", NAME, text));
  }

  static String title(String text) {
    return notBlank("title", within("title", TITLE, text));
  }

  static String notes(String text) {
    return within("notes", NOTES, text);
  }

  private static String notBlank(String field, String text) {
    if (text.isBlank()) {
      throw new InvalidField(field, "must not be empty");
    }
    return text;
  }

  private static String within(String field, int limit, String text) {
    int length = text.codePointCount(0, text.length());
    if (length > limit) {
      throw new InvalidField(
          field,
          String.format(
              Locale.ROOT, "may have at most %,d characters; this has %,d", limit, length));
    }
    if (text.codePoints()
        .anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
      throw new InvalidField(field, "is not valid Unicode: it has half of a surrogate pair");
    }
    return text;
  }
}
