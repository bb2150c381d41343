package dev.tend.web;

import static dev.tend.otp.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tend.otp.testkit.NoLeaks;
import dev.tend.todo.Deadline;
import dev.tend.todo.History;
import dev.tend.todo.journal.JournalRecord;
import dev.tend.todo.journal.ListId;
import dev.tend.web.TestServer.Reply;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is read in one go ends at a weight, however much text the entries have. */
@ExtendWith(NoLeaks.class)
class HeavyPagesTest {
  private static final int ENTRIES = 100;
  private static final String NOTES = "\uD83D\uDCDA".repeat(20_000);

  /** A page's text, and what is around it. */
  private static final int MOST_BYTES = (1 << 20) + (1 << 16);

  @RegisterExtension final TestServer server = new TestServer();

  private String list;

  @BeforeEach
  void fill() {
    list = server.list("heavy");
    for (int i = 1; i <= ENTRIES; i++) {
      add(i);
    }
  }

  private void add(int number) {
    String body =
        JsonMapper.shared()
            .writeValueAsString(
                Map.of(
                    "title",
                    "e" + number,
                    "notes",
                    NOTES,
                    "date",
                    number % 2 == 0 ? "2026-12-02" : "2026-12-01"));
    assertThat(server.post(list + "/entries", body).status()).isEqualTo(201);
  }

  /** The numbers of the things on all pages from here on. */
  private List<Integer> all(String path, String cursor, String member, String number) {
    List<Integer> seen = new ArrayList<>();
    String next = "";
    do {
      Reply page = page(path + next);
      assertThat(page.json().get(member)).isNotEmpty();
      page.json().get(member).forEach(thing -> seen.add(thing.get(number).intValue()));
      String separator = path.contains("?") ? "&" : "?";
      next = page.json().has("next") ? separator + cursor + "=" + page.text("next") : "";
    } while (!next.isEmpty());
    return seen;
  }

  private Reply page(String path) {
    Reply page = server.get(path);
    assertThat(page.status()).as(path).isEqualTo(200);
    assertThat(page.response().body().getBytes(StandardCharsets.UTF_8))
        .as(path)
        .hasSizeLessThan(MOST_BYTES);
    return page;
  }

  private static List<Integer> numbers() {
    return IntStream.rangeClosed(1, ENTRIES).boxed().toList();
  }

  @Test
  void aPageOfEntriesEndsAtAWeight() {
    String entries = list + "/entries";
    for (String query : List.of("", "?limit=100", "?limit=999", "?revision=100", "?done=false")) {
      assertThat(page(entries + query).json().has("next")).as(query).isTrue();
      assertThat(all(entries + query, "after", "entries", "id")).as(query).isEqualTo(numbers());
    }
    assertThat(all(entries + "?date=2026-12-02", "after", "entries", "id"))
        .isEqualTo(numbers().stream().filter(id -> id % 2 == 0).toList());
    server.delete(entries + "/100");
    assertThat(all(entries + "?revision=100", "after", "entries", "id")).isEqualTo(numbers());
  }

  @Test
  void aPageOfHistoryEndsAtAWeight() {
    assertThat(all(list + "/history?limit=1000", "before", "records", "revision"))
        .isEqualTo(numbers().reversed());
    for (int i = 0; i < 30; i++) {
      server.patch(list + "/entries/7", "{\"done\": " + (i % 2 == 0) + "}");
    }
    List<Integer> ofEntry = new ArrayList<>(IntStream.rangeClosed(101, 130).boxed().toList());
    ofEntry.addFirst(7);
    assertThat(all(list + "/entries/7/history", "before", "records", "revision"))
        .isEqualTo(ofEntry.reversed());
  }

  @Test
  void aStreamCatchesUpByTheWeight() {
    ListId id = new ListId(list.substring(list.lastIndexOf('/') + 1));
    List<JournalRecord> step =
        Histories.of(History.after(id, 0, 1_000, Deadline.in(Duration.ofSeconds(5))));
    assertThat(step).hasSizeBetween(1, 14);

    String start = id.value() + ":" + server.get(list).text("incarnation") + "-0";
    try (EventReader reader = new EventReader(server.port, "/api/v1/events?list=" + start)) {
      eventually(() -> assertThat(reader.events("change")).hasSize(ENTRIES));
      assertThat(
              reader.events("change").stream()
                  .map(event -> event.data().get("revision").intValue()))
          .isEqualTo(numbers());
    }
  }

  /** Updates show the whole entry: what does not fit is not begun, and goes in the next batch. */
  @Test
  void aBatchEndsAtTheWeightOfItsAnswer() {
    List<Integer> left = numbers();
    long revision = ENTRIES;
    while (!left.isEmpty()) {
      JsonNode results = batch(left);
      List<Integer> notBegun = new ArrayList<>();
      for (int i = 0; i < left.size(); i++) {
        JsonNode result = results.get(i);
        assertThat(result.get("key").stringValue()).isEqualTo("tick-" + left.get(i));
        if (result.get("status").intValue() == 200) {
          assertThat(notBegun).isEmpty();
          assertThat(result.get("revision").longValue()).isEqualTo(++revision);
        } else {
          assertThat(result.get("status").intValue()).isEqualTo(503);
          assertThat(result.get("retryAfter").intValue()).isEqualTo(1);
          assertThat(result.at("/problem/hindrance").stringValue()).isEqualTo("busy");
          notBegun.add(left.get(i));
        }
      }
      assertThat(notBegun).hasSizeLessThan(left.size());
      left = notBegun;
    }
    assertThat(server.get(list).json().get("revision").longValue()).isEqualTo(2L * ENTRIES);
    assertThat(server.get(list).json().get("open").intValue()).isZero();
  }

  private JsonNode batch(List<Integer> ids) {
    List<Map<String, Object>> commands = new ArrayList<>();
    for (int id : ids) {
      commands.add(Map.of("key", "tick-" + id, "update", Map.of("id", id, "done", true)));
    }
    String body = JsonMapper.shared().writeValueAsString(Map.of("commands", commands));
    Reply reply = server.post(list + "/batch", body);
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.response().body().getBytes(StandardCharsets.UTF_8))
        .hasSizeLessThan(MOST_BYTES + 100_000);
    return reply.json().get("results");
  }

  /** All of it has come in: it is no more than what goes out. */
  @Test
  void aBatchOfAdditionsIsAlwaysBegunWhole() {
    List<Map<String, Object>> commands = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      commands.add(Map.of("key", "k" + i, "add", Map.of("title", "t", "notes", NOTES)));
    }
    for (int i = 0; i < 60; i++) {
      commands.add(
          Map.of("key", "n" + i, "add", Map.of("title", "t", "notes", "\n\"".repeat(300))));
    }
    String body = JsonMapper.shared().writeValueAsString(Map.of("commands", commands));
    Reply reply = server.post(list + "/batch", body);
    assertThat(reply.json().get("results"))
        .allSatisfy(result -> assertThat(result.get("status").intValue()).isEqualTo(201));
  }
}
