package dev.tend.otp.process;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A process that is one piece of code, from {@code spawn}. */
final class PlainTurns extends Turns {
  private @Nullable Runnable body;

  PlainTurns(Runnable body) {
    this.body = body;
  }

  @Override
  void run(ProcessCore self) {
    ExitReason reason = ExitReason.NORMAL;
    try {
      takeBody().run();
    } catch (Throwable thrown) {
      self.requireAlive();
      reason = ExitThrown.reasonOf(thrown);
      CrashReport.log(self, reason);
    }
    self.end(reason);
  }

  private Runnable takeBody() {
    Runnable taken = Objects.requireNonNull(body, "run once");
    body = null;
    return taken;
  }

  @Override
  void forget() {
    body = null;
  }

  @Override
  boolean keepsThread() {
    return true;
  }

  @Override
  String kind() {
    return "process";
  }
}
