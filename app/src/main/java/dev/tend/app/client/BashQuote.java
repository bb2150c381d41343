package dev.tend.app.client;

import java.util.Locale;

/** Bash's quotes, and how any text is written within them so that bash reads it as it is. */
enum BashQuote {
  NONE,
  SINGLE,
  DOUBLE,
  /** {@code $'…'}. */
  ANSI;

  private static final String PLAIN =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_./,+-";
  private static final int OCTAL = 8;
  private static final int HEX = 16;

  /**
   * The text, to be put after the opening quote. Bash puts the closing one behind it, unless what
   * it was given ends with that character.
   */
  String quoted(String text) {
    StringBuilder quoted = new StringBuilder();
    text.codePoints().forEach(c -> quoted.append(quoted(c)));
    String end = this == NONE ? "" : this == DOUBLE ? "\"" : "'";
    return this != NONE && quoted.toString().endsWith(end) ? quoted + end : quoted.toString();
  }

  /** Any text as a command's argument, which is no option whatever it begins with. */
  static String argument(String text) {
    return (text.startsWith("-") ? "-- " : "") + NONE.quoted(text);
  }

  private String quoted(int c) {
    String itself = Character.toString(c);
    if (Words.steers(c)) {
      return switch (this) {
        case NONE -> "$'" + escaped(c) + "'";
        case SINGLE -> "'$'" + escaped(c) + "''";
        case DOUBLE -> "\"$'" + escaped(c) + "'\"";
        case ANSI -> escaped(c);
      };
    }
    return switch (this) {
      case NONE -> c > 0x7f || PLAIN.indexOf(c) >= 0 ? itself : "\\" + itself;
      case SINGLE -> c == '\'' ? "'\\''" : itself;
      case DOUBLE -> c == '!' ? "\"\\!\"" : "$`\"\\".indexOf(c) >= 0 ? "\\" + itself : itself;
      case ANSI -> c == '\'' || c == '\\' ? "\\" + itself : itself;
    };
  }

  private static String escaped(int c) {
    return switch (c) {
      case '\n' -> "\\n";
      case '\t' -> "\\t";
      default -> String.format(Locale.ROOT, c < 0x80 ? "\\%03o" : "\\u%04x", c);
    };
  }

  /**
   * Reads what follows a backslash within {@link #ANSI}: what {@link #quoted} writes, and letters.
   *
   * @return where it ends
   */
  static int unescape(String line, int from, StringBuilder to) {
    char c = line.charAt(from);
    if (c == 'u') {
      return number(line, from + 1, HEX, 4, to);
    }
    if (Character.digit(c, OCTAL) >= 0) {
      return number(line, from, OCTAL, 3, to);
    }
    to.append(
        switch (c) {
          case 'n' -> '\n';
          case 't' -> '\t';
          case 'r' -> '\r';
          case 'e' -> '\u001b';
          default -> c;
        });
    return from + 1;
  }

  private static int number(String line, int from, int radix, int longest, StringBuilder to) {
    int end = from;
    while (end < line.length()
        && end < from + longest
        && Character.digit(line.charAt(end), radix) >= 0) {
      end++;
    }
    if (end > from) {
      to.append((char) Integer.parseInt(line.substring(from, end), radix));
    }
    return end;
  }
}
