package dev.tend.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.tend.otp.testkit.NoLeaks;
import dev.tend.web.TestServer.Reply;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong is told with a status and a problem body, and changes nothing. */
@ExtendWith(NoLeaks.class)
class BadInputTest {
  @RegisterExtension final TestServer server = new TestServer();

  static Stream<Arguments> entries() {
    return Stream.of(
        arguments("", 400, ""),
        arguments("{", 400, ""),
        arguments("null", 400, ""),
        arguments("[]", 400, ""),
        arguments("\"milk\"", 400, ""),
        arguments("{\"title\": \"a\"} x", 400, ""),
        arguments("{\"title\": \"a\"}{}", 400, ""),
        arguments("{\"title\": \"a\", \"title\": \"b\"}", 400, ""),
        arguments("{\"title\": \"a\",}", 400, ""),
        arguments("{'title': 'a'}", 400, ""),
        arguments("{\"title\": \"a\" /* why */}", 400, ""),
        arguments("{\"title\": NaN}", 400, ""),
        arguments("{\"title\": \"two\nlines\"}", 400, ""),
        arguments("{\"title\": " + "[".repeat(100_000), 400, ""),
        arguments("{\"title\": 1" + "0".repeat(5_000) + "}", 400, ""),
        arguments("\ufeff{\"title\": \"a\"}", 400, ""),
        arguments("{}", 422, "title"),
        arguments("{\"title\": null}", 422, "title"),
        arguments("{\"title\": 7}", 422, "title"),
        arguments("{\"title\": [\"a\"]}", 422, "title"),
        arguments("{\"title\": \"\"}", 422, "title"),
        arguments("{\"title\": \" \\n\\t \"}", 422, "title"),
        arguments("{\"title\": \"" + "x".repeat(10_000) + "\"}", 422, "title"),
        arguments("{\"title\": \"\\ud800\"}", 422, "title"),
        arguments("{\"title\": \"a\", \"notes\": \"" + "x".repeat(20_001) + "\"}", 422, "notes"),
        arguments("{\"title\": \"a\", \"notes\": null}", 422, "notes"),
        arguments("{\"title\": \"a\", \"done\": \"true\"}", 422, "done"),
        arguments("{\"title\": \"a\", \"done\": 1}", 422, "done"),
        arguments("{\"title\": \"a\", \"colour\": \"red\"}", 422, "colour"),
        arguments("{\"title\": \"a\", \"id\": 7}", 422, "id"),
        arguments("{\"title\": \"a\", \"date\": \"2023-02-30\"}", 422, "date"),
        arguments("{\"title\": \"a\", \"date\": \"2023-2-3\"}", 422, "date"),
        arguments("{\"title\": \"a\", \"date\": \"30.12.2023\"}", 422, "date"),
        arguments("{\"title\": \"a\", \"date\": \"2023-12-30T10:00\"}", 422, "date"),
        arguments("{\"title\": \"a\", \"date\": \"+12023-12-30\"}", 422, "date"),
        arguments("{\"title\": \"a\", \"date\": \"\"}", 422, "date"),
        arguments("{\"title\": \"a\", \"date\": 20231230}", 422, "date"));
  }

  @ParameterizedTest
  @MethodSource("entries")
  void aBadEntryIsRefused(String body, int status, String field) {
    String list = server.list("x");
    Reply reply = server.post(list + "/entries", body);
    assertProblem(reply, status, field);
    assertThat(server.get(list).json().get("revision").intValue()).isZero();
  }

  static Stream<Arguments> noJson() {
    String none = "The body is not JSON";
    String wrong = ": what is there cannot be there.";
    return Stream.of(
        arguments("{\n  'a': 1}", none + " at line 2, column 3" + wrong),
        arguments("{\"title\": NaN}", none + " at line 1, column 14" + wrong),
        arguments("{\"title\": \"a\" /* why */}", none + " at line 1, column 15" + wrong),
        arguments("{\"title\": \"two\nlines\"}", none + " at line 1, column 15" + wrong),
        arguments("{\"title\": \"a\",\n}", none + " at line 2, column 1" + wrong),
        arguments("{\"title\": \"a\\x\"}", none + " at line 1, column 14" + wrong),
        arguments("{\"title\": \"a\"", none + " at line 1, column 14: it breaks off."),
        arguments("{\"title\": \"a", none + " at line 1, column 13: it breaks off."),
        arguments(
            "{\"a\": 1,\n \"a\": 2}",
            none + " at line 2, column 5: a member is there for the second time."),
        arguments(
            "{\"title\": \"a\"} {}",
            none + " at line 1, column 16: something follows after its end."),
        arguments(
            "{\"title\": " + "[".repeat(100),
            "The JSON of the body has more than 16 levels, or a number or name that is too long."),
        arguments(
            "{\"title\": 1" + "0".repeat(5_000) + "}",
            "The JSON of the body has more than 16 levels, or a number or name that is too long."));
  }

  @ParameterizedTest
  @MethodSource("noJson")
  void whatIsNoJsonIsSaidWithItsPlace(String body, String detail) {
    Reply reply = server.post("/api/v1/lists", body);
    assertProblem(reply, 400, "");
    assertThat(reply.text("detail")).isEqualTo(detail);
  }

  static Stream<Arguments> edits() {
    return Stream.of(
        arguments("{\"title\": \"\"}", 422, "title"),
        arguments("{\"title\": null}", 422, "title"),
        arguments("{\"date\": \"2023-02-29\"}", 422, "date"),
        arguments("{\"done\": \"no\"}", 422, "done"),
        arguments("{\"revision\": 3}", 422, "revision"),
        arguments("{\"notes\": 1}", 422, "notes"),
        arguments("[{\"op\": \"remove\", \"path\": \"/date\"}]", 400, ""));
  }

