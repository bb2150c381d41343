package dev.tend.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.tend.otp.testkit.NoLeaks;
import dev.tend.web.TestServer.Reply;
import dev.tend.web.status.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What the description says is so. */
@ExtendWith(NoLeaks.class)
class OpenApiTest {
  private static final Set<String> METHODS = Set.of("get", "post", "patch", "delete", "put");

  @RegisterExtension final TestServer server = new TestServer();

  private JsonNode document;

  /** One operation of the document. */
  private record Operation(String path, String method, JsonNode json) {
    String name() {
      return method + " " + path;
    }

    boolean isStream() {
      return json.get("responses").path("200").path("content").has("text/event-stream");
    }
  }

  @BeforeEach
  void read() {
    document = server.get("/api/v1/openapi.json").json();
  }

  private List<Operation> operations() {
    List<Operation> operations = new ArrayList<>();
    document
        .get("paths")
        .properties()
        .forEach(path ->
            path.getValue()
                .properties()
                .forEach(operation -> {
                  if (METHODS.contains(operation.getKey())) {
                    operations.add(
                        new Operation(
                            path.getKey(),
                            operation.getKey().toUpperCase(java.util.Locale.ROOT),
                            operation.getValue()));
                  }
                }));
    return operations;
  }

  @Test
  void everyRouteIsAnOperationAndEveryOperationARoute() {
    Map<String, Set<String>> described = new TreeMap<>();
    for (Operation operation : operations()) {
      described.computeIfAbsent(operation.path(), _ -> new TreeSet<>()).add(operation.method());
    }
    Map<String, Set<String>> routes;
    try (Feeds feeds = new Feeds(Duration.ofSeconds(1))) {
      StatusRoutes status = new StatusRoutes(new Status(), feeds, TestServer.CONFIG);
      routes = Api.routes(new ListEvents(feeds), status).methods();
    }
    routes.keySet().removeIf(path -> !path.startsWith("/api/") && !path.startsWith("/health/"));
    assertThat(described).isEqualTo(routes);
  }

  @Test
  void everyReferenceLeadsSomewhereAndEveryOperationHasANameOfItsOwn() {
    Set<String> names = new TreeSet<>();
    for (Operation operation : operations()) {
      assertThat(names.add(operation.json().get("operationId").stringValue()))
          .as(operation.name())
          .isTrue();
    }
    document
        .findValues("$ref")
        .forEach(reference ->
            assertThat(document.at(reference.stringValue().substring(1)).isMissingNode())
                .as(reference.stringValue())
                .isFalse());
  }

