package dev.tend.todo;

import java.time.Duration;

/** How a read of a list ended: whole, or not at all. */
public sealed interface Reading {

  record Found(Published published) implements Reading {}

  record NoSuchList() implements Reading {}

  /** Not now. Never answered by an empty or partial list. */
  record Unavailable(Hindrance why, Duration retryAfter) implements Reading {}
}
