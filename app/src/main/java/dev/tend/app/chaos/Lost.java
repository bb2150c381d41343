package dev.tend.app.chaos;

import java.io.Serial;

/** A request that had no answer: nobody knows what came of it. */
final class Lost extends Exception {
  @Serial private static final long serialVersionUID = 1;

  Lost(Throwable cause) {
    super(String.valueOf(cause.getMessage()), cause, false, false);
  }
}
