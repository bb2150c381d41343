package dev.tend.todo.journal;

/** What became of one {@link NewList}. */
public sealed interface Created {

  /** The list is durable. {@code fresh} is false if the same command, or the same name, made it. */
  record Made(CatalogEntry entry, boolean fresh) implements Created {}

  record NameTaken(CatalogEntry by) implements Created {}

  /** The same command id came before with another body. */
  record KeyReused() implements Created {}
}
