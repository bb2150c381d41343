package dev.tend.otp.process;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a process is started. Immutable; begin with {@link #defaults()}.
 *
 * @param name registered before {@code init} runs, or null
 * @param timeout how long {@code init} may take; the start then fails and the process is killed
 * @param platformThread whether it has one platform thread for all its callbacks, for life
 * @param time its time source, or null for its starter's
 * @param mailboxLimit how many calls, casts and messages may wait; {@link #UNBOUNDED} for any
 *     number
 * @param hibernateAfter how long a behaviour that has asked for nothing else waits for a message
 *     before it hibernates ({@code hibernate_after}), or null for never
 */
public record StartOptions(
    @Nullable ServerName<?> name,
    Duration timeout,
    boolean platformThread,
    @Nullable TimeSource time,
    int mailboxLimit,
    @Nullable Duration hibernateAfter) {

  /** The limit of a mailbox that has none. */
  public static final int UNBOUNDED = Integer.MAX_VALUE;

  private static final StartOptions DEFAULTS =
      new StartOptions(null, TimeSource.FOR_EVER, false, null, UNBOUNDED, null);

  /**
   * @throws IllegalArgumentException if the limit is less than one
   */
  public StartOptions {
    Objects.requireNonNull(timeout, "timeout");
    if (mailboxLimit < 1) {
      throw new IllegalArgumentException("mailboxLimit is less than one: " + mailboxLimit);
    }
  }

  /** No name, no time limit, virtual threads, the starter's time, an unbounded mailbox. */
  public static StartOptions defaults() {
    return DEFAULTS;
  }

  /** {@link #defaults()} under a name. */
  public static StartOptions named(ServerName<?> name) {
    return DEFAULTS.withName(name);
  }

  public StartOptions withName(ServerName<?> newName) {
    return new StartOptions(
        Objects.requireNonNull(newName, "name"),
        timeout,
        platformThread,
        time,
        mailboxLimit,
        hibernateAfter);
  }

  public StartOptions withTimeout(Duration newTimeout) {
    return new StartOptions(name, newTimeout, platformThread, time, mailboxLimit, hibernateAfter);
  }

  /** For a process that blocks in native code or holds a processor for long. */
  public StartOptions onPlatformThread() {
    return new StartOptions(name, timeout, true, time, mailboxLimit, hibernateAfter);
  }

  public StartOptions withTime(TimeSource newTime) {
    return new StartOptions(name, timeout, platformThread, newTime, mailboxLimit, hibernateAfter);
  }

  /**
   * Bounds the mailbox: a call, cast or message beyond the limit is refused in its sender ({@link
   * CallFailed.Refusal#MAILBOX_FULL}), never dropped in silence. Exit signals, {@link Down}, {@link
   * Answered}, timers and system messages always fit. A call counts until the server comes to it,
   * even if its caller has given up.
   */
  public StartOptions withMailboxLimit(int limit) {
    return new StartOptions(name, timeout, platformThread, time, limit, hibernateAfter);
  }

  public StartOptions withHibernateAfter(Duration idle) {
    return new StartOptions(name, timeout, platformThread, time, mailboxLimit, idle);
  }
}
