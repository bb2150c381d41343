package dev.tend.otp.process;

import dev.tend.otp.report.Text;

/** {@code exit(Reason)} on its way up to the edge of its process. */
final class ExitThrown extends RuntimeException {
  final transient ExitReason reason;

  ExitThrown(ExitReason reason) {
    super("exit: " + Text.brief(reason), null, false, false);
    this.reason = reason;
  }

  /** What reason an exception is that reached the edge of a process. */
  static ExitReason reasonOf(Throwable thrown) {
    return thrown instanceof ExitThrown exit ? exit.reason : new ExitReason.Crash(thrown);
  }
}
