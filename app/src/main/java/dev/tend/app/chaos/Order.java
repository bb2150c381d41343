package dev.tend.app.chaos;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A request for one change, as often as it takes.
 *
 * @param shelf the list, or null where one is to be made
 * @param entry the number of the entry that it is about, 0 where there is none yet
 * @param tag for {@code If-Match}, or null
 * @param to where the entry is to go, or null
 */
record Order(
    Kind kind,
    @Nullable Shelf shelf,
    int entry,
    String key,
    String method,
    String path,
    @Nullable ObjectNode body,
    @Nullable String tag,
    @Nullable Shelf to) {

  /** In the list of the deed's; by its name where there is no list yet. */
  Deed deed(int client, long asked, Fate fate) {
    return new Deed(
        client,
        kind,
        shelf == null ? key : shelf.id(),
        to == null ? null : to.id(),
        key,
        asked,
        fate);
  }
}
