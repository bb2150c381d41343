package dev.tend.todo.journal;

import java.util.List;

/**
 * What a list's records have made of it, but for its entries.
 *
 * @param revision the journal's last; 0 where it has no record
 * @param nextEntry the number of the next new entry
 * @param leaving the records of entries that are on their way to other lists
 */
public record Standing(long revision, int nextEntry, List<JournalRecord> leaving) {
  public Standing {
    leaving = List.copyOf(leaving);
  }
}
