package dev.tend.web;

import java.time.LocalDate;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The members of a JSON object that a client sent, asked for one by one. All methods throw a {@link
 * Refusal} that names the member.
 */
final class Members {
  private final ObjectNode object;
  private final Set<String> asked = new HashSet<>();

  Members(ObjectNode object) {
    this.object = object;
  }

  boolean has(String name) {
    asked.add(name);
    return object.has(name);
  }

  boolean isNull(String name) {
    return has(name) && object.get(name).isNull();
  }

  String text(String name) {
    @Nullable JsonNode value = member(name);
    if (value == null) {
      throw bad(name, "It is missing.");
    }
    if (!value.isString()) {
      throw bad(name, "A string is expected.");
    }
    return value.stringValue();
  }

  String text(String name, String otherwise) {
    return has(name) ? text(name) : otherwise;
  }

  boolean truth(String name, boolean otherwise) {
    @Nullable JsonNode value = member(name);
    if (value == null) {
      return otherwise;
    }
    if (!value.isBoolean()) {
      throw bad(name, "true or false is expected.");
    }
    return value.booleanValue();
  }

  /** A positive number. */
  long number(String name) {
    @Nullable JsonNode value = member(name);
    if (value == null
        || !value.isIntegralNumber()
        || !value.canConvertToLong()
        || value.longValue() < 1) {
      throw bad(name, "A positive number is expected.");
    }
    return value.longValue();
  }

  /** The number of an entry: {@code id}. */
  int id() {
    long id = number("id");
    if (id > Integer.MAX_VALUE) {
      throw Exchange.noSuchEntry();
    }
    return (int) id;
  }

  ArrayNode array(String name) {
    if (member(name) instanceof ArrayNode array) {
      return array;
    }
    throw bad(name, "An array is expected.");
  }

  ObjectNode object(String name) {
    if (member(name) instanceof ObjectNode value) {
      return value;
    }
    throw bad(name, "An object is expected.");
  }

  /** Empty if it is missing or null. */
  Optional<LocalDate> date(String name) {
    return isNull(name) || !has(name)
        ? Optional.empty()
        : Optional.of(Dates.read(name, text(name)));
  }

  /** There must be no member that has not been asked for. */
  void noOthers() {
    for (String name : object.propertyNames()) {
      if (!asked.contains(name)) {
        throw bad(name, "There is no such field, or it cannot be set.");
      }
    }
  }

  private @Nullable JsonNode member(String name) {
    asked.add(name);
    return object.get(name);
  }

  private static Refusal bad(String name, String detail) {
    return new Refusal(Problem.INVALID, detail).about(name);
  }
}
