package dev.tend.otp.supervisor;

import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.ServerName;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a supervisor puts into the log: OTP's supervisor reports, with their fields. Values are cut
 * to a length that a person reads.
 */
final class Reports implements Stopping.Faults {
  private static final System.Logger LOG = System.getLogger("dev.tend.otp");
  private static final int LONGEST = 300;

  private final @Nullable ServerName<?> name;

  Reports(@Nullable ServerName<?> name) {
    this.name = name;
  }

  /** A child has ended; that of one that may end so is no news. */
  void childTerminated(Child child, Pid<?> pid, ExitReason reason) {
    if (child.spec().restart() == Restart.PERMANENT || !reason.isClean()) {
      report("child_terminated", reason, offender(child, pid));
    }
  }

  void startError(Child child, ExitReason reason) {
    report(
        "start_error", reason, offender(child, child.isRestarting() ? "restarting" : "undefined"));
  }

  void givenUp(Child child) {
    report("shutdown", "reached_max_restart_intensity", offender(child, "undefined"));
  }

  @Override
  public void shutdownError(Child child, Pid<?> pid, ExitReason reason) {
    report("shutdown_error", reason, offender(child, pid));
  }

  /** One report a reason, however many children there are ({@code nb_children}). */
  void shutdownErrors(Map<ExitReason, List<Child>> children) {
    children.forEach((reason, of) ->
        report(
            "shutdown_error", reason, "nb_children: " + of.size() + ", " + fields(of.getFirst())));
  }

  void unexpected(Object message) {
    LOG.log(
        System.Logger.Level.WARNING,
        "{0} received unexpected message: {1}",
        supervisor(),
        brief(message));
  }

  private void report(String context, Object reason, String offender) {
    LOG.log(
        System.Logger.Level.ERROR,
        "SUPERVISOR REPORT%n    supervisor: %s%n    errorContext: %s%n    reason: %s%n    offender: [%s]"
            .formatted(supervisor(), context, brief(reason), offender),
        thrown(context, reason));
  }

  /** A child that has run has told its stack itself. */
  private static @Nullable Throwable thrown(String context, Object reason) {
    return context.equals("start_error") && reason instanceof ExitReason.Crash(Throwable cause)
        ? cause
        : null;
  }

  private String supervisor() {
    return name == null ? Processes.self().toString() : name + " " + Processes.self();
  }

  private static String offender(Child child, Object pid) {
    return "pid: " + pid + ", " + fields(child);
  }

  private static String fields(Child child) {
    ChildSpec spec = child.spec();
    return "id: %s, restart_type: %s, significant: %s, shutdown: %s, child_type: %s"
        .formatted(
            brief(spec.id()), spec.restart(), spec.significant(), spec.shutdown(), spec.type());
  }

  private static String brief(Object value) {
    String text;
    try {
      text = String.valueOf(value);
    } catch (Exception | Error e) {
      text = value.getClass().getName();
    }
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
  }
}
