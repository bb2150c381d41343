package dev.tend.web;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Values for a request: now and then what its schema asks for, else anything else. */
final class Nonsense {
  private static final List<String> WORDS =
      List.of(
          "x",
          "<script>alert(1)</script>",
          "'); DROP TABLE list; --",
          "../../etc/passwd",
          "2026-12-04",
          "2026-02-30",
          "\u202eright to left",
          "e\u0301\ud83d\udc69\u200d\ud83d\ude80",
          "\u0000\n\t",
          "0".repeat(32),
          "long ".repeat(2_500),
          "true",
          "-1",
          "99999999999999999999",
          " ");

  private final Random random;
  private final JsonNode document;

  Nonsense(Random random, JsonNode document) {
    this.random = random;
    this.document = document;
  }

  private <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  private JsonNode resolved(JsonNode node) {
    return node.has("$ref") ? document.at(node.get("$ref").stringValue().substring(1)) : node;
  }

  /** A word that can stand in a path. */
  String word() {
    return one(
        List.of("0".repeat(32), "x", "1", "999999999", "%20", "a%3Fb", "-1", "%F0%9F%9B%92"));
  }

  String query(JsonNode operation) {
    StringBuilder query = new StringBuilder();
    for (JsonNode reference : operation.path("parameters")) {
      JsonNode parameter = resolved(reference);
      if (parameter.get("in").stringValue().equals("query") && random.nextInt(3) == 0) {
        query
            .append(query.isEmpty() ? "?" : "&")
            .append(parameter.get("name").stringValue())
            .append('=')
            .append(
                URLEncoder.encode(text(value(parameter.get("schema"), 0)), StandardCharsets.UTF_8));
      }
    }
    return query.toString();
  }

  private static String text(JsonNode value) {
    return value.isString() ? value.stringValue() : value.toString();
  }

  /** Headers with which a change is well-formed, or not quite. */
  String[] headers() {
    return switch (random.nextInt(8)) {
      case 0 ->
          new String[] {"If-Match", one(List.of("*", "\"x\"", "x", "W/\"x\"", "\"a\", \"b\""))};
      case 1 -> new String[] {"Idempotency-Key", one(List.of("k1", "a b", "x".repeat(256), "k2"))};
      case 2 -> new String[] {"If-None-Match", one(List.of("*", "\"x\"", "x"))};
      case 3 -> new String[] {"Content-Type", one(List.of("text/plain", "application/xml"))};
      default -> new String[] {"Accept", "application/json"};
    };
  }

  String body(JsonNode operation) {
    for (JsonNode content : operation.path("requestBody").path("content")) {
      return switch (random.nextInt(10)) {
        case 0 -> one(List.of("", "{", "null", "[]", "{\"a\": NaN}", "{}{}", "\ufeff{}"));
        case 1 -> value(content.get("schema"), 0).toString().replace(':', ' ');
        default -> value(content.get("schema"), 0).toString();
      };
    }
    return "";
  }

  private JsonNode value(JsonNode schemaOrReference, int depth) {
    JsonMapper json = JsonMapper.shared();
    JsonNode schema = resolved(schemaOrReference);
    if (random.nextInt(8) == 0 || depth > 5) {
      return switch (random.nextInt(5)) {
        case 0 -> json.createObjectNode().nullNode();
        case 1 -> json.createObjectNode().numberNode(random.nextLong());
        case 2 -> json.createArrayNode();
        case 3 -> json.createObjectNode().put(one(WORDS), one(WORDS));
        default -> json.createObjectNode().stringNode(one(WORDS));
      };
    }
    String type = schema.path("type").isArray() ? first(schema) : schema.path("type").asString("");
    return switch (type) {
      case "object" -> object(schema, depth);
      case "array" -> {
        ArrayNode array = json.createArrayNode();
        for (int i = random.nextInt(4); i > 0; i--) {
          array.add(value(schema.get("items"), depth + 1));
        }
        yield array;
      }
      case "integer" -> json.createObjectNode().numberNode(random.nextInt(-1, 5));
      case "boolean" -> json.createObjectNode().booleanNode(random.nextBoolean());
      default ->
          json.createObjectNode()
              .stringNode(
                  schema.path("format").asString("").equals("date") && random.nextBoolean()
                      ? "2026-12-04"
                      : one(WORDS));
    };
  }

  private static String first(JsonNode schema) {
    return schema.get("type").get(0).stringValue();
  }

  private ObjectNode object(JsonNode schema, int depth) {
    ObjectNode object = JsonMapper.shared().createObjectNode();
    List<String> names = new ArrayList<>(schema.path("properties").propertyNames());
    for (String name : names) {
      if (random.nextInt(3) > 0) {
        object.set(name, value(schema.get("properties").get(name), depth + 1));
      }
    }
    if (random.nextInt(10) == 0) {
      object.put(one(WORDS), true);
    }
    return object;
  }
}
