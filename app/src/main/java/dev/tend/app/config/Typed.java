package dev.tend.app.config;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Values of settings where values have types: in TOML and in JSON. */
final class Typed {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private Typed() {}

  /** A value's text; empty if it is of another type. */
  static Optional<String> text(Kind.Form form, JsonNode value) {
    boolean fits =
        switch (form) {
          case TEXT, PATH -> value.isString();
          case NUMBER -> value.isIntegralNumber();
          case TEXTS -> value.isArray() && value.valueStream().allMatch(JsonNode::isString);
        };
    return fits
        ? Optional.of(form == Kind.Form.TEXTS ? joined(value) : value.asString())
        : Optional.empty();
  }

  private static String joined(JsonNode values) {
    return values.valueStream().map(JsonNode::asString).collect(Collectors.joining(","));
  }

  /** Of a text that has been judged. */
  static JsonNode value(Kind.Form form, String text) {
    return switch (form) {
      case TEXT, PATH -> JSON.stringNode(text);
      case NUMBER -> JSON.numberNode(Integer.parseInt(text));
      case TEXTS -> {
        ArrayNode all = JSON.arrayNode();
        List.of(text.split(",", -1)).stream()
            .map(String::strip)
            .filter(one -> !one.isEmpty())
            .forEach(all::add);
        yield all;
      }
    };
  }
}
