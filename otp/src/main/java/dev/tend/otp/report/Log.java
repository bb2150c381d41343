package dev.tend.otp.report;

import org.jspecify.annotations.Nullable;

/** The log of otp. What it throws is no crash of who writes to it: nobody is left to be told. */
public final class Log {
  private static volatile System.@Nullable Logger log;

  private Log() {}

  /** A field of the class would be lost for ever if the first who writes has no room for it. */
  private static System.Logger log() {
    System.Logger known = log;
    if (known == null) {
      known = System.getLogger("dev.tend.otp");
      log = known;
    }
    return known;
  }

  static boolean isWanted(System.Logger.Level level) {
    try {
      return log().isLoggable(level);
    } catch (RuntimeException | Error ofTheLog) {
      return false;
    }
  }

  public static void write(System.Logger.Level level, String text) {
    write(level, text, null);
  }

  public static void write(System.Logger.Level level, String text, @Nullable Throwable thrown) {
    try {
      log().log(level, text, thrown);
    } catch (RuntimeException | Error ofTheLog) {
      // As OTP's logger, which takes out a handler that crashes.
    }
  }
}
