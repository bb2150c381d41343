package dev.tend.otp.process;

import java.time.Duration;

/**
 * A moment by which several waits together have to be over ({@code {abs, Time}}), by the time of
 * the process that set it: give each wait what is {@link #left}.
 */
public final class Deadline {
  private final TimeSource time;
  private final long moment;

  private Deadline(TimeSource time, long moment) {
    this.time = time;
    this.moment = moment;
  }

  /** So long from now. */
  public static Deadline in(Duration timeout) {
    TimeSource time = Processes.time();
    return new Deadline(time, time.momentAfter(timeout));
  }

  /** How long it is until then; zero when it has passed. */
  public Duration left() {
    return Duration.ofNanos(Math.max(0, moment - time.nanoTime()));
  }
}
