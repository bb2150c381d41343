package dev.tend.todo.journal;

import dev.tend.todo.list.Limits;
import java.time.Instant;

/**
 * A change of which lists there are, or how one is called. Its command id is unique for an owner.
 */
public sealed interface CatalogWish {

  String owner();

  Instant at();

  Origin origin();

  /**
   * To have a list.
   *
   * @param existingIsFine true: a list of that name is the answer (find or create); false: it is a
   *     {@link Catalogued.NameTaken}
   */
  record NewList(String owner, String name, Instant at, Origin origin, boolean existingIsFine)
      implements CatalogWish {
    /** There is none with a name that no list can have: making one throws {@code InvalidField}. */
    public NewList {
      name = Limits.name(name);
    }
  }

  /** A change of one list's catalogue entry. */
  sealed interface OfOne extends CatalogWish {
    ListId id();

    /** The revision that the entry must have; 0 for any. */
    long follows();
  }

  /** To call a list otherwise. */
  record Rename(String owner, ListId id, String name, long follows, Instant at, Origin origin)
      implements OfOne {
    /** There is none with a name that no list can have: making one throws {@code InvalidField}. */
    public Rename {
      name = Limits.name(name);
    }
  }

  /** To put a list into the trash, where it has no name to itself and answers no request. */
  record Delete(String owner, ListId id, long follows, Instant at, Origin origin)
      implements OfOne {}

  /** To take a list out of the trash; its name must be free. */
  record Restore(String owner, ListId id, long follows, Instant at, Origin origin)
      implements OfOne {}
}
