package dev.tend.todo;

import dev.tend.todo.journal.CatalogEntry;
import dev.tend.todo.list.Entry;
import dev.tend.todo.list.TodoList;

/** A list as everyone sees it: durable, whole, at one revision. */
public record Published(CatalogEntry catalog, TodoList list) {

  /** The strong validator of the whole list: incarnation, revision, and its catalogue entry's. */
  public String etag() {
    return catalog.incarnation() + "-" + list.revision() + "-" + catalog.revision();
  }

  /** The strong validator of one entry: incarnation, and the revision that last changed it. */
  public String etag(Entry entry) {
    return entryTag(catalog, entry);
  }

  static String entryTag(CatalogEntry catalog, Entry entry) {
    return catalog.incarnation() + "-" + entry.revision();
  }
}
