package dev.tend.app.exchange;

import java.nio.CharBuffer;
import java.nio.charset.Charset;

/** What is counted while a text is looked through. */
final class Tally {
  /** Of more NULs than one in this many characters no text consists. */
  private static final int RARE = 10;

  private long characters;
  private long nuls;
  private long line = 1;

  void count(CharBuffer text) {
    characters += text.remaining();
    while (text.hasRemaining()) {
      switch (text.get()) {
        case '\0' -> nuls++;
        case '\n' -> line++;
        default -> {
          // Counted above.
        }
      }
    }
  }

  Unreadable undecodable(Charset expected) {
    return new Unreadable(
        "line %d is not %s: say which encoding it has, for instance --encoding windows-1252"
            .formatted(line, expected));
  }

  void requireText() throws Unreadable {
    if (nuls > 0 && nuls >= characters / RARE) {
      throw new Unreadable(
          "it is full of zero bytes: this is no text, or UTF-16 without a byte order mark"
              + " (say so with --encoding UTF-16LE)");
    }
  }
}
