package dev.tend.web;

import dev.tend.todo.Published;
import dev.tend.todo.journal.CatalogEntry;
import dev.tend.todo.journal.JournalRecord;
import dev.tend.todo.journal.ListId;
import dev.tend.todo.list.Change;
import dev.tend.todo.list.Draft;
import dev.tend.todo.list.Entry;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What lists and entries look like from outside. */
final class View {
  private View() {}

  static String url(ListId list) {
    return Api.LISTS + "/" + list;
  }

  static String url(ListId list, int entry) {
    return url(list) + "/entries/" + entry;
  }

  /** A list as the catalogue knows it. */
  static ObjectNode of(CatalogEntry list) {
    ObjectNode view =
        Json.object()
            .put("id", list.id().value())
            .put("name", list.name())
            .put("created", list.created().toString())
            .put("url", url(list.id()));
    @Nullable Instant deleted = list.deleted();
    return deleted == null ? view : view.put("deleted", deleted.toString());
  }

  /** A list that has been read. */
  static ObjectNode of(Published list) {
    return of(list.catalog())
        .put("entries", url(list.catalog().id()) + "/entries")
        .put("incarnation", list.catalog().incarnation())
        .put("revision", list.list().revision())
        .put("size", list.list().size())
        .put("open", list.list().open());
  }

  /** A line of a list's history; the entry as it was then, where the line is about one. */
  static ObjectNode of(JournalRecord record) {
    ObjectNode view =
        Json.object()
            .put("revision", record.revision())
            .put("at", record.at().toString())
            .put("actor", record.origin().actor())
            .put("channel", record.origin().channel())
            .put("command", record.origin().commandId());
    return switch (record.change()) {
      case Change.Added(Entry entry) -> with(view.put("kind", "added"), entry);
      case Change.Updated(Entry entry) -> with(view.put("kind", "updated"), entry);
      case Change.Restored(Entry entry) -> with(view.put("kind", "restored"), entry);
      case Change.Deleted(int id) -> view.put("kind", "deleted").put("id", id);
      case Change.Leaving(int id, Draft _, String to) ->
          view.put("kind", "leaving").put("id", id).put("to", to);
      case Change.Staying(int id) -> view.put("kind", "staying").put("id", id);
      case Change.Cleared() -> view.put("kind", "cleared");
    };
  }

  private static ObjectNode with(ObjectNode view, Entry entry) {
    view.put("id", entry.id()).set("entry", of(entry));
    return view;
  }

  /** An entry; its tag is as {@code If-Match} takes it. */
  static ObjectNode of(Entry entry, String etag) {
    return of(entry).put("etag", Tags.quoted(etag));
  }

  private static ObjectNode of(Entry entry) {
    @Nullable LocalDate date = entry.date();
    return Json.object()
        .put("id", entry.id())
        .put("date", date == null ? null : date.toString())
        .put("title", entry.title())
        .put("done", entry.done())
        .put("notes", entry.notes())
        .put("revision", entry.revision());
  }
}
