package dev.tend.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Processes;
import dev.tend.otp.testkit.Eventually;
import dev.tend.otp.testkit.NoLeaks;
import dev.tend.todo.TodoCache;
import dev.tend.web.TestServer.Reply;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Entries go from one list to another. */
@ExtendWith(NoLeaks.class)
class MoveTest {
  @RegisterExtension final TestServer server = new TestServer();

  private static String to(String list) {
    return "{\"to\": \"" + list.substring(list.lastIndexOf('/') + 1) + "\"}";
  }

  private int size(String list) {
    return server.get(list).json().get("size").intValue();
  }

  @Test
  void anEntryGoesWholeAndLeavesNothingBehind() {
    String from = server.list("from");
    String target = server.list("to");
    server.post(
        from + "/entries",
        "{\"title\": \"milk\", \"date\": \"2026-12-19\", \"done\": true, \"notes\": \"oat\"}");
    Reply moved = server.post(from + "/entries/1/move", to(target));
    assertThat(moved.status()).isEqualTo(200);
    assertThat(moved.header("Location")).isEqualTo(target + "/entries/1");
    Reply there = server.get(target + "/entries/1");
    assertThat(there.text("title")).isEqualTo("milk");
    assertThat(there.text("date")).isEqualTo("2026-12-19");
    assertThat(there.text("notes")).isEqualTo("oat");
    assertThat(there.json().get("done").booleanValue()).isTrue();
    assertThat(there.json()).isEqualTo(moved.json().get("entry"));
    assertThat(size(from)).isZero();
  }

  @Test
  void aRepeatedMoveMovesOnce() {
    String from = server.list("from");
    String target = server.list("to");
    server.entry(from, "milk");
    Reply first = server.post(from + "/entries/1/move", to(target), "Idempotency-Key", "m");
    Reply second = server.post(from + "/entries/1/move", to(target), "Idempotency-Key", "m");
    assertThat(second.status()).isEqualTo(200);
    assertThat(second.response().body()).isEqualTo(first.response().body());
    assertThat(size(target)).isEqualTo(1);
  }

  /** Its key comes first, as for every other change: what was done is not denied. */
  @Test
  void aRepeatedMoveIsAnsweredAsBeforeWhereTheTargetWasDeletedSince() {
    String from = server.list("from");
    String target = server.list("to");
    server.entry(from, "milk");
    server.entry(from, "bread");
    Reply first = server.post(from + "/entries/1/move", to(target), "Idempotency-Key", "m");
    server.delete(target);

    Reply second = server.post(from + "/entries/1/move", to(target), "Idempotency-Key", "m");
    assertThat(second.status()).isEqualTo(200);
    assertThat(second.response().body()).isEqualTo(first.response().body());
    assertThat(second.header("Location")).isEqualTo(first.header("Location"));

    Reply other = server.post(from + "/entries/1/move", to(from), "Idempotency-Key", "m");
    assertThat(other.status()).isEqualTo(422);
    Reply fresh = server.post(from + "/entries/2/move", to(target), "Idempotency-Key", "m2");
    assertThat(fresh.status()).isEqualTo(422);
    assertThat(fresh.text("field")).isEqualTo("to");
    assertThat(size(from)).isEqualTo(1);
    assertThat(server.patch(from + "/entries/2", "{\"done\": true}").status()).isEqualTo(200);

    server.post(target + "/restore", "");
    assertThat(size(target)).isEqualTo(1);
  }

  @Test
  void noKeyOfAClientIsThatOfAStep() {
    String from = server.list("from");
    String target = server.list("to");
    server.entry(from, "milk");
    String done = "{\"done\": true}";
    for (String key : new String[] {"m/left", "m/stays", "u/1"}) {
      server.patch(from + "/entries/1", done, "Idempotency-Key", key);
    }
    Reply moved = server.post(from + "/entries/1/move", to(target), "Idempotency-Key", "m");
    assertThat(moved.status()).isEqualTo(200);
    assertThat(size(from)).isZero();

    server.delete(target + "/entries", "Idempotency-Key", "u/1");
    Reply undone = server.post(target + "/undo", "{\"revision\": 2}", "Idempotency-Key", "u");
    assertThat(undone.status()).isEqualTo(200);
    assertThat(size(target)).isEqualTo(1);
  }

  @Test
  void aBadTargetMovesNothing() {
    String from = server.list("from");
    server.entry(from, "milk");
    String deleted = server.list("deleted");
    server.delete(deleted);
    for (String target : new String[] {from, deleted, "/x", "/" + "0".repeat(32)}) {
      Reply refused = server.post(from + "/entries/1/move", to(target));
      assertThat(refused.status()).as(target).isEqualTo(422);
      assertThat(refused.text("field")).isEqualTo("to");
    }
    assertThat(server.post(from + "/entries/2/move", to(server.list("to"))).status())
        .isEqualTo(404);
    assertThat(size(from)).isEqualTo(1);
    assertThat(server.patch(from + "/entries/1", "{\"done\": true}").status()).isEqualTo(200);
  }

  @Test
  void movesAcrossCrashesLoseAndDoubleNothing() throws Exception {
    String from = server.list("from");
    String target = server.list("to");
    int entries = 40;
    for (int i = 0; i < entries; i++) {
      server.entry(from, "e" + i);
    }
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> killer =
          threads.submit(() -> {
            for (int i = 0; i < 12; i++) {
              Processes.exit(TodoCache.serverProcess("from"), ExitReason.KILL);
              Processes.exit(TodoCache.serverProcess("to"), ExitReason.KILL);
            }
          });
      for (int i = 1; i <= entries; i++) {
        String move = from + "/entries/" + i + "/move";
        String key = "move-" + i;
        Eventually.eventually(() ->
            assertThat(server.post(move, to(target), "Idempotency-Key", key).status())
                .isEqualTo(200));
      }
      killer.get();
    }
    Eventually.eventually(() -> assertThat(size(from)).isZero());
    assertThat(size(target)).isEqualTo(entries);
  }
}
