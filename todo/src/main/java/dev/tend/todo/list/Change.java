package dev.tend.todo.list;

/**
 * What one revision of a list did. A change carries the outcome, not the wish, so that replaying it
 * needs no rule that could differ between versions.
 */
public sealed interface Change {

  /** A new entry, whole. Its {@code revision} is that of the record that carries the change. */
  record Added(Entry entry) implements Change {}

  /** An entry's new content, whole. */
  record Updated(Entry entry) implements Change {}

  record Deleted(int id) implements Change {}

  /** An entry that had been deleted or cleared is there again, under its own id. */
  record Restored(Entry entry) implements Change {}

  /** Every entry removed. Ids go on from where they were. */
  record Cleared() implements Change {}

  /**
   * An entry is on its way to another list. It stays here until it is there; then it is {@link
   * Deleted}, or it is {@link Staying} if it cannot go.
   *
   * @param what what goes
   * @param to the id of the list it goes to
   */
  record Leaving(int id, Draft what, String to) implements Change {}

  /** An entry that was leaving cannot, and is an entry like any other again. */
  record Staying(int id) implements Change {}
}
