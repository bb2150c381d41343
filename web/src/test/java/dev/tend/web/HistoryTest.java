package dev.tend.web;

import static dev.tend.otp.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tend.otp.testkit.NoLeaks;
import dev.tend.web.TestServer.Reply;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What happened to a list can be read, and taken back. */
@ExtendWith(NoLeaks.class)
class HistoryTest {
  @RegisterExtension final TestServer server = new TestServer();

  private Reply undo(String list, String revision) {
    return server.post(list + "/undo", "{\"revision\": " + revision + "}");
  }

  private List<String> titles(String list) {
    List<String> titles = new ArrayList<>();
    for (JsonNode entry : server.get(list + "/entries").json().get("entries")) {
      titles.add(entry.get("id").intValue() + " " + entry.get("title").stringValue());
    }
    return titles;
  }

  @Test
  void theHistoryTellsWhoDidWhatNewestFirst() {
    String list = server.list("x");
    String milk = server.entry(list, "milk");
    server.entry(list, "bread");
    server.patch(milk, "{\"done\": true}", "Idempotency-Key", "tick");
    server.delete(milk);
    server.delete(list + "/entries");

    JsonNode records = server.get(list + "/history").json().get("records");
    List<String> kinds = new ArrayList<>();
    records.forEach(record -> kinds.add(record.get("kind").stringValue()));
    assertThat(kinds).containsExactly("cleared", "deleted", "updated", "added", "added");
    JsonNode ticked = records.get(2);
    assertThat(ticked.get("revision").longValue()).isEqualTo(3);
    assertThat(ticked.get("actor").stringValue()).isEqualTo("local");
    assertThat(ticked.get("channel").stringValue()).isEqualTo("api");
    assertThat(ticked.get("command").stringValue()).isEqualTo("tick");
    assertThat(ticked.get("entry").get("done").booleanValue()).isTrue();

    JsonNode ofMilk = server.get(milk + "/history").json().get("records");
    assertThat(ofMilk).hasSize(3);
    assertThat(ofMilk.get(2).get("entry").get("title").stringValue()).isEqualTo("milk");
    assertThat(server.get(list + "/entries/9/history").status()).isEqualTo(404);
  }

  @Test
  void theHistoryIsPaged() {
    String list = server.list("x");
    for (int i = 0; i < 7; i++) {
      server.entry(list, "e" + i);
    }
    List<Long> seen = new ArrayList<>();
    String before = "";
    do {
      Reply page = server.get(list + "/history?limit=3" + before);
      page.json().get("records").forEach(record -> seen.add(record.get("revision").longValue()));
      before = page.json().has("next") ? "&before=" + page.text("next") : "";
    } while (!before.isEmpty());
    assertThat(seen).containsExactly(7L, 6L, 5L, 4L, 3L, 2L, 1L);
    assertThat(server.get(list + "/history?before=0").status()).isEqualTo(400);
  }

  @Test
  void theHistoryOfAnEntryThatNeverWasIsNoneFromAnyPlace() {
    String list = server.list("x");
    String milk = server.entry(list, "milk");
    server.delete(milk);
    assertThat(server.get(list + "/entries/77/history?before=5").status()).isEqualTo(404);
    Reply end = server.get(milk + "/history?before=1");
    assertThat(end.status()).isEqualTo(200);
    assertThat(end.json().get("records")).isEmpty();
  }

  @Test
  void theListIsReadAsItWasAtARevision() {
    String list = server.list("x");
    server.entry(list, "milk");
    server.entry(list, "bread");
    server.patch(list + "/entries/1", "{\"title\": \"oat milk\"}");
    server.delete(list + "/entries");

    assertThat(server.get(list + "/entries?revision=1").json().get("entries")).hasSize(1);
    Reply third = server.get(list + "/entries?revision=3&text=OAT");
    assertThat(third.json().get("entries").get(0).get("title").stringValue()).isEqualTo("oat milk");
    assertThat(server.get(list + "/entries?revision=4").json().get("entries")).isEmpty();
    assertThat(server.get(list + "/entries?revision=5").status()).isEqualTo(404);
  }

  @Test
  void theListIsReadAsItWasAtATime() {
    String list = server.list("x");
    server.entry(list, "milk");
    Instant first = timeOf(list, 0);
    eventually(() -> assertThat(Instant.now()).isAfter(first.plusMillis(2)));
    server.entry(list, "bread");

    assertThat(titlesAt(list, first)).containsExactly("milk");
    assertThat(titlesAt(list, timeOf(list, 0))).containsExactly("milk", "bread");
    assertThat(titlesAt(list, Instant.parse("2999-01-01T00:00:00Z"))).hasSize(2);
    assertThat(titlesAt(list, first.minusMillis(1))).isEmpty();
    assertThat(server.get(list + "/entries?at=2026-01-01T10:00:00%2B01:00").status())
        .isEqualTo(200);
  }

