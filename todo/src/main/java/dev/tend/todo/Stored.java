package dev.tend.todo;

/** What a process that writes to the store answers. A store error is an answer, not a crash. */
public sealed interface Stored<V> {

  /**
   * Done, and durable if it was a change.
   *
   * @param epoch of the opening that did it
   */
  record Done<V>(long epoch, V value) implements Stored<V> {}

  /** Nothing was done. */
  record Unavailable<V>(Hindrance why) implements Stored<V> {}

  /** It may have been done or not; the next opening knows. */
  record Unknown<V>(Hindrance why) implements Stored<V> {}
}
