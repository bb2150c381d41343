package dev.tend.otp.process;

import org.jspecify.annotations.Nullable;

/** What an abnormal end leaves in the log: who, of what, at which message, with which stack. */
final class CrashReport {
  private static final System.Logger LOG = System.getLogger("dev.tend.otp");

  private CrashReport() {}

  static void log(ProcessCore dead, String kind, ExitReason reason, @Nullable Event last) {
    if (reason.isClean()) {
      return;
    }
    StringBuilder ancestors = new StringBuilder();
    for (ProcessCore a = dead.starter; a != null; a = a.starter) {
      ancestors.append(ancestors.isEmpty() ? "" : ", ").append(a);
    }
    String report =
        "%s %s terminates%n  reason: %s%n  last message: %s%n  ancestors: [%s]"
            .formatted(
                kind, dead, brief(reason), last == null ? "none" : Text.brief(last), ancestors);
    LOG.log(
        System.Logger.Level.ERROR,
        report,
        reason instanceof ExitReason.Crash(Throwable cause) ? cause : null);
  }

  private static String brief(ExitReason reason) {
    return reason instanceof ExitReason.Crash(Throwable cause)
        ? Text.brief(cause)
        : Text.brief(reason);
  }
}
