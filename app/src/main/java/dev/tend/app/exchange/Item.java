package dev.tend.app.exchange;

import dev.tend.todo.list.Draft;

/** What was found in a file, one after the other. */
public sealed interface Item {
  /** The line it begins on; the first is 1. */
  long line();

  /** An entry. */
  record Good(long line, Draft draft) implements Item {}

  /** What is whole and to be no entry: it was called off. */
  record Cancelled(long line) implements Item {}

  /** What is to be an entry and is none. */
  record Broken(long line, String why) implements Item {}

  /** What cannot be read, nor anything after it. */
  record End(long line, String why) implements Item {}
}