  /** No operation names them: they are answered before it is known which one is meant. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "417 | GET /health/live HTTP/1.1 | Expect: tea",
        "426 | GET /health/live HTTP/2.0 | Accept: */*",
        "431 | GET /health/live HTTP/1.1 | X: LONG",
        "501 | GET /health/live HTTP/1.1 | Transfer-Encoding: gzip, chunked",
        "505 | GET /health/live HTTP/9.9 | Accept: */*"
      })
  void whatAnyRequestMayBeAnsweredIsDescribed(String status, String request, String header)
      throws Exception {
    String field = header.replace("LONG", "x".repeat(20_000));
    String answer =
        Raw.exchange(
            server.port, request + "\r\nHost: localhost\r\n" + field + "\r\n\r\n0\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
    assertThat(document.at("/info/description").stringValue()).contains(status);
  }

  // ---- examples ----

  /** Each example is sent, and answered with the first status and a body of the schema. */
  @Test
  void everyHindranceIsNamed() {
    assertThat(document.at("/components/schemas/Problem/properties/hindrance/enum"))
        .extracting(JsonNode::stringValue)
        .containsExactlyInAnyOrderElementsOf(Refusal.hindrances().toList());
  }

  @Test
  void everyExampleIsAnsweredAsItSays() {
    for (Operation operation : operations()) {
      if (operation.isStream() || operation.path().endsWith("/kill")) {
        continue; // EventsTest, StatusTest and KillTest look at those.
      }
      String list = server.list("of " + operation.name());
      server.entry(list, "milk");
      server.entry(list, "bread");
      if (operation.path().endsWith("/restore")) {
        server.delete(list);
      }
      String other = server.list("other than " + operation.name());
      String target =
          operation.path().replace("{id}", id(list)).replace("{n}", "1").replace("{pid}", pid());
      String body = example(operation).replace("0123456789abcdef0123456789abcdef", id(other));
      Reply reply =
          server.send(operation.method(), target + query(operation), body.isEmpty() ? null : body);
      String expected = operation.json().get("responses").propertyNames().iterator().next();
      assertThat(Integer.toString(reply.status()))
          .as(operation.name() + ": " + reply.response().body())
          .isEqualTo(expected);
      conforms(operation, reply);
    }
  }

  private String pid() {
    return server.get("/api/v1/status").json().get("tree").get("pid").stringValue();
  }

  private static String id(String list) {
    return list.substring(list.lastIndexOf('/') + 1);
  }

  private static String example(Operation operation) {
    for (JsonNode content : operation.json().path("requestBody").path("content")) {
      return content.get("example").toString();
    }
    return "";
  }

  private JsonNode resolved(JsonNode node) {
    return node.has("$ref") ? document.at(node.get("$ref").stringValue().substring(1)) : node;
  }

  private String query(Operation operation) {
    List<String> parts = new ArrayList<>();
    for (JsonNode reference : operation.json().path("parameters")) {
      JsonNode parameter = resolved(reference);
      if (parameter.get("in").stringValue().equals("query") && parameter.has("example")) {
        parts.add(parameter.get("name").stringValue() + "=" + parameter.get("example").asString());
      }
    }
    return parts.isEmpty() ? "" : "?" + String.join("&", parts);
  }

  /** The status is one that the operation names; body and type are what it says of it. */
  private void conforms(Operation operation, Reply reply) {
    String what = operation.name() + " → " + reply.status() + " " + reply.response().body();
    JsonNode described = operation.json().get("responses").path("" + reply.status());
    assertThat(described.isMissingNode()).as(what).isFalse();
    JsonNode response = resolved(described);
    response
        .path("headers")
        .propertyNames()
        .forEach(name -> assertThat(reply.header(name)).as(what + ": " + name).isNotEmpty());
    JsonNode content = response.path("content");
    if (content.isMissingNode()) {
      assertThat(reply.response().body()).as(what).isEmpty();
      return;
    }
    String type = content.propertyNames().iterator().next();
    assertThat(reply.header("Content-Type")).as(what).isEqualTo(type);
    assertThat(schema(content.get(type).get("schema")).validate(reply.json())).as(what).isEmpty();
  }

  private Schema schema(JsonNode part) {
    ObjectNode whole = JsonMapper.shared().createObjectNode();
    whole.set("components", document.get("components"));
    whole.setAll((ObjectNode) part);
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(whole);
  }

  // ---- anything at all ----

  /** Requests made from the document and from nonsense: every answer is one that it names. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void whateverIsSentIsAnsweredAsTheDocumentSays(long seed) {
    Random random = new Random(seed);
    String list = server.list("x");
    server.entry(list, "milk");
    List<Operation> operations =
        operations().stream().filter(operation -> !operation.isStream()).toList();
    for (int i = 0; i < 400; i++) {
      Operation operation = operations.get(random.nextInt(operations.size()));
      Nonsense nonsense = new Nonsense(random, document);
      String target =
          operation
              .path()
              .replace("{id}", random.nextInt(4) == 0 ? nonsense.word() : id(list))
              .replace("{n}", random.nextInt(4) == 0 ? nonsense.word() : "1")
              .replace("{pid}", random.nextInt(4) == 0 ? nonsense.word() : pid());
      String body = nonsense.body(operation.json());
      Reply reply =
          server.send(
              operation.method(),
              target + nonsense.query(operation.json()),
              body.isEmpty() && operation.method().equals("GET") ? null : body,
              nonsense.headers());
      assertThat(reply.status())
          .as("seed %d, %s %s %s", seed, operation.name(), target, body)
          .isNotEqualTo(500);
      conforms(operation, reply);
    }
  }
}
