package dev.tend.app.config;

import java.io.Serial;

/** What is wrong with the configuration, and where: one sentence for the operator. */
public final class BadConfiguration extends Exception {
  @Serial private static final long serialVersionUID = 1;

  /** BSD's {@code EX_CONFIG}. */
  public static final int STATUS = 78;

  BadConfiguration(String sentence) {
    super(sentence);
  }
}
