package dev.tend.store;

import java.nio.file.Path;

/** Paths in commands that somebody is told to type. */
final class ShellWord {
  private ShellWord() {}

  /** The path as a shell reads it as one word: in quotes, where it needs them. */
  static String of(Path path) {
    String text = path.toString();
    return text.matches("[\\p{L}\\p{N}/._+,:@%-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
  }
}
