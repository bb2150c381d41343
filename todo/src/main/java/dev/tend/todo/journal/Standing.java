package dev.tend.todo.journal;

import java.util.List;

/**
 * What a list's records have made of it, but for its entries.
 *
 * @param revision the journal's last; 0 where it has no record
 * @param nextEntry the number of the next new entry
 * @param since the revision that history begins with: of what came before, only what it made of the
 *     list is known; 0 where nothing was dropped
 * @param leaving the records of entries that are on their way to other lists
 */
public record Standing(long revision, int nextEntry, long since, List<JournalRecord> leaving) {
  public Standing {
    leaving = List.copyOf(leaving);
  }
}
