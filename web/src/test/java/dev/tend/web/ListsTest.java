package dev.tend.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tend.otp.testkit.NoLeaks;
import dev.tend.web.TestServer.Reply;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(NoLeaks.class)
class ListsTest {
  @RegisterExtension final TestServer server = new TestServer();

  @Test
  void aListIsMadeFoundAndRead() {
    Reply made = server.post("/api/v1/lists", "{\"name\": \"Bob's list\"}");
    assertThat(made.status()).isEqualTo(201);
    assertThat(made.header("Location")).isEqualTo("/api/v1/lists/" + made.text("id"));
    assertThat(made.text("name")).isEqualTo("Bob's list");
    assertThat(made.text("created")).endsWith("Z");
    assertThat(made.header("Idempotency-Key")).isNotEmpty();

    Reply read = server.get(made.header("Location"));
    assertThat(read.status()).isEqualTo(200);
    assertThat(read.text("name")).isEqualTo("Bob's list");
    assertThat(read.json().get("revision").intValue()).isZero();
    assertThat(read.json().get("size").intValue()).isZero();
    assertThat(read.header("ETag")).isEqualTo(made.header("ETag")).matches("\"[^\"]+\"");
    assertThat(read.header("Cache-Control")).isEqualTo("no-cache");
    assertThat(read.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(read.response().headers().firstValue("Server")).isEmpty();
  }

  @Test
  void anUnchangedListIsNotSentAgain() {
    String list = server.list("x");
    String etag = server.get(list).header("ETag");
    Reply unchanged = server.get(list, "If-None-Match", "\"other\", " + etag);
    assertThat(unchanged.status()).isEqualTo(304);
    assertThat(unchanged.response().body()).isEmpty();
    assertThat(unchanged.header("ETag")).isEqualTo(etag);
    assertThat(server.get(list, "If-None-Match", "W/" + etag).status()).isEqualTo(304);
    server.entry(list, "milk");
    assertThat(server.get(list, "If-None-Match", etag).status()).isEqualTo(200);
    assertThat(server.get(list + "/entries", "If-None-Match", etag).status()).isEqualTo(200);
  }

  @Test
  void aTakenNameTellsWhere() {
    String list = server.list("x");
    Reply again = server.post("/api/v1/lists", "{\"name\": \"x\"}");
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.text("existing")).isEqualTo(list);
    assertThat(again.text("field")).isEqualTo("name");
    assertThat(again.header("Content-Type")).isEqualTo("application/problem+json");
  }

  @Test
  void aRepetitionMakesOneListAndIsAnsweredTheSame() {
    String body = "{\"name\": \"x\"}";
    Reply first = server.post("/api/v1/lists", body, "Idempotency-Key", "k1");
    server.entry(first.header("Location"), "milk");
    Reply second = server.post("/api/v1/lists", body, "Idempotency-Key", "k1");
    assertThat(second.status()).isEqualTo(201);
    assertThat(second.response().body()).isEqualTo(first.response().body());
    assertThat(second.header("ETag")).isEqualTo(first.header("ETag"));
    assertThat(second.header("Location")).isEqualTo(first.header("Location"));
    assertThat(second.header("Idempotency-Key")).isEqualTo("k1");

    Reply other = server.post("/api/v1/lists", "{\"name\": \"y\"}", "Idempotency-Key", "k1");
    assertThat(other.status()).isEqualTo(422);
    assertThat(other.text("type")).isEqualTo("urn:tend:problem:key-reused");
  }

  @Test
  void pagesAreComplete() {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < 23; i++) {
      names.add("list %02d ä \"'".formatted(i));
      server.list(names.getLast());
    }
    List<String> seen = new ArrayList<>();
    String after = "";
    do {
      Reply page = server.get("/api/v1/lists?limit=10" + after);
      assertThat(page.status()).isEqualTo(200);
      page.json().get("lists").forEach(list -> seen.add(list.get("name").stringValue()));
      after = page.json().has("next") ? "&after=" + page.text("next") : "";
    } while (!after.isEmpty());
    assertThat(seen).isEqualTo(names);
    assertThat(server.get("/api/v1/lists").json().get("lists")).hasSize(23);
    assertThat(server.get("/api/v1/lists?limit=23").json().has("next")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "limit=0",
        "limit=-1",
        "limit=1001",
        "limit=ten",
        "limit=",
        "limit=1&limit=2",
        "after=*",
        "after=%ff",
        "after=_w",
        "limt=5",
        "limit=99999999999"
      })
  void aBadQueryIsRefused(String query) {
    Reply reply = server.get("/api/v1/lists?" + query);
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../../etc/passwd",
        "\"quoted\" 'name'",
        "🛒 groceries",
        "two\nlines",
        "a/b\\c?d#e%20",
        " x "
      })
  void anyNameIsKeptAsItIs(String name) {
    String list = server.list(name);
    assertThat(server.get(list).text("name")).isEqualTo(name);
    assertThat(server.get("/api/v1/lists").json().get("lists").get(0).get("name").stringValue())
        .isEqualTo(name);
  }

  @Test
  void pathsAndMethodsThatAreNone() {
    String list = server.list("x");
    for (String path :
        List.of(
            "/apis",
            "/api/v1/lists/",
            "/api/v1/lists/nope",
            "/api/v1/lists/" + "0".repeat(32),
            list + "/entries/1",
            list + "/entries/0",
            list + "/entries/x",
            list + "/entries/99999999999999999999",
            list + "/entries/-1",
            list + "/entries/01")) {
      Reply reply = server.get(path);
      assertThat(reply.status()).as(path).isEqualTo(404);
      assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
    }
    Reply put = server.send("PUT", list, "{}");
    assertThat(put.status()).isEqualTo(405);
    assertThat(put.header("Allow")).isEqualTo("DELETE, GET, HEAD, OPTIONS, PATCH");
    Reply options = server.send("OPTIONS", list + "/entries", null);
    assertThat(options.status()).isEqualTo(204);
    assertThat(options.header("Allow")).isEqualTo("DELETE, GET, HEAD, OPTIONS, POST");
  }

  @Test
  void headIsGetWithoutABody() {
    String list = server.list("x");
    Reply get = server.get(list);
    Reply head = server.send("HEAD", list, null);
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.response().body()).isEmpty();
    assertThat(head.header("ETag")).isEqualTo(get.header("ETag"));
    assertThat(head.header("Content-Length")).isEqualTo(get.header("Content-Length"));
  }

  @Test
  void healthAndHome() {
    assertThat(server.get("/health/live").text("status")).isEqualTo("live");
    assertThat(server.get("/health/ready").text("status")).isEqualTo("ready");
    assertThat(server.get("/").response().body()).contains("/api/v1/lists");
  }
}
