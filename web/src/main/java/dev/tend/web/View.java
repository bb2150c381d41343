package dev.tend.web;

import dev.tend.todo.Published;
import dev.tend.todo.journal.CatalogEntry;
import dev.tend.todo.journal.ListId;
import dev.tend.todo.list.Entry;
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
    return Json.object()
        .put("id", list.id().value())
        .put("name", list.name())
        .put("created", list.created().toString())
        .put("url", url(list.id()));
  }

  /** A list that has been read. */
  static ObjectNode of(Published list) {
    return of(list.catalog())
        .put("entries", url(list.catalog().id()) + "/entries")
        .put("revision", list.list().revision())
        .put("size", list.list().size());
  }

  /** An entry; its tag is as {@code If-Match} takes it. */
  static ObjectNode of(Entry entry, String etag) {
    @Nullable LocalDate date = entry.date();
    return Json.object()
        .put("id", entry.id())
        .put("date", date == null ? null : date.toString())
        .put("title", entry.title())
        .put("done", entry.done())
        .put("notes", entry.notes())
        .put("revision", entry.revision())
        .put("etag", Tags.quoted(etag));
  }
}
