package dev.tend.todo;

import dev.tend.todo.journal.ListStore;
import java.time.Duration;

/**
 * What the system runs with.
 *
 * @param idle after how long without a request a list's process stops; the next request starts it
 */
public record TodoConfig(ListStore store, Duration idle) {

  /** Ten minutes of idleness, as the book has it. */
  public static TodoConfig of(ListStore store) {
    return new TodoConfig(store, Duration.ofMinutes(10));
  }
}
