package dev.tend.otp.supervisor;

import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;

/** What a supervisor puts into the log: OTP's supervisor reports. */
final class Reports {
  private static final System.Logger LOG = System.getLogger("dev.tend.otp");

  private Reports() {}

  static void ended(Child child, Pid<?> pid, ExitReason reason) {
    if (child.spec.restart() == Restart.PERMANENT || !reason.isClean()) {
      log("child_terminated", child.spec.id() + " " + pid, reason);
    }
  }

  static void startFailed(Child child, ExitReason reason) {
    log("start_error", child.spec.id().toString(), reason);
  }

  static void givenUp(Object lastChild) {
    log("shutdown", lastChild.toString(), new ExitReason.Term("reached_max_restart_intensity"));
  }

  /** A stop that was asked for is worth a line only if the child did not heed it. */
  static void stopped(Child child, Pid<?> pid, ExitReason reason) {
    boolean asked =
        reason.isClean()
            || (child.spec.shutdown() instanceof Shutdown.BrutalKill
                && reason instanceof ExitReason.Killed);
    if (!asked) {
      log("shutdown_error", child.spec.id() + " " + pid, reason);
    }
  }

  private static void log(String context, String child, ExitReason reason) {
    LOG.log(
        System.Logger.Level.WARNING,
        "supervisor {0}: {1} of {2}: {3}",
        Processes.self(),
        context,
        child,
        reason);
  }
}
