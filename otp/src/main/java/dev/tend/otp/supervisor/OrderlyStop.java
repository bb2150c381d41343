package dev.tend.otp.supervisor;

import dev.tend.otp.process.CallFailed;
import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.ServerName;
import dev.tend.otp.process.ServerRef;
import java.time.Duration;

/** {@code supervisor:stop/3}. */
final class OrderlyStop {
  private OrderlyStop() {}

  static ExitReason of(ServerRef<?> supervisor, ExitReason reason, Duration timeout) {
    Pid<?> pid =
        switch (supervisor) {
          case Pid<?> known -> known;
          case ServerName<?> name -> name.whereis().orElse(null);
        };
    if (pid == null || !pid.isAlive()) {
      throw new CallFailed(
          supervisor, "stop", new CallFailed.Refused(CallFailed.Refusal.NO_PROCESS));
    }
    if (Processes.current().filter(self -> self == pid).isPresent()) {
      throw new CallFailed(
          supervisor, "stop", new CallFailed.Refused(CallFailed.Refusal.CALLING_SELF));
    }
    return Processes.stop(pid, reason, timeout)
        .orElseThrow(() -> new CallFailed(supervisor, "stop", new CallFailed.Timeout(true)));
  }
}
