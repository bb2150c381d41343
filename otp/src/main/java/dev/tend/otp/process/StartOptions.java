package dev.tend.otp.process;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a process is started. Immutable; begin with {@link #defaults()}.
 *
 * @param name registered before {@code init} runs, or null
 * @param timeout how long {@code init} may take; the start then fails and the process is killed
 * @param platformThread whether it has one platform thread for all its callbacks, for life
 * @param time its time source, or null for its starter's
 */
public record StartOptions(
    @Nullable ServerName<?> name,
    Duration timeout,
    boolean platformThread,
    @Nullable TimeSource time) {
  private static final StartOptions DEFAULTS =
      new StartOptions(null, Duration.ofSeconds(Long.MAX_VALUE), false, null);

  /** No name, no time limit, virtual threads, the starter's time. */
  public static StartOptions defaults() {
    return DEFAULTS;
  }

  /** {@link #defaults()} under a name. */
  public static StartOptions named(ServerName<?> name) {
    return DEFAULTS.withName(name);
  }

  public StartOptions withName(ServerName<?> newName) {
    return new StartOptions(newName, timeout, platformThread, time);
  }

  public StartOptions withTimeout(Duration newTimeout) {
    return new StartOptions(name, newTimeout, platformThread, time);
  }

  /** For a process that blocks in native code or holds a processor for long. */
  public StartOptions onPlatformThread() {
    return new StartOptions(name, timeout, true, time);
  }

  public StartOptions withTime(TimeSource newTime) {
    return new StartOptions(name, timeout, platformThread, newTime);
  }
}
