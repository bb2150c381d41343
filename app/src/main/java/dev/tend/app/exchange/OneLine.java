package dev.tend.app.exchange;

import java.util.regex.Pattern;

/** Texts where a line is all there is room for. */
final class OneLine {
  private static final Pattern BREAK = Pattern.compile("\r\n|\r|\n");

  private OneLine() {}

  static String of(String text) {
    return BREAK.matcher(text).replaceAll(" ").strip();
  }
}
