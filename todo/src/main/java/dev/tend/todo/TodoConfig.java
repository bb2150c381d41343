package dev.tend.todo;

import dev.tend.todo.journal.ListStore;
import java.time.Duration;
import java.util.Optional;

/**
 * What the system runs with.
 *
 * @param idle after how long without a request a list's process stops; the next request starts it
 * @param history for how long changes are kept that others have followed; empty: for ever
 * @param memory the bytes that all lists in memory may have, as {@link Headroom} reckons
 * @param check how long after all files were looked through for damage that is done again
 */
public record TodoConfig(
    ListStore store, Duration idle, long memory, Optional<Duration> history, Duration check) {

  /** A third of what Java may have. */
  public static final long SHARE = Runtime.getRuntime().maxMemory() / 3;

  /**
   * @throws IllegalArgumentException if history is to be kept for less than {@link Pruner#SHORTEST}
   */
  public TodoConfig {
    if (history.isPresent() && history.get().compareTo(Pruner.SHORTEST) < 0) {
      throw new IllegalArgumentException(
          "history is kept for " + Pruner.SHORTEST + " at least, not " + history.get());
    }
  }

  /** Ten minutes of idleness, as the book has it; all history; a check each day. */
  public static TodoConfig of(ListStore store) {
    return new TodoConfig(
        store, Duration.ofMinutes(10), SHARE, Optional.empty(), Duration.ofDays(1));
  }
}
