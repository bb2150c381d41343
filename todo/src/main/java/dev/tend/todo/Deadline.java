package dev.tend.todo;

import java.time.Duration;

/**
 * Until when someone waits for an answer. A list does not begin a request whose deadline has
 * passed: its client has been told that nothing happened.
 */
public record Deadline(long nanoTime) {

  public static Deadline in(Duration time) {
    return new Deadline(System.nanoTime() + time.toNanos());
  }

  public boolean hasPassed() {
    return left().isZero();
  }

  /** Zero once it has passed. */
  public Duration left() {
    return Duration.ofNanos(Math.max(0, nanoTime - System.nanoTime()));
  }
}
