package dev.tend.todo;

import dev.tend.todo.journal.CatalogEntry;
import dev.tend.todo.journal.JournalRecord;
import dev.tend.todo.journal.ListId;
import java.util.List;

/** What subscribers of a list are sent, as plain messages. */
public sealed interface ListEvent {

  /** These changes, without gaps, are durable. */
  record Changed(CatalogEntry list, List<JournalRecord> records) implements ListEvent {}

  /** Its server has started; the journal ends with this revision. */
  record Loaded(CatalogEntry list, long revision) implements ListEvent {}

  /** It has crashed too often, and is left alone for a while. */
  record Rests(ListId list) implements ListEvent {}

  /** It was created, renamed, deleted or restored. */
  record Catalogued(CatalogEntry list) implements ListEvent {}

  /** The catalogue was opened anew: what it did last may not have been told. */
  record Reopened() implements ListEvent {}
}
