package dev.tend.web;

import static dev.tend.otp.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.sys.Sys;
import dev.tend.otp.testkit.NoLeaks;
import dev.tend.todo.Catalog;
import dev.tend.todo.DatabaseWorker;
import dev.tend.todo.TodoCache;
import dev.tend.todo.TodoServer;
import dev.tend.todo.TodoSupervisor;
import dev.tend.todo.backup.Backups;
import dev.tend.web.TestServer.Reply;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** What a client is told of why it is not served; of a file's damage in DamagedShardTest. */
@ExtendWith(NoLeaks.class)
class HindranceTest {
  @RegisterExtension final TestServer server = new TestServer();

  private static void assertHindered(String hindrance, String sentence, Reply refused) {
    assertThat(refused.status()).as(refused.response().body()).isEqualTo(503);
    assertThat(refused.text("hindrance")).isEqualTo(hindrance);
    assertThat(refused.text("detail")).isEqualTo("Not now: " + sentence + ".");
    assertThat(Integer.parseInt(refused.header("Retry-After"))).isPositive();
  }

  @Test
  void aListWithAFullMailboxIsBusy() {
    String list = server.list("x");
    Pid<TodoServer> busy = TodoCache.serverProcess("x");
    Sys.suspend(busy);
    for (int i = 0; i < TodoServer.MAILBOX; i++) {
      Processes.send(busy, "noise");
    }
    Reply single = server.post(list + "/entries", "{\"title\": \"milk\"}");
    assertHindered("busy", "this list is busy", single);
    assertThat(inABatch(list).path("retryAfter").asString(""))
        .isEqualTo(single.header("Retry-After"));
    Sys.resume(busy);
  }

  private JsonNode inABatch(String list) {
    String batch = "{\"commands\": [{\"key\": \"a\", \"add\": {\"title\": \"milk\"}}]}";
    JsonNode result = server.post(list + "/batch", batch).json().at("/results/0");
    assertThat(result.path("status").intValue()).isEqualTo(503);
    return result;
  }

  @Test
  void aListWhoseShardDoesNotAnswerIsBeingLoaded() {
    String list = server.list("x");
    Sys.suspend(DatabaseWorker.of(1));
    Sys.suspend(DatabaseWorker.of(2));
    Processes.stop(TodoCache.serverProcess("x"), ExitReason.SHUTDOWN, Duration.ZERO);
    assertHindered("loading", "this list is being loaded", server.get(list));
    Sys.resume(DatabaseWorker.of(1));
    Sys.resume(DatabaseWorker.of(2));
  }

  @Test
  void aListThatKeepsFailingRestsAndAnEntryOnItsWayThereIsMoving() {
    String from = server.list("from");
    server.entry(from, "milk");
    String to = server.list("to");
    for (int i = 0; i < 3; i++) {
      Crash.of(server, to);
    }
    assertHindered(
        "quarantined",
        "this list keeps failing and rests; what was saved is safe",
        server.get(to + "/entries"));

    String target = "{\"to\": \"" + to.substring(to.lastIndexOf('/') + 1) + "\"}";
    assertThat(server.post(from + "/entries/1/move", target).status()).isEqualTo(504);
    assertHindered(
        "moving",
        "this entry is on its way to another list",
        server.patch(from + "/entries/1", "{\"done\": true}"));
  }

  /** The root is held, so that nobody starts again what has died. */
  @Test
  void whatHasDiedIsRestarting() {
    Sys.suspend(server.root());
    Processes.exit(TodoSupervisor.NAME.whereis().orElseThrow(), ExitReason.KILL);
    Processes.exit(Backups.NAME.whereis().orElseThrow(), ExitReason.KILL);
    eventually(() -> assertThat(Catalog.NAME.whereis()).isEmpty());
    assertHindered(
        "restarting", "the part that stores it is restarting", server.get("/api/v1/lists"));
    assertHindered(
        "restarting",
        "the part that makes backups is restarting",
        server.get("/api/v1/backups/latest"));
    Sys.resume(server.root());
  }
}
