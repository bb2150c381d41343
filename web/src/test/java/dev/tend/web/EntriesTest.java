package dev.tend.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tend.otp.testkit.NoLeaks;
import dev.tend.web.TestServer.Reply;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

@ExtendWith(NoLeaks.class)
class EntriesTest {
  @RegisterExtension final TestServer server = new TestServer();

  @Test
  void anEntryLives() {
    String list = server.list("x");
    Reply added =
        server.post(
            list + "/entries",
            "{\"title\": \"Dentist\", \"date\": \"2026-12-19\", \"notes\": \"bring card\"}");
    assertThat(added.status()).isEqualTo(201);
    assertThat(added.header("Location")).isEqualTo(list + "/entries/1");
    assertThat(added.text("etag")).isEqualTo(added.header("ETag"));

    Reply read = server.get(list + "/entries/1");
    assertThat(read.json()).isEqualTo(added.json());
    assertThat(read.header("ETag")).isEqualTo(added.header("ETag"));
    assertThat(read.json().get("done").booleanValue()).isFalse();

    Reply patched = server.patch(list + "/entries/1", "{\"done\": true, \"date\": null}");
    assertThat(patched.status()).isEqualTo(200);
    assertThat(patched.json().get("done").booleanValue()).isTrue();
    assertThat(patched.json().get("date").isNull()).isTrue();
    assertThat(patched.text("title")).isEqualTo("Dentist");
    assertThat(patched.text("notes")).isEqualTo("bring card");
    assertThat(patched.header("ETag")).isNotEqualTo(added.header("ETag"));

    assertThat(server.delete(list + "/entries/1").status()).isEqualTo(204);
    assertThat(server.get(list + "/entries/1").status()).isEqualTo(404);
    assertThat(server.delete(list + "/entries/1").status()).isEqualTo(404);
    assertThat(server.patch(list + "/entries/1", "{}").status()).isEqualTo(404);
  }

  @Test
  void aMergePatchTakesAwayWhatIsNull() {
    String entry =
        server
            .post(
                server.list("x") + "/entries",
                "{\"title\": \"a\", \"notes\": \"n\", \"done\": true}")
            .header("Location");
    Reply patched =
        server.patch(
            entry,
            "{\"notes\": null, \"done\": null, \"title\": \"b\"}",
            "Content-Type",
            "application/merge-patch+json; charset=UTF-8");
    assertThat(patched.text("notes")).isEmpty();
    assertThat(patched.json().get("done").booleanValue()).isFalse();
    assertThat(patched.text("title")).isEqualTo("b");
    assertThat(server.patch(entry, "{\"title\": null}").status()).isEqualTo(422);
  }

  @Test
  void entriesAreReadByDateAndCleared() {
    String list = server.list("x");
    server.post(list + "/entries", "{\"title\": \"a\", \"date\": \"2026-12-19\"}");
    server.post(list + "/entries", "{\"title\": \"b\", \"date\": \"2026-12-20\"}");
    server.post(list + "/entries", "{\"title\": \"c\"}");
    Reply day = server.get(list + "/entries?date=2026-12-20");
    assertThat(day.json().get("entries")).hasSize(1);
    assertThat(day.json().get("entries").get(0).get("title").stringValue()).isEqualTo("b");
    assertThat(server.get(list + "/entries?date=2026-12-21").json().get("entries")).isEmpty();
    assertThat(server.get(list + "/entries?date=2023-02-30").status()).isEqualTo(422);
    assertThat(server.get(list + "/entries").json().get("entries")).hasSize(3);

    Reply cleared = server.delete(list + "/entries");
    assertThat(cleared.status()).isEqualTo(204);
    assertThat(cleared.header("ETag")).isEqualTo(server.get(list).header("ETag"));
    assertThat(server.get(list + "/entries").json().get("entries")).isEmpty();
    assertThat(server.entry(list, "next")).endsWith("/entries/4");
  }

