package dev.tend.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tend.otp.testkit.NoLeaks;
import dev.tend.store.DataFolder;
import dev.tend.todo.Catalog;
import dev.tend.todo.Deadline;
import dev.tend.todo.Stored;
import dev.tend.todo.journal.Append;
import dev.tend.todo.journal.CatalogEntry;
import dev.tend.todo.journal.JournalRecord;
import dev.tend.todo.journal.ListId;
import dev.tend.todo.journal.Origin;
import dev.tend.todo.journal.Shard;
import dev.tend.todo.list.Change;
import dev.tend.todo.list.Entry;
import dev.tend.todo.list.Limits;
import dev.tend.web.TestServer.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** What a client is told by a list with as many entries as a list may have. */
@ExtendWith(NoLeaks.class)
class FullListTest {
  @RegisterExtension final TestServer server = new TestServer();

  /** At once, while the server is away. */
  private void fill(String list) throws Exception {
    ListId id = new ListId(list.substring(list.lastIndexOf('/') + 1));
    int shard = entry(id).shard();
    List<JournalRecord> records =
        IntStream.rangeClosed(1, Limits.ENTRIES)
            .mapToObj(n ->
                new JournalRecord(
                    n,
                    Instant.EPOCH,
                    new Origin("local", "test", "fill " + n, ""),
                    new Change.Added(new Entry(n, null, "task " + n, false, "", n))))
            .toList();
    server.stop();
    try (DataFolder folder = DataFolder.open(server.data(), 2);
        Shard file = folder.store().openShard(shard)) {
      file.commit(List.of(new Append(id, 0, records)));
    }
    server.start();
  }

  private static CatalogEntry entry(ListId id) {
    return Catalog.find(id, Deadline.in(Duration.ofSeconds(5)))
            instanceof Stored.Done<Optional<CatalogEntry>>(long _, var found)
        ? found.orElseThrow()
        : null;
  }

  @Test
  void nothingIsAddedBroughtBackOrMovedIntoItAndWhyIsSaid() throws Exception {
    String full = server.list("full");
    String other = server.list("other");
    fill(full);
    assertThat(server.get(full).json().get("size").intValue()).isEqualTo(100_000);
    assertFull(server.post(full + "/entries", "{\"title\": \"one more\"}"));
    JsonNode part =
        server
            .post(
                full + "/batch", "{\"commands\": [{\"key\": \"a\", \"add\": {\"title\": \"x\"}}]}")
            .json()
            .at("/results/0");
    assertThat(part.path("status").intValue()).isEqualTo(409);
    assertFull(part.get("problem"));
    String elsewhere = server.entry(other, "elsewhere");
    String to = "{\"to\": \"" + full.substring(full.lastIndexOf('/') + 1) + "\"}";
    assertFull(server.post(elsewhere + "/move", to));
    assertThat(server.titles(other)).containsExactly("elsewhere");

    String deleted = server.delete(full + "/entries/7").header("Tend-Revision");
    assertThat(server.post(full + "/entries", "{\"title\": \"in its place\"}").status())
        .isEqualTo(201);
    assertFull(server.post(full + "/undo", "{\"revision\": " + deleted + "}"));
    assertThat(server.get(full).json().get("size").intValue()).isEqualTo(100_000);
  }

  private static void assertFull(Reply reply) {
    assertThat(reply.status()).as(reply.response().body()).isEqualTo(409);
    assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
    assertFull(reply.json());
  }

  private static void assertFull(JsonNode problem) {
    assertThat(problem.path("type").asString("")).isEqualTo("urn:tend:problem:list-full");
    assertThat(problem.path("title").asString("")).isEqualTo("The list is full");
    assertThat(problem.path("status").intValue()).isEqualTo(409);
    assertThat(problem.path("detail").asString("")).isEqualTo("A list has at most 100000 entries.");
  }
}
