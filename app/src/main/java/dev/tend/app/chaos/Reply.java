package dev.tend.app.chaos;

import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the server has answered.
 *
 * @param revision that it has made of the list, 0 where it does not say
 * @param body an empty object where there is none
 */
record Reply(int status, long revision, Optional<String> etag, ObjectNode body) {

  boolean isGood() {
    return status < 400;
  }

  /** Whatever the request was, it is worth another attempt. */
  boolean isForLater() {
    return status == 503 || status == 504;
  }
}
