package dev.tend.otp.process;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What can be seen of a process from outside, at one moment.
 *
 * @param name under which it was started, or null
 * @param label what the process itself says of what it does, or null
 * @param kind what runs in it
 * @param starter the process that started it; in a supervision tree, its supervisor
 * @param since when it was started
 * @param handlingFor how long, at least, a behaviour has been handling one event, or null. Known
 *     only once the {@link WatchDog} has looked at it twice
 * @param restarts how many children a supervisor has restarted
 * @param mailbox how many messages wait
 * @param mailboxLimit how many may; {@link StartOptions#UNBOUNDED} for any number
 * @param monitors how many processes it watches
 */
public record ProcessInfo(
    Pid<?> pid,
    @Nullable ServerName<?> name,
    @Nullable String label,
    String kind,
    @Nullable Pid<?> starter,
    Instant since,
    Status status,
    @Nullable Duration handlingFor,
    int restarts,
    int mailbox,
    int mailboxLimit,
    int links,
    int monitors,
    int timers) {

  /** What a process is doing. */
  public enum Status {
    /** In {@code init}. */
    STARTING,
    RUNNING,
    /** For a message. */
    WAITING,
    /** The same, with as little memory as can be; until the next message. */
    HIBERNATING
  }

  @Override
  public String toString() {
    return (name == null ? "" : name + " ")
        + pid
        + " "
        + kind
        + (label == null ? "" : " (" + label + ")")
        + " "
        + status.name().toLowerCase(java.util.Locale.ROOT)
        + (handlingFor == null ? "" : " one event for " + handlingFor.toSeconds() + " s or more")
        + (restarts == 0 ? "" : ", restarts: " + restarts);
  }
}
