package dev.tend.otp.supervisor;

import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Happening;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.ServerName;
import dev.tend.otp.process.Story;
import dev.tend.otp.report.Report;
import dev.tend.otp.report.Stack;
import dev.tend.otp.report.Text;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a supervisor puts into the log: OTP's supervisor reports, with their fields. */
final class Reports implements Stopping.Faults {
  private final @Nullable ServerName<?> name;

  Reports(@Nullable ServerName<?> name) {
    this.name = name;
  }

  /** A child has ended; that of one that may end so is no news. It has told its stack itself. */
  void childTerminated(Child child, Pid<?> pid, ExitReason reason) {
    if (child.spec().restart() == Restart.PERMANENT || !reason.isClean()) {
      log(() -> offender(about("child_terminated").with("reason", Text.brief(reason)), pid, child));
    }
  }

  void startError(Child child, ExitReason reason) {
    Story.tell(new Happening.NotRestarted(Processes.self(), child.spec().id(), reason));
    log(() -> {
      Report report = about("start_error");
      if (reason instanceof ExitReason.Crash(Throwable cause)) {
        report.with("reason", cause, Stack.of(cause));
      } else {
        report.with("reason", Text.brief(reason));
      }
      return offender(report, child.isRestarting() ? "restarting" : "undefined", child);
    });
  }

  /** Nothing for the log: only what is wrong is written there. */
  void restarted(Child child, Optional<Pid<?>> former, ExitReason reason, long since, int others) {
    Story.tell(
        new Happening.Restarted(
            Processes.self(),
            child.spec().id(),
            reason,
            former,
            Optional.ofNullable(child.pid()),
            Duration.ofNanos(System.nanoTime() - since),
            others));
  }

  /** A child that is not started again. */
  void lost(Child child, Pid<?> pid, ExitReason reason) {
    if (!reason.isClean()) {
      Story.tell(new Happening.Lost(Processes.self(), child.spec().id(), pid, reason));
    }
  }

  void givenUp(Child child, String kind, int restarts, Duration period) {
    Story.tell(new Happening.GaveUp(Processes.self(), kind, child.spec().id(), restarts, period));
    log(() ->
        offender(
            about("shutdown").with("reason", "reached_max_restart_intensity"), "undefined", child));
  }

  @Override
  public void shutdownError(Child child, Pid<?> pid, ExitReason reason) {
    log(() -> offender(about("shutdown_error").with("reason", Text.brief(reason)), pid, child));
  }

  /** One report a reason, however many children there are ({@code nb_children}). */
  void shutdownErrors(Map<String, List<Child>> children) {
    children.forEach((reason, of) ->
        log(() ->
            about("shutdown_error")
                .with("reason", reason)
                .with(
                    "offender",
                    "[nb_children: " + of.size() + ", " + fields(of.getFirst()) + "]")));
  }

  void unexpected(Object message) {
    Report.log(
        System.Logger.Level.WARNING,
        () ->
            new Report(Text.brief(supervisor()) + " received unexpected message")
                .with("message", message));
  }

  private Report about(String context) {
    return new Report("SUPERVISOR REPORT")
        .with("supervisor", supervisor())
        .with("errorContext", context);
  }

  private static Report offender(Report report, Object pid, Child child) {
    return report.with("offender", "[pid: " + pid + ", " + fields(child) + "]");
  }

  private static void log(Supplier<Report> report) {
    Report.log(System.Logger.Level.ERROR, report);
  }

  private String supervisor() {
    return name == null ? Processes.self().toString() : Text.brief(name) + " " + Processes.self();
  }

  private static String fields(Child child) {
    ChildSpec spec = child.spec();
    return "id: %s, restart_type: %s, significant: %s, shutdown: %s, child_type: %s"
        .formatted(
            Text.brief(spec.id()),
            spec.restart(),
            spec.significant(),
            spec.shutdown(),
            spec.type());
  }
}
