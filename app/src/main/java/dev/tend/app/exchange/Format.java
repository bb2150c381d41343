package dev.tend.app.exchange;

import dev.tend.todo.list.Draft;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.time.Instant;
import java.util.function.Consumer;

/** How a list is written into a file. */
public sealed interface Format permits Json, Csv, TodoTxt, ICalendar, Lines {

  /** The list that is written. */
  record About(String id, String name, Instant at) {}

  /** A file being written. */
  interface Sheet {
    /**
     * Writes one entry.
     *
     * @param number of the entry in its list
     */
    void add(int number, Draft entry) throws IOException;

    /** Writes what comes last; the writer below stays open. */
    void end() throws IOException;
  }

  /** Reads a text to its end, or to the first {@link Item.End}. */
  void read(Reader text, Consumer<Item> to) throws IOException;

  /** Begins a file. */
  Sheet write(About list, Writer to) throws IOException;

  /** What is left of an entry that is written and read again: all, or less. */
  Draft held(Draft entry);
}
