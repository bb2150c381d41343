package dev.tend.otp.process;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the watch-dog sees of one behaviour. The behaviour only counts the beginnings and ends of
 * its handlers; an odd count that the watch-dog sees twice is one handler, and it keeps the time.
 */
final class Watched {
  private static final VarHandle COUNT;

  static {
    try {
      COUNT = MethodHandles.lookup().findVarHandle(Watched.class, "count", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** Written by the behaviour's thread of the moment. */
  private int count;

  private volatile @Nullable Sighting sighting;

  /**
   * A handler that was running at this moment.
   *
   * @param told whether it has been reported
   */
  private record Sighting(int count, long since, boolean told) {}

  void begins() {
    COUNT.setOpaque(this, count + 1);
  }

  void ends() {
    COUNT.setOpaque(this, count + 1);
  }

  private int count() {
    return (int) COUNT.getOpaque(this);
  }

  private static boolean isHandling(int count) {
    return (count & 1) == 1;
  }

  /**
   * Looks once. Only the watch-dog does.
   *
   * @param limit in nanoseconds
   * @return how long the handler has run at least, if that is beyond the limit for the first time
   */
  Optional<Duration> look(long now, long limit) {
    int seen = count();
    if (!isHandling(seen)) {
      return Optional.empty();
    }
    Sighting before = sighting;
    if (before == null || before.count != seen) {
      sighting = new Sighting(seen, now, false);
      return Optional.empty();
    }
    long running = now - before.since;
    if (before.told || running < limit) {
      return Optional.empty();
    }
    sighting = new Sighting(seen, before.since, true);
    return Optional.of(Duration.ofNanos(running));
  }

  /** Whether the handler that was last looked at still runs. */
  boolean isStillHandling() {
    Sighting last = sighting;
    return last != null && last.count == count();
  }

  /** How long it has been handling one event, at least; null if it is not, or not for long. */
  @Nullable Duration handlingFor() {
    Sighting last = sighting;
    return last != null && last.count == count()
        ? Duration.ofNanos(System.nanoTime() - last.since)
        : null;
  }
}
