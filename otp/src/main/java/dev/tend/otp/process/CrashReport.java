package dev.tend.otp.process;

import dev.tend.otp.report.Report;
import dev.tend.otp.report.Stack;
import dev.tend.otp.report.Text;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What an abnormal end leaves in the log: who, of what, at which message, with which stack. */
final class CrashReport {
  private static final System.Logger.Level LEVEL = System.Logger.Level.ERROR;
  private static final int CLIENT_FRAMES = 5;

  private CrashReport() {}

  /** Of a plain process. */
  static void log(ProcessCore dead, ExitReason reason) {
    log(
        dead,
        reason,
        null,
        () -> new Status<>(null, Optional.empty(), Optional.of(reason), List.of()));
  }

  /** Of a behaviour, with what that wants to show. */
  static void log(
      ProcessCore dead,
      ExitReason reason,
      @Nullable Event last,
      Behaviour behaviour,
      List<SystemEvent> events) {
    Optional<Object> message = Optional.ofNullable(last).map(Event::message);
    log(
        dead,
        reason,
        last,
        () -> Status.shownBy(behaviour, dead.turns.kind(), message, Optional.of(reason), events));
  }

  /** The report of a death must not become another reason of it. */
  private static void log(
      ProcessCore dead, ExitReason reason, @Nullable Event last, Supplier<Status<?>> status) {
    if (reason.isClean()) {
      return;
    }
    Optional<Report> report =
        Report.isWanted(LEVEL) ? Optional.of(report(dead, reason, last, status)) : Optional.empty();
    report.ifPresent(made -> made.log(LEVEL));
    Story.tell(
        new Happening.Crashed(
            dead.pid,
            dead.turns.kind(),
            Optional.ofNullable(dead.starter).map(starter -> starter.pid),
            reason,
            report.map(Report::onLines)));
  }

  private static Report report(
      ProcessCore dead, ExitReason reason, @Nullable Event last, Supplier<Status<?>> status) {
    try {
      return report(dead, last, status.get());
    } catch (DeadProcess gone) {
      throw gone;
    } catch (RuntimeException | Error e) {
      return new Report(title(dead)).with("reason", reason).with("no full report", e);
    }
  }

  private static String title(ProcessCore dead) {
    return dead.turns.kind() + " " + Text.brief(dead) + " terminating";
  }

  private static Report report(ProcessCore dead, @Nullable Event last, Status<?> status) {
    Report report = new Report(title(dead)).withAny("label", Optional.ofNullable(dead.label));
    status.reason().ifPresent(reason -> addReason(report, reason));
    status.message().ifPresent(shown -> report.with("last message", how(last) + Text.brief(shown)));
    if (last instanceof Event.Called(Call<?, ?> request, PendingCall call)) {
      addClient(report, call);
    }
    report.withAny("state", Optional.ofNullable(status.state()));
    if (!status.log().isEmpty()) {
      report.with("last events", "", status.log().stream().map(Text::brief).toList());
    }
    return report.with("ancestors", dead.ancestorsNames());
  }

  private static void addReason(Report report, ExitReason reason) {
    if (reason instanceof ExitReason.Crash(Throwable cause)) {
      report.with("reason", cause, Stack.of(cause));
    } else {
      report.with("reason", reason);
    }
  }

  private static void addClient(Report report, PendingCall call) {
    Optional<Thread> waiter = call.waiter();
    if (call.client == null && waiter.isEmpty()) {
      return;
    }
    report.with(
        "client",
        call.toString(),
        waiter
            .map(thread -> Stack.ofWaiting(thread.getStackTrace(), CLIENT_FRAMES))
            .orElse(List.of()));
  }

  private static String how(@Nullable Event last) {
    return switch (last) {
      case Event.Called called -> "call ";
      case Event.Told told -> "cast ";
      case Event.Continued continued -> "continue with ";
      case Event.Stop stop -> "stop with ";
      case null, default -> "";
    };
  }
}
