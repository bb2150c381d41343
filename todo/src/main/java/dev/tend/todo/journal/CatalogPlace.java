package dev.tend.todo.journal;

/**
 * Where a page of the catalogue ends: names order it, and ids the namesakes in the trash.
 *
 * @param name of the last list of the page
 * @param id of that list
 */
public record CatalogPlace(String name, String id) {
  /** Before the first. */
  public static final CatalogPlace BEGIN = new CatalogPlace("", "");

  public static CatalogPlace of(CatalogEntry last) {
    return new CatalogPlace(last.name(), last.id().value());
  }
}
