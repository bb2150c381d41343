package dev.tend.otp.report;

import org.jspecify.annotations.Nullable;

/** The log of otp. What it throws is no crash of who writes to it: nobody is left to be told. */
public final class Log {
  private static final System.Logger LOG = System.getLogger("dev.tend.otp");

  private Log() {}

  static boolean isWanted(System.Logger.Level level) {
    try {
      return LOG.isLoggable(level);
    } catch (RuntimeException | Error ofTheLog) {
      return false;
    }
  }

  public static void write(System.Logger.Level level, String text) {
    write(level, text, null);
  }

  public static void write(System.Logger.Level level, String text, @Nullable Throwable thrown) {
    try {
      LOG.log(level, text, thrown);
    } catch (RuntimeException | Error ofTheLog) {
      // As OTP's logger, which takes out a handler that crashes.
    }
  }
}