  /** A time that no clock of ours counts to is before or after all changes, and harms nobody. */
  @Test
  void theListIsReadAsItWasAtTheFarthestTimes() {
    String list = server.list("x");
    server.entry(list, "milk");
    assertThat(titlesAt(list, "%2B999999999-12-31T23:59:59Z")).containsExactly("milk");
    assertThat(titlesAt(list, "-999999999-01-01T00:00:00Z")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "at=yesterday",
        "at=2026-01-01",
        "at=2026-01-01T10:00:00",
        "at=",
        "at=2026-01-01T00:00:00Z&revision=1"
      })
  void aTimeThatIsNoneIsRefused(String query) {
    String list = server.list("x");
    assertThat(server.get(list + "/entries?" + query).status()).isIn(400, 422);
  }

  private Instant timeOf(String list, int newest) {
    return Instant.parse(
        server.get(list + "/history").json().get("records").get(newest).get("at").stringValue());
  }

  /** In a query a plus that is not encoded is a space. */
  @Test
  void anOffsetIsUnderstoodAsItIsWritten() {
    String list = server.list("x");
    server.entry(list, "milk");
    for (String offset : List.of("+01:00", "%2B01:00", "-01:00")) {
      assertThat(titlesAt(list, "2999-01-01T10:00:00" + offset)).containsExactly("milk");
      assertThat(titlesAt(list, "2001-01-01T10:00:00" + offset)).isEmpty();
    }
  }

  private List<String> titlesAt(String list, Object time) {
    List<String> titles = new ArrayList<>();
    server
        .get(list + "/entries?at=" + time)
        .json()
        .get("entries")
        .forEach(entry -> titles.add(entry.get("title").stringValue()));
    return titles;
  }

  @Test
  void aDeletedEntryComesBackUnderItsNumber() {
    String list = server.list("x");
    server.entry(list, "milk");
    server.entry(list, "bread");
    String revision = server.delete(list + "/entries/1").header("Tend-Revision");
    Reply undone = undo(list, revision);
    assertThat(undone.status()).isEqualTo(200);
    assertThat(undone.json().get("entry").get("id").intValue()).isEqualTo(1);
    assertThat(titles(list)).containsExactly("1 milk", "2 bread");
    assertThat(undo(list, revision).status()).isEqualTo(409);
    assertThat(undo(list, revision).text("type")).isEqualTo("urn:tend:problem:nothing-to-undo");
  }

  @Test
  void onlyTheFieldsThatChangedGoBack() {
    String list = server.list("x");
    String entry = server.entry(list, "milk");
    String revision = server.patch(entry, "{\"title\": \"oat milk\"}").header("Tend-Revision");
    server.patch(entry, "{\"done\": true}");
    assertThat(undo(list, revision).status()).isEqualTo(200);
    assertThat(server.get(entry).text("title")).isEqualTo("milk");
    assertThat(server.get(entry).json().get("done").booleanValue()).isTrue();
  }

  @Test
  void anAdditionAndAnUndoAreUndone() {
    String list = server.list("x");
    server.entry(list, "milk");
    Reply gone = undo(list, "1");
    assertThat(gone.status()).isEqualTo(200);
    assertThat(gone.json().has("entry")).isFalse();
    assertThat(titles(list)).isEmpty();
    undo(list, gone.header("Tend-Revision"));
    assertThat(titles(list)).containsExactly("1 milk");
  }

  @Test
  void aClearedListIsFilledAgain() {
    String list = server.list("x");
    for (int i = 1; i <= 300; i++) {
      server.entry(list, "e" + i);
    }
    List<String> before = titles(list);
    String revision = server.delete(list + "/entries").header("Tend-Revision");
    assertThat(undo(list, revision).status()).isEqualTo(200);
    assertThat(titles(list)).isEqualTo(before);
  }

  @Test
  void aRepeatedUndoActsOnce() {
    String list = server.list("x");
    server.entry(list, "milk");
    String revision = server.delete(list + "/entries/1").header("Tend-Revision");
    String body = "{\"revision\": " + revision + "}";
    Reply first = server.post(list + "/undo", body, "Idempotency-Key", "u");
    server.delete(list + "/entries/1");
    Reply second = server.post(list + "/undo", body, "Idempotency-Key", "u");
    assertThat(second.status()).isEqualTo(200);
    assertThat(second.response().body()).isEqualTo(first.response().body());
    assertThat(titles(list)).isEmpty();
  }

  @Test
  void whatCannotBeUndoneIsSaid() {
    String list = server.list("x");
    assertThat(undo(list, "1").status()).isEqualTo(409);
    assertThat(undo(list, "0").status()).isEqualTo(422);
    assertThat(undo(list, "\"1\"").status()).isEqualTo(422);
    assertThat(undo("/api/v1/lists/" + "0".repeat(32), "1").status()).isEqualTo(404);
  }
}
