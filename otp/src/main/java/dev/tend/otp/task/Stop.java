package dev.tend.otp.task;

import static dev.tend.otp.process.TimeSource.FOR_EVER;

import dev.tend.otp.process.Down;
import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.MonitorRef;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.supervisor.Shutdown;
import java.time.Duration;
import java.util.Optional;

/** How an owner stops its task ({@code Task.shutdown/2}). */
final class Stop {
  private Stop() {}

  /**
   * Stops it and waits.
   *
   * @param known the owner's monitor, which may have been used up
   * @return why the task ended; empty if because of this
   */
  static Optional<ExitReason> stop(MonitorRef known, Shutdown how) {
    Pid<?> pid = known.target();
    MonitorRef own = Processes.monitor(pid);
    boolean brutal = how instanceof Shutdown.BrutalKill;
    signal(pid, brutal ? ExitReason.KILL : ExitReason.SHUTDOWN);
    ExitReason reason =
        down(own, how instanceof Shutdown.Within(Duration time) ? time : FOR_EVER)
            .or(() -> {
              Processes.exit(pid, ExitReason.KILL);
              return down(own, FOR_EVER);
            })
            .orElseThrow();
    if (reason instanceof ExitReason.NoProcess) {
      reason = down(known, Duration.ZERO).orElse(reason);
    }
    ExitReason asked = brutal ? ExitReason.KILLED : ExitReason.SHUTDOWN;
    return reason.equals(asked) ? Optional.empty() : Optional.of(reason);
  }

  private static Optional<ExitReason> down(MonitorRef monitor, Duration patience) {
    return Processes.receive(
        patience,
        message -> message instanceof Down down && down.ref() == monitor ? down.reason() : null);
  }

  /**
   * The link goes first, so that the owner does not die of its own signal; a process stands by that
   * sends the signal if the owner dies in between.
   */
  private static void signal(Pid<?> pid, ExitReason reason) {
    Pid<?> owner = Processes.self();
    Object done = new Object();
    Pid<?> enforcer =
        Processes.spawn(() -> {
          MonitorRef watch = Processes.monitor(owner);
          Object news =
              Processes.receive(message ->
                  message == done || (message instanceof Down down && down.ref() == watch)
                      ? message
                      : null);
          if (news != done) {
            Processes.exit(pid, reason);
          }
        });
    Processes.unlink(pid);
    Processes.exit(pid, reason);
    Processes.send(enforcer, done);
  }
}
