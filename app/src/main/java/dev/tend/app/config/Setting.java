package dev.tend.app.config;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One row of the table.
 *
 * @param key section and name in the file
 * @param initial the value where none is given, as one would write it
 * @param sentence what it is for
 * @param own where the initial value depends on who starts Tend: what the documentation says of it
 * @param option the option of {@code serve} that sets it too
 */
public record Setting<T>(
    String key,
    Kind<T> kind,
    Supplier<String> initial,
    String sentence,
    Optional<Own> own,
    Optional<String> option) {

  /**
   * What is said of a value that is not everyone's.
   *
   * @param words what it is
   * @param sample a value that it could be
   */
  record Own(String words, String sample) {}

  static <T> Setting<T> of(String key, Kind<T> kind, String initial, String sentence) {
    return new Setting<>(key, kind, () -> initial, sentence, Optional.empty(), Optional.empty());
  }

  Setting<T> initially(Supplier<String> value, String words, String sample) {
    return new Setting<>(key, kind, value, sentence, Optional.of(new Own(words, sample)), option);
  }

  Setting<T> orBy(String name) {
    return new Setting<>(key, kind, initial, sentence, own, Optional.of(name));
  }

  /** The environment variable that sets it. */
  public String variable() {
    return "TEND_" + key.toUpperCase(Locale.ROOT).replace('.', '_');
  }

  String section() {
    return key.substring(0, key.indexOf('.'));
  }

  String name() {
    return key.substring(key.indexOf('.') + 1);
  }
}
