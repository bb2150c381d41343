package dev.tend.otp.report;

import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How values appear in reports: on one line, never longer than a person reads, and without anything
 * that could pass for another line or act on a terminal. Of the JDK's collections only what is
 * shown is looked at; anything else shows itself by its {@code toString}.
 */
public final class Text {
  private static final int BRIEF = 300;
  private static final String CUT = "…";

  private final StringBuilder out = new StringBuilder();
  private final int limit;

  private Text(int limit) {
    this.limit = limit;
  }

  /** A value in the midst of a sentence. */
  public static String brief(@Nullable Object value) {
    return within(BRIEF, value);
  }

  /** A value in at most so many characters, and a mark where it was cut. */
  public static String within(int limit, @Nullable Object value) {
    Text text = new Text(limit);
    text.put(value);
    return text.isFull() ? text.cut() : text.out.toString();
  }

  /** Whatever a value's own code does, the report is made. */
  private void put(@Nullable Object value) {
    int mark = out.length();
    try {
      show(value);
    } catch (Exception | Error e) {
      out.setLength(mark);
      write(String.valueOf(value == null ? null : value.getClass().getName()));
    }
  }

  private void show(@Nullable Object value) {
    switch (value) {
      case Map<?, ?> map when ofTheJdk(map) -> showAll('{', map.entrySet().iterator(), '}');
      case Map.Entry<?, ?> entry when ofTheJdk(entry) -> {
        put(entry.getKey());
        write("=");
        put(entry.getValue());
      }
      case Collection<?> values when ofTheJdk(values) -> showAll('[', values.iterator(), ']');
      case Object[] values -> showAll('[', Arrays.asList(values).iterator(), ']');
      case null, default -> write(String.valueOf(value));
    }
  }

  private static boolean ofTheJdk(Object value) {
    return value.getClass().getName().startsWith("java.util.");
  }

  private void showAll(char open, Iterator<?> values, char close) {
    out.append(open);
    while (values.hasNext() && !isFull()) {
      put(values.next());
      if (values.hasNext()) {
        write(", ");
      }
    }
    out.append(close);
  }

  private void write(String text) {
    for (int i = 0; i < text.length() && !isFull(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (isHarmless(c)) {
            out.append(c);
          } else {
            out.append("\\u%04x".formatted((int) c));
          }
        }
      }
    }
  }

  /** Neither a control, nor another kind of line break, nor one that turns the text's direction. */
  private static boolean isHarmless(char c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }

  private boolean isFull() {
    return out.length() > limit;
  }

  private String cut() {
    int end = Character.isHighSurrogate(out.charAt(limit - 1)) ? limit - 1 : limit;
    return out.substring(0, end) + CUT;
  }
}
