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

  /** Every entry removed. Ids go on from where they were. */
  record Cleared() implements Change {}
}