  @Test
  void aConditionHoldsOrNothingHappens() {
    String list = server.list("x");
    String entry = server.entry(list, "a");
    String etag = server.get(entry).header("ETag");
    for (String wrong : List.of("\"other\"", "W/" + etag, "\"a\", W/\"b\"")) {
      Reply stale = server.patch(entry, "{\"title\": \"b\"}", "If-Match", wrong);
      assertThat(stale.status()).as(wrong).isEqualTo(412);
      assertThat(stale.header("ETag")).isEqualTo(etag);
      assertThat(server.delete(entry, "If-Match", wrong).status()).isEqualTo(412);
    }
    for (String malformed : List.of("other", "\"a", "\"a\" \"b\"", "*, \"a\"", ",")) {
      assertThat(server.patch(entry, "{}", "If-Match", malformed).status())
          .as(malformed)
          .isEqualTo(400);
    }
    assertThat(server.get(entry).header("ETag")).isEqualTo(etag);
    assertThat(server.patch(entry, "{\"title\": \"b\"}", "If-Match", "*").status()).isEqualTo(200);
    String newer = server.get(entry).header("ETag");
    assertThat(
            server
                .patch(entry, "{\"title\": \"c\"}", "If-Match", ", \"other\",, " + newer + " ,")
                .status())
        .isEqualTo(200);
    assertThat(server.delete(list + "/entries", "If-Match", newer).status()).isEqualTo(412);
    String whole = server.get(list).header("ETag");
    assertThat(server.delete(list + "/entries", "If-Match", whole).status()).isEqualTo(204);
  }

  @Test
  void aRepetitionActsOnce() throws Exception {
    String list = server.list("x");
    String body = "{\"title\": \"milk\"}";
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<Reply> add =
          () -> server.post(list + "/entries", body, "Idempotency-Key", "the-same");
      Set<String> answers = new HashSet<>();
      for (Future<Reply> answer : threads.invokeAll(java.util.Collections.nCopies(20, add))) {
        assertThat(answer.get().status()).isEqualTo(201);
        answers.add(answer.get().response().body());
      }
      assertThat(answers).hasSize(1);
    }
    assertThat(server.get(list + "/entries").json().get("entries")).hasSize(1);

    server.patch(list + "/entries/1", "{\"title\": \"bread\"}");
    Reply late = server.post(list + "/entries", body, "Idempotency-Key", "the-same");
    assertThat(late.status()).isEqualTo(201);
    assertThat(late.text("title")).isEqualTo("milk");

    Reply other =
        server.post(list + "/entries", "{\"title\": \"tea\"}", "Idempotency-Key", "the-same");
    assertThat(other.status()).isEqualTo(422);
    assertThat(server.delete(list + "/entries/1", "Idempotency-Key", "the-same").status())
        .isEqualTo(422);
    assertThat(
            server
                .post(list + "/entries", body, "Idempotency-Key", "the-same", "If-Match", "*")
                .status())
        .isEqualTo(422);
    assertThat(server.get(list + "/entries").json().get("entries")).hasSize(1);
  }

  @Test
  void aDeletionIsRepeatedWithTheSameAnswer() {
    String list = server.list("x");
    String entry = server.entry(list, "a");
    assertThat(server.delete(entry, "Idempotency-Key", "d").status()).isEqualTo(204);
    assertThat(server.delete(entry, "Idempotency-Key", "d").status()).isEqualTo(204);
    server.entry(list, "b");
    assertThat(server.delete(list + "/entries", "Idempotency-Key", "c").status()).isEqualTo(204);
    server.entry(list, "c");
    assertThat(server.delete(list + "/entries", "Idempotency-Key", "c").status()).isEqualTo(204);
    assertThat(server.get(list + "/entries").json().get("entries")).hasSize(1);
  }

  @Test
  void pagesAreCompleteWhileOthersAdd() throws Exception {
    String list = server.list("x");
    for (int i = 0; i < 50; i++) {
      server.entry(list, "before " + i);
    }
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> adding =
          threads.submit(() -> IntStream.range(0, 100).forEach(i -> server.entry(list, "during")));
      Set<Integer> seen = new HashSet<>();
      String after = "";
      do {
        Reply page = server.get(list + "/entries?limit=7" + after);
        for (var entry : page.json().get("entries")) {
          assertThat(seen.add(entry.get("id").intValue())).isTrue();
        }
        after = page.json().has("next") ? "&after=" + page.text("next") : "";
      } while (!after.isEmpty());
      assertThat(seen).containsAll(IntStream.rangeClosed(1, 50).boxed().toList());
      adding.get();
    }
  }
}
