package dev.tend.app.chaos;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What a client has been told of a change, at last. */
sealed interface Fate {

  /**
   * It is done.
   *
   * @param told when the answer came, in nanoseconds of this JVM
   * @param revision of the list; of the other list, if it was a move; 0 for a new list
   * @param entry as the change has left it, or null
   * @param etag of that entry
   */
  record Acknowledged(long told, long revision, @Nullable ObjectNode entry, Optional<String> etag)
      implements Fate {}

  /** Nothing has happened, and the client has left it at that: 503 to each attempt. */
  record Refused() implements Fate {}

  /** It cannot be: the entry is gone, has another version, or there is nothing to undo. */
  record Denied(int status) implements Fate {}

  /** At least one attempt had no answer that says, and the client has left it at that. */
  record Unknown() implements Fate {}
}
