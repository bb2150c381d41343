package dev.tend.otp.process;

import dev.tend.otp.testkit.Probe;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;

/** A program whose log throws when it is asked what it wants. For {@link ThrowingLogTest}. */
final class RudeLogProgram {
  private static final Duration SHORT = Duration.ofMillis(20);

  private RudeLogProgram() {}

  /** Prints a line for each thing that came about. */
  public static void main(String[] args) throws InterruptedException {
    LogManager.getLogManager()
        .addLogger(
            new Logger("dev.tend.otp", null) {
              @Override
              public boolean isLoggable(Level level) {
                throw new IllegalStateException("no log today");
              }
            });
    WatchDog.setLimit(SHORT);
    Pid<Probe> server = Probe.started();
    server.cast(new Probe.Do(() -> Probe.end(new ExitReason.Term("boom"), "ended")));
    System.out.println(Processes.awaitExit(server));
    for (int i = 1; i <= 2; i++) {
      CountDownLatch end = new CountDownLatch(1);
      Probe.started().cast(new Probe.Tell(end::await));
      while (Story.overdue() < i) {
        Thread.onSpinWait();
      }
      System.out.println("found to run for long: " + i);
      end.countDown();
    }
    System.exit(0);
  }
}
