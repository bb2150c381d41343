package dev.tend.otp.supervisor;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/** How a child is stopped by its supervisor. */
public sealed interface Shutdown {

  /** A worker's, unless it is given another. */
  Shutdown FIVE_SECONDS = new Within(Duration.ofSeconds(5));

  /** At once, by {@code kill}. */
  record BrutalKill() implements Shutdown {
    @Override
    public String toString() {
      return "brutal_kill";
    }
  }

  /**
   * By {@code shutdown}; by {@code kill} if it has not ended when this time is over.
   *
   * @param time 0 or more; a negative one is a {@link BadSpec.InvalidShutdown}
   */
  record Within(Duration time) implements Shutdown {
    /** A time in which to end. */
    public Within {
      requireNonNull(time, "time");
    }

    @Override
    public String toString() {
      return time.toString();
    }
  }

  /** By {@code shutdown}, however long it takes: right for supervisors. */
  record Infinity() implements Shutdown {
    @Override
    public String toString() {
      return "infinity";
    }
  }
}
