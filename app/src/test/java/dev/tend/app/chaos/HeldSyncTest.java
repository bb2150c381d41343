package dev.tend.app.chaos;

import static dev.tend.otp.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/**
 * No acknowledgement precedes its sync, of the whole server: while a preloaded library holds the
 * syncs of all write-ahead logs, nothing is acknowledged.
 */
class HeldSyncTest {
  private static final int LISTS = 8;
  private static final int SHARDS = 4;

  @TempDir private Path folder;
  private Path hold;
  private Path steps;
  private Wire wire;
  private final List<String> lists = new ArrayList<>();

  @BeforeEach
  void names() {
    hold = folder.resolve("hold");
    steps = folder.resolve("steps.log");
  }

  @Test
  void whileTheSyncWaitsNothingIsAcknowledged() throws Exception {
    try (Victim victim = start(Servers.real())) {
      List<CompletableFuture<Integer>> answers = changesWhileSyncsAreHeld(victim);
      eventually(() ->
          assertThat(new HashSet<>(PowerLoss.held(steps)))
              .as("one log a shard, and the catalogue's")
              .hasSize(SHARDS + 1));
      assertThat(answers).noneMatch(CompletableFuture::isDone);

      Files.delete(hold);
      for (CompletableFuture<Integer> answer : answers) {
        assertThat(answer.get()).isEqualTo(201);
      }
    }
  }

  @Test
  void withSynchronousOffThisTestIsRed() throws Exception {
    try (Victim victim = start(Servers.broken(BrokenServer.Fault.UNSYNCED))) {
      List<CompletableFuture<Integer>> answers = changesWhileSyncsAreHeld(victim);
      for (CompletableFuture<Integer> answer : answers.subList(0, LISTS)) {
        assertThat(answer.get()).as("acknowledged while the sync waits").isEqualTo(201);
      }
      Files.delete(hold);
    }
  }

  private Victim start(Launch launch) throws Exception {
    Path data = folder.resolve("data");
    Launch held =
        new Launch(
            launch.command(),
            Map.of(
                "LD_PRELOAD", Shim.compiled("power_loss", folder),
                "POWER_DATA", data.toString(),
                "POWER_LOG", steps.toString(),
                "POWER_HOLD", hold.toString()));
    return Victim.start(held, data, folder.resolve("server.log"), () -> {});
  }

  /** One in each list, and a new list. */
  private List<CompletableFuture<Integer>> changesWhileSyncsAreHeld(Victim victim)
      throws Exception {
    wire = new Wire(victim::address);
    for (int i = 0; i < LISTS; i++) {
      Reply made = wire.insist("POST", "/lists", body("name", "list " + i), "key-" + i);
      lists.add("/lists/" + made.body().path("id").asString("") + "/entries");
      assertThat(wire.insist("POST", lists.getLast(), body("title", "first"), "first").status())
          .isEqualTo(201);
    }
    Files.createFile(hold);
    List<CompletableFuture<Integer>> answers = new ArrayList<>();
    for (String list : lists) {
      answers.add(later(list, body("title", "second")));
    }
    answers.add(later("/lists", body("name", "one more")));
    return answers;
  }

  /** Asked again whenever the time of an attempt is over. */
  private CompletableFuture<Integer> later(String path, ObjectNode body) {
    CompletableFuture<Integer> answer = new CompletableFuture<>();
    Thread.startVirtualThread(() -> {
      try {
        answer.complete(wire.insist("POST", path, body, "second").status());
      } catch (Throwable lost) {
        answer.completeExceptionally(lost);
      }
    });
    return answer;
  }

  private static ObjectNode body(String member, String value) {
    return Wire.JSON.createObjectNode().put(member, value);
  }
}
