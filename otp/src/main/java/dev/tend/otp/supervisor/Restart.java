package dev.tend.otp.supervisor;

import dev.tend.otp.process.ExitReason;
import java.util.Locale;

/** When a child that ended is started again. */
public enum Restart {
  /** Always. */
  PERMANENT,
  /** After an abnormal end: not after {@code normal}, {@code shutdown} or {@code {shutdown, _}}. */
  TRANSIENT,
  /** Never; it is forgotten. */
  TEMPORARY;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  boolean after(ExitReason reason) {
    return switch (this) {
      case PERMANENT -> true;
      case TRANSIENT -> !reason.isClean();
      case TEMPORARY -> false;
    };
  }
}
