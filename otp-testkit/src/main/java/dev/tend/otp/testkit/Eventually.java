package dev.tend.otp.testkit;

import dev.tend.otp.process.DeadProcess;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.function.Executable;

/** Waits for what becomes true, as long as it takes and no longer. */
public final class Eventually {
  private static final Duration PATIENCE = Duration.ofSeconds(45);
  private static final int FEWEST_ATTEMPTS = 3;
  private static final long FIRST_PAUSE = 20_000;
  private static final long LONGEST_PAUSE = 10_000_000;

  private Eventually() {}

  /** Returns as soon as the assertions hold; fails with the last failure if they do not in 45 s. */
  public static void eventually(Executable assertions) {
    eventually(PATIENCE, assertions);
  }

  /**
   * Returns as soon as the assertions hold. They are tried three times at least, however long one
   * attempt takes.
   *
   * @param assertions run again and again, in the calling thread: they must change nothing
   * @throws AssertionError with the last failure, if they do not hold in time
   */
  public static void eventually(Duration atMost, Executable assertions) {
    long start = System.nanoTime();
    long pause = FIRST_PAUSE;
    for (int attempt = 1; ; attempt++) {
      try {
        assertions.execute();
        return;
      } catch (DeadProcess gone) {
        throw gone;
      } catch (Throwable failure) {
        if (attempt >= FEWEST_ATTEMPTS && System.nanoTime() - start > atMost.toNanos()) {
          throw new AssertionError("not within " + atMost + ": " + failure.getMessage(), failure);
        }
      }
      LockSupport.parkNanos(pause);
      pause = Math.min(2 * pause, LONGEST_PAUSE);
    }
  }
}
