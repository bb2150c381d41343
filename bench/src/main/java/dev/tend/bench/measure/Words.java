package dev.tend.bench.measure;

import java.util.Locale;

/** Numbers with their nouns. */
public final class Words {
  private Words() {}

  /** {@code 1 client}, {@code 1,000 clients}. */
  public static String clients(int count) {
    return count(count, "client");
  }

  /** {@code 1 round}, {@code 5 rounds}. */
  public static String count(int count, String noun) {
    return String.format(Locale.ROOT, count == 1 ? "%,d %s" : "%,d %ss", count, noun);
  }
}
