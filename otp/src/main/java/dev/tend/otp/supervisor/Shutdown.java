package dev.tend.otp.supervisor;

import dev.tend.otp.process.ExitReason;
import java.time.Duration;

/** How a child is stopped by its supervisor. */
public sealed interface Shutdown {

  /** At once, by {@code kill}. */
  record BrutalKill() implements Shutdown {}

  /** By {@code shutdown}; by {@code kill} if it has not ended when this time is over. */
  record Within(Duration time) implements Shutdown {}

  /** By {@code shutdown}, however long it takes: right for supervisors. */
  record Infinity() implements Shutdown {}

  /** The signal to begin with. */
  default ExitReason signal() {
    return this instanceof BrutalKill ? ExitReason.KILL : ExitReason.SHUTDOWN;
  }

  /** How long to wait before {@code kill}. */
  default Duration patience() {
    return this instanceof Within(Duration time) ? time : Duration.ofSeconds(Long.MAX_VALUE);
  }
}
