package dev.tend.app.exchange;

import java.io.Serial;

/** Why a file is no text that can be read. The message says what it is instead. */
public final class Unreadable extends Exception {
  @Serial private static final long serialVersionUID = 1;

  Unreadable(String sentence) {
    super(sentence);
  }
}
