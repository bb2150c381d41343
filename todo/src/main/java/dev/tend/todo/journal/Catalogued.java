package dev.tend.todo.journal;

/** What became of one {@link CatalogWish}. */
public sealed interface Catalogued {

  /** It is durable now. */
  record Entered(CatalogEntry entry) implements Catalogued {}

  /** A list of that name is there, and that is fine. */
  record Exists(CatalogEntry entry) implements Catalogued {}

  /** The same command was carried out before; the entry is as it left it then. */
  record Repeated(CatalogEntry entry) implements Catalogued {}

  record NameTaken(CatalogEntry by) implements Catalogued {}

  /** There is none of that owner; or it is in the trash, or for a restoration, is not. */
  record NoSuchList() implements Catalogued {}

  /** The entry has another revision than the wish follows. */
  record Stale(CatalogEntry current) implements Catalogued {}

  /** The same command id came before with another body. */
  record KeyReused() implements Catalogued {}
}
