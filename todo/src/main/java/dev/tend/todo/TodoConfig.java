package dev.tend.todo;

import dev.tend.todo.journal.ListStore;
import java.time.Duration;

/**
 * What the system runs with.
 *
 * @param idle after how long without a request a list's process stops; the next request starts it
 * @param check how long after all files were looked through for damage that is done again
 */
public record TodoConfig(ListStore store, Duration idle, Duration check) {

  /** A check of the files each day. */
  public TodoConfig(ListStore store, Duration idle) {
    this(store, idle, Duration.ofDays(1));
  }

  /** Ten minutes of idleness, as the book has it. */
  public static TodoConfig of(ListStore store) {
    return new TodoConfig(store, Duration.ofMinutes(10));
  }
}
