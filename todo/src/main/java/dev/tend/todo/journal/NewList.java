package dev.tend.todo.journal;

import dev.tend.todo.list.Limits;
import java.time.Instant;

/**
 * The wish to have a list.
 *
 * @param origin its command id is unique for its owner; the actor is the owner
 * @param existingIsFine true: a list of that name is the answer (find or create); false: it is a
 *     {@link Created.NameTaken}
 */
public record NewList(
    String owner, String name, Instant at, Origin origin, boolean existingIsFine) {
  /** There is none with a name that no list can have: making one throws {@code InvalidField}. */
  public NewList {
    name = Limits.name(name);
  }
}
