package dev.tend.otp.supervisor;

import java.util.Locale;

/** Which children are restarted with the one that ended. */
public enum Strategy {
  /** Only that one. */
  ONE_FOR_ONE,
  /** All: the others are stopped first, in reverse order. */
  ONE_FOR_ALL,
  /** It and those started after it. */
  REST_FOR_ONE;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
