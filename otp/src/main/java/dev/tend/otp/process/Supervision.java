package dev.tend.otp.process;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a supervisor looks after, as seen from outside, without asking it: it can be seen while the
 * supervisor restarts someone. Each child is seen at its own moment.
 *
 * @param strategy as OTP writes it: {@code one_for_one}, …
 * @param maxRestarts how many restarts within the period are not too many
 * @param children how many there are, running or to be restarted
 * @param shown the first of them, in the order of their start; none of a dynamic supervisor's
 */
public record Supervision(
    String strategy, int maxRestarts, Duration period, int children, List<Kept> shown) {

  /**
   * A child.
   *
   * @param pid its process, if it has one
   * @param restarts how often it has been started again
   */
  public record Kept(
      Object id, boolean supervisor, State state, Optional<Pid<?>> pid, int restarts) {}

  /** What a child is, for its supervisor. */
  public enum State {
    RUNNING,
    /** It has ended and is being started again. */
    RESTARTING,
    /** Nothing is to run. */
    STOPPED
  }
}
