package dev.tend.todo.journal;

import java.util.List;

/**
 * Records to be added to one list's journal, all or none.
 *
 * @param follows the revision that the writer believes to be the journal's last; 0 for none
 * @param records at least one, numbered from {@code follows + 1} without gaps
 */
public record Append(ListId list, long follows, List<JournalRecord> records) {
  public Append {
    records = List.copyOf(records);
  }
}
