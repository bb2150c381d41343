package dev.tend.app.client;

import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the server has answered.
 *
 * @param revision of the list, where the request has changed it
 * @param body an empty object where there is none
 */
record Reply(int status, OptionalLong revision, ObjectNode body) {

  boolean isGood() {
    return status < 400;
  }

  /** The server's own words on what is wrong. */
  String complaint() {
    return text("detail").or(() -> text("title")).orElse("the server answered " + status);
  }

  private Optional<String> text(String member) {
    return Optional.ofNullable(body.get(member))
        .filter(JsonNode::isString)
        .map(JsonNode::stringValue);
  }
}
