package dev.tend.web.status;

import dev.tend.otp.process.ExitReason;

/** Exit reasons and strategies as people say them. */
final class Words {
  private static final int LONGEST = 300;

  private Words() {}

  /** How something ended, behind its name: {@code was killed}. */
  static String of(ExitReason reason) {
    return switch (reason) {
      case ExitReason.Normal() -> "came to its end";
      case ExitReason.Shutdown(var detail) -> "was stopped";
      case ExitReason.Kill() -> "killed itself";
      case ExitReason.Killed() -> "was killed";
      case ExitReason.NoProcess() -> "was not there";
      case ExitReason.Crash(Throwable cause) -> "crashed: " + of(cause);
      case ExitReason.Term(Object value) -> "ended: " + brief(String.valueOf(value));
    };
  }

  private static String of(Throwable cause) {
    String message = cause.getMessage();
    return brief(cause.getClass().getSimpleName() + (message == null ? "" : ", “" + message + "”"));
  }

  static String brief(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
  }

  /** As in {@code one for one}. */
  static String strategy(String name) {
    return name.replace('_', ' ');
  }
}
