package dev.tend.app;

import java.io.Serial;

/** Why Tend does not start. The message is one sentence for the operator. */
public final class CannotStart extends Exception {
  @Serial private static final long serialVersionUID = 1;

  CannotStart(String sentence, Throwable cause) {
    super(sentence, cause);
  }

  CannotStart(String sentence) {
    super(sentence);
  }
}
