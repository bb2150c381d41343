package dev.tend.todo.journal;

/** What became of one {@link Append} in a batch. */
public sealed interface Appended {

  /** Durable: written and synced. */
  record Committed(long head) implements Appended {}

  /** Not written: the journal's last revision is another one. */
  record Conflict(long head) implements Appended {}

  /** Not written, by a rule of the store; the rest of the batch is not touched by it. */
  record Refused(String reason) implements Appended {}
}
