package dev.tend.todo.list;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Texts as people search them: whatever the case, however a letter is composed, with or without
 * Latin, Greek and Cyrillic accents. The page does the same in {@code folded.js}.
 */
public final class Folded {
  private static final Pattern ACCENTS = Pattern.compile("[\\u0300-\\u036f]+");

  private Folded() {}

  /** Two texts look the same to a search if these are equal. */
  public static String of(String text) {
    String parts = Normalizer.normalize(text, Normalizer.Form.NFKD);
    return ACCENTS.matcher(parts).replaceAll("").toUpperCase(Locale.ROOT);
  }
}
