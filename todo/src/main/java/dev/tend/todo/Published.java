package dev.tend.todo;

import dev.tend.todo.journal.CatalogEntry;
import dev.tend.todo.list.Entry;
import dev.tend.todo.list.TodoList;
import java.lang.ref.SoftReference;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A list as everyone sees it: durable, whole, at one revision. Immutable, but for the form that it
 * carries for its readers.
 */
public final class Published {
  private final CatalogEntry catalog;
  private final TodoList list;
  private final String etag;
  private volatile SoftReference<@Nullable Object> form = new SoftReference<>(null);

  public Published(CatalogEntry catalog, TodoList list) {
    this.catalog = catalog;
    this.list = list;
    this.etag = catalog.incarnation() + "-" + list.revision() + "-" + catalog.revision();
  }

  public CatalogEntry catalog() {
    return catalog;
  }

  public TodoList list() {
    return list;
  }

  /** The strong validator of the whole list: incarnation, revision, and its catalogue entry's. */
  public String etag() {
    return etag;
  }

  /** The strong validator of one entry: incarnation, and the revision that last changed it. */
  public String etag(Entry entry) {
    return entryTag(catalog, entry);
  }

  static String entryTag(CatalogEntry catalog, Entry entry) {
    return catalog.incarnation() + "-" + entry.revision();
  }

  /** What has been made of this list by {@link #form(Class, Function)}, if it is at hand. */
  public <F> Optional<F> form(Class<F> type) {
    return Optional.ofNullable(form.get()).filter(type::isInstance).map(type::cast);
  }

  /**
   * What a reader makes of this list to show it, made by the first who asks while others wait. It
   * goes when the list is published anew, and before memory gets short; then the next who asks
   * makes it again. There is room for one.
   *
   * @param make must depend on nothing but the list
   */
  public <F> F form(Class<F> type, Function<Published, F> make) {
    Optional<F> made = form(type);
    if (made.isPresent()) {
      return made.get();
    }
    synchronized (this) {
      return form(type)
          .orElseGet(() -> {
            F fresh = make.apply(this);
            form = new SoftReference<>(fresh);
            return fresh;
          });
    }
  }
}
