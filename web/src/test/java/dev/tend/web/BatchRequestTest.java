package dev.tend.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tend.otp.testkit.NoLeaks;
import dev.tend.web.TestServer.Reply;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@ExtendWith(NoLeaks.class)
class BatchRequestTest {
  @RegisterExtension final TestServer server = new TestServer();

  private static String adds(int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(i -> "{\"key\": \"k" + i + "\", \"add\": {\"title\": \"e" + i + "\"}}")
        .collect(Collectors.joining(",", "{\"commands\": [", "]}"));
  }

  @Test
  void eachCommandIsAnsweredByItselfAndInOrder() {
    String list = server.list("x");
    Reply reply =
        server.post(
            list + "/batch",
            """
            {"commands": [
              {"key": "a", "add": {"title": "milk", "date": "2026-12-19"}},
              {"key": "b", "add": {"title": " "}},
              {"key": "c", "update": {"id": 1, "done": true}},
              {"key": "d", "update": {"id": 1, "done": false}, "ifMatch": "\\"other\\""},
              {"key": "e", "delete": {"id": 7}},
              {"key": "f", "add": {"title": "bread"}},
              {"key": "g", "delete": {"id": 1}},
              {"key": "h", "add": {"title": "x"}, "delete": {"id": 1}},
              {"key": "i", "fly": {}}
            ]}
            """);
    assertThat(reply.status()).isEqualTo(200);
    JsonNode results = reply.json().get("results");
    int[] statuses = new int[results.size()];
    for (int i = 0; i < statuses.length; i++) {
      statuses[i] = results.get(i).get("status").intValue();
    }
    assertThat(statuses).containsExactly(201, 422, 200, 412, 404, 201, 204, 422, 422);
    assertThat(results.get(1).get("problem").get("field").stringValue()).isEqualTo("title");
    assertThat(results.get(2).get("entry").get("done").booleanValue()).isTrue();
    assertThat(results.get(6).get("revision").longValue()).isEqualTo(4);
    assertThat(server.get(list + "/entries").json().get("entries")).hasSize(1);
  }

  /** As with the header: a compressed answer's tag is another one, and names the same version. */
  @Test
  void aConditionMayBeTheTagOfACompressedAnswer() {
    String list = server.list("x");
    server.post(
        list + "/entries", "{\"title\": \"milk\", \"notes\": \"%s\"}".formatted("n".repeat(1_000)));
    String tag = server.get(list + "/entries/1", "Accept-Encoding", "gzip").header("ETag");
    assertThat(tag).isNotEqualTo(server.get(list + "/entries/1").header("ETag"));
    String batch =
        JsonMapper.shared()
            .writeValueAsString(
                Map.of(
                    "commands",
                    List.of(Map.of("key", "a", "ifMatch", tag, "delete", Map.of("id", 1)))));
    JsonNode result = server.post(list + "/batch", batch).json().get("results").get(0);
    assertThat(result.get("status").intValue()).isEqualTo(204);
  }

  /** As with the header of a single answer: what to send next. */
  @Test
  void whatHasBeenChangedMeanwhileIsRefusedWithTheTagOfNow() {
    String list = server.list("x");
    String entry = server.entry(list, "milk");
    String stale = server.get(entry).header("ETag");
    String current = server.patch(entry, "{\"done\": true}").header("ETag");
    JsonNode result = deleted(list, stale);
    assertThat(result.get("status").intValue()).isEqualTo(412);
    assertThat(result.path("etag").asString("")).isEqualTo(current);
    assertThat(deleted(list, current).get("status").intValue()).isEqualTo(204);
  }

  private JsonNode deleted(String list, String ifMatch) {
    Map<String, Object> command =
        Map.of(
            "key",
            "if" + ifMatch.replaceAll("\\W", ""),
            "ifMatch",
            ifMatch,
            "delete",
            Map.of("id", 1));
    String batch = JsonMapper.shared().writeValueAsString(Map.of("commands", List.of(command)));
    return server.post(list + "/batch", batch).json().at("/results/0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"milk", "", "W/x"})
  void aConditionThatIsNoneIsRefusedByItsName(String condition) {
    String list = server.list("x");
    Reply reply =
        server.post(
            list + "/batch",
            """
            {"commands": [{"key": "a", "ifMatch": "%s", "add": {"title": "x"}}]}
            """
                .formatted(condition));
    JsonNode result = reply.json().get("results").get(0);
    assertThat(result.get("status").intValue()).isEqualTo(400);
    assertThat(result.get("problem").get("field").stringValue()).isEqualTo("ifMatch");
  }

  @Test
  void aRepeatedBatchActsOnceAndIsAnsweredTheSame() {
    String list = server.list("x");
    Reply first = server.post(list + "/batch", adds(1_000));
    assertThat(first.status()).isEqualTo(200);
    Reply second = server.post(list + "/batch", adds(1_000));
    assertThat(second.json()).isEqualTo(first.json());
    assertThat(server.get(list).json().get("size").intValue()).isEqualTo(1_000);
    JsonNode entries = server.get(list + "/entries").json().get("entries");
    for (int i = 0; i < 1_000; i++) {
      assertThat(entries.get(i).get("title").stringValue()).isEqualTo("e" + (i + 1));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"commands\": {}}",
        "{\"commands\": []}",
        "{\"commands\": [1]}",
        "{\"commands\": [{\"add\": {\"title\": \"x\"}}]}",
        "{\"commands\": [{\"key\": \"a b\", \"add\": {\"title\": \"x\"}}]}",
        "{\"commands\": [{\"key\": \"a\", \"add\": {\"title\": \"x\"}},"
            + "{\"key\": \"a\", \"add\": {\"title\": \"y\"}}]}",
        "{\"commands\": [], \"more\": 1}"
      })
  void whatIsNoBatchDoesNothing(String body) {
    String list = server.list("x");
    assertThat(server.post(list + "/batch", body).status()).isBetween(400, 422);
    assertThat(server.get(list).json().get("revision").longValue()).isZero();
  }

  @Test
  void aBatchHasALimit() {
    String list = server.list("x");
    assertThat(server.post(list + "/batch", adds(1_001)).status()).isEqualTo(422);
    assertThat(server.post("/api/v1/lists/" + "0".repeat(32) + "/batch", adds(1)).status())
        .isEqualTo(404);
  }
}