  @ParameterizedTest
  @MethodSource("edits")
  void aBadEditIsRefused(String body, int status, String field) {
    String entry = server.entry(server.list("x"), "a");
    String etag = server.get(entry).header("ETag");
    assertProblem(server.patch(entry, body), status, field);
    assertThat(server.get(entry).header("ETag")).isEqualTo(etag);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/batch", "/undo", "/restore"})
  void aConditionWhereThereIsNoneIsRefused(String change) {
    String list = server.list("x");
    server.entry(list, "a");
    Reply reply = server.post(list + change, "{\"revision\": 1}", "If-Match", "\"other\"");
    assertProblem(reply, 400, "If-Match");
    assertThat(server.get(list).json().get("revision").intValue()).isEqualTo(1);
  }

  @Test
  void aConditionForABackupIsRefused() {
    assertProblem(server.post("/api/v1/backups", "", "If-Match", "\"other\""), 400, "If-Match");
    assertProblem(server.get("/api/v1/backups/latest"), 404, "");
  }

  static Stream<Arguments> lists() {
    return Stream.of(
        arguments("{}", 422, "name"),
        arguments("{\"name\": \"\"}", 422, "name"),
        arguments("{\"name\": \"  \"}", 422, "name"),
        arguments("{\"name\": 5}", 422, "name"),
        arguments("{\"name\": \"" + "n".repeat(10_000) + "\"}", 422, "name"),
        arguments("{\"name\": \"a\", \"owner\": \"root\"}", 422, "owner"));
  }

  @ParameterizedTest
  @MethodSource("lists")
  void aBadListIsRefused(String body, int status, String field) {
    assertProblem(server.post("/api/v1/lists", body), status, field);
    assertThat(server.get("/api/v1/lists").json().get("lists")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain", "application/xml", "application/x-www-form-urlencoded",
        "application/json; charset=latin1", "application/merge-patch+json", "multipart/form-data"
      })
  void aBodyOfAnotherTypeIsRefused(String type) {
    Reply reply = server.post("/api/v1/lists", "{\"name\": \"a\"}", "Content-Type", type);
    assertProblem(reply, 415, "Content-Type");
    assertThat(server.get("/api/v1/lists").json().get("lists")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"with blank", "0123456789012345678901234567890123456789"})
  void aBadKeyIsRefused(String key) {
    String given = key.length() == 40 ? key.repeat(7) : key;
    Reply reply = server.post("/api/v1/lists", "{\"name\": \"a\"}", "Idempotency-Key", given);
    assertProblem(reply, 400, "Idempotency-Key");
  }

  @Test
  void aConditionOnAListThatIsNotThereFails() {
    assertProblem(
        server.post("/api/v1/lists", "{\"name\": \"a\"}", "If-Match", "*"), 412, "If-Match");
    assertThat(server.get("/api/v1/lists").json().get("lists")).isEmpty();
  }

  @Test
  void changesOfNothing() {
    String nowhere = "/api/v1/lists/" + "0".repeat(32);
    assertProblem(server.post(nowhere + "/entries", "{\"title\": \"a\"}"), 404, "");
    assertProblem(server.delete(nowhere + "/entries"), 404, "");
    String list = server.list("x");
    assertProblem(server.patch(list + "/entries/7", "{\"title\": \"a\"}"), 404, "");
    assertProblem(server.delete(list + "/entries/7"), 404, "");
    assertProblem(server.delete(list + "/entries?date=2026-01-01"), 400, "date");
  }

  @ParameterizedTest
  @ValueSource(strings = {"text=%zz", "text=%", "text=%4", "text=%ff", "text=%e2%82", "%ff=1"})
  void aQueryThatIsNotProperlyEncodedIsRefused(String query) throws Exception {
    String list = server.list("x");
    for (String target : List.of("/api/v1/lists", list + "/entries", "/api/v1/events")) {
      String get = "GET " + target + "?" + query + " HTTP/1.1\r\nHost: localhost\r\n";
      assertThat(Raw.exchange(server.port, get + "Connection: close\r\n\r\n"))
          .startsWith("HTTP/1.1 400 ")
          .contains("The query is not properly encoded.");
    }
  }

  @Test
  void aPathThatHasNothingIsAProblemButToWhoLooksWithABrowser() {
    String browser = "text/html,application/xhtml+xml,*/*;q=0.8";
    assertProblem(server.get("/nonsense"), 404, "");
    assertProblem(server.get("/nonsense", "Accept", "*/*"), 404, "");
    assertProblem(server.get("/api/v1/nonsense", "Accept", browser), 404, "");
    assertProblem(server.post("/nonsense", "{}", "Accept", browser), 404, "");
    Reply page = server.get("/nonsense", "Accept", browser);
    assertThat(page.status()).isEqualTo(404);
    assertThat(page.header("Content-Type")).startsWith("text/html");
    assertThat(page.header("Cache-Control")).isEqualTo("no-store");
  }

  private static void assertProblem(Reply reply, int status, String field) {
    assertThat(reply.status()).as(reply.response().body()).isEqualTo(status);
    assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(reply.json().get("status").intValue()).isEqualTo(status);
    assertThat(reply.text("type")).isNotEmpty();
    assertThat(reply.text("title")).isNotEmpty();
    assertThat(reply.text("detail")).isNotEmpty();
    assertThat(reply.text("field")).isEqualTo(field);
  }
}
