package dev.tend.todo;

import dev.tend.todo.journal.CatalogEntry;
import dev.tend.todo.journal.JournalRecord;
import java.util.List;

/** What subscribers of a list are sent, as plain messages. */
public sealed interface ListEvent {

  CatalogEntry list();

  /** These changes, without gaps, are durable. */
  record Changed(CatalogEntry list, List<JournalRecord> records) implements ListEvent {}

  /** Its server has started; the journal ends with this revision. */
  record Loaded(CatalogEntry list, long revision) implements ListEvent {}

  /** It was created, renamed, deleted or restored. */
  record Catalogued(CatalogEntry list) implements ListEvent {}
}
