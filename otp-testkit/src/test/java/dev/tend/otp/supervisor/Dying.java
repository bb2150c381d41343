package dev.tend.otp.supervisor;

import static dev.tend.otp.supervisor.Children.BOOM;

import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.testkit.Probe;

/** The ways in which a child can end without its supervisor's doing. */
enum Dying {
  STOP_NORMAL(ExitReason.NORMAL),
  STOP_SHUTDOWN(ExitReason.SHUTDOWN),
  STOP_SHUTDOWN_DETAIL(new ExitReason.Shutdown("detail")),
  CRASH(new ExitReason.Crash(new IllegalStateException("crash"))),
  ERROR(new ExitReason.Crash(new StackOverflowError("error"))),
  KILL(ExitReason.KILLED),
  SIGNAL(BOOM),
  SIGNAL_SHUTDOWN(ExitReason.SHUTDOWN);

  /** What it ends with. */
  @SuppressWarnings("ImmutableEnumChecker") // an exception is a value here
  final ExitReason reason;

  Dying(ExitReason reason) {
    this.reason = reason;
  }

  /** Whether it ends by its own code; then its terminate runs. */
  boolean ownCode() {
    return switch (this) {
      case STOP_NORMAL, STOP_SHUTDOWN, STOP_SHUTDOWN_DETAIL, CRASH, ERROR -> true;
      case KILL, SIGNAL, SIGNAL_SHUTDOWN -> false;
    };
  }

  /** Whether only a child that traps no exits dies so. */
  boolean bySignal() {
    return this == SIGNAL || this == SIGNAL_SHUTDOWN;
  }

  /** Whether OTP calls it an abnormal end. */
  boolean abnormal() {
    return switch (this) {
      case STOP_NORMAL, STOP_SHUTDOWN, STOP_SHUTDOWN_DETAIL, SIGNAL_SHUTDOWN -> false;
      case CRASH, ERROR, KILL, SIGNAL -> true;
    };
  }

  /** Makes it so, and returns when it is; its supervisor has the EXIT in its mailbox then. */
  void happensTo(Pid<?> child) {
    Pid<Probe> probe = Children.as(child);
    switch (this) {
      case STOP_NORMAL, STOP_SHUTDOWN, STOP_SHUTDOWN_DETAIL ->
          probe.cast(new Probe.Do(() -> Probe.end(reason, "ended")));
      case CRASH, ERROR ->
          probe.cast(
              new Probe.Tell(() -> {
                Throwable cause = ((ExitReason.Crash) reason).cause();
                if (cause instanceof Error error) {
                  throw error;
                }
                throw (Exception) cause;
              }));
      case KILL -> Processes.exit(child, ExitReason.KILL);
      case SIGNAL, SIGNAL_SHUTDOWN -> Processes.exit(child, reason);
    }
    Children.ended(child);
  }
}
