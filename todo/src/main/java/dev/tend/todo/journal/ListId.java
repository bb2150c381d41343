package dev.tend.todo.journal;

import java.util.UUID;
import java.util.regex.Pattern;

/**
 * What a list is, for ever: an opaque id that is never used again. The name is only an attribute.
 *
 * @param value 32 lower-case hexadecimal digits, nothing else; safe in a URL and as a key
 */
public record ListId(String value) {
  private static final Pattern FORM = Pattern.compile("[0-9a-f]{32}");

  public ListId {
    if (!isId(value)) {
      throw new IllegalArgumentException("not a list id: 32 hexadecimal digits are one");
    }
  }

  public static boolean isId(String text) {
    return FORM.matcher(text).matches();
  }

  public static ListId random() {
    return new ListId(UUID.randomUUID().toString().replace("-", ""));
  }

  @Override
  public String toString() {
    return value;
  }
}
