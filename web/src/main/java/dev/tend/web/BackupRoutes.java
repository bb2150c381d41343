package dev.tend.web;

import dev.tend.otp.process.CallFailed;
import dev.tend.todo.Hindrance;
import dev.tend.todo.backup.BackupPlace.Made;
import dev.tend.todo.backup.BackupRun;
import dev.tend.todo.backup.Backups;
import java.util.function.Supplier;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Backups: begun here, and seen to grow. Where they are written to is not the client's to say. */
final class BackupRoutes {
  private static final JsonMapper JSON = new JsonMapper();

  private BackupRoutes() {}

  /** Begins one, or joins the one that goes on. */
  static Answer begin(Exchange exchange) {
    String key = Exchange.unconditional(exchange.command()).origin().commandId();
    return Answer.json(202, asked(() -> json(Backups.make(key))));
  }

  /** The one that goes on, or the last. */
  static Answer latest(Exchange exchange) {
    exchange.query();
    return Answer.json(
        200,
        asked(() ->
            Backups.latest()
                .map(BackupRoutes::json)
                .orElseThrow(() ->
                    new Refusal(
                        Problem.NO_SUCH_THING,
                        "No backup has been made since the server started."))));
  }

  private static ObjectNode asked(Supplier<ObjectNode> question) {
    try {
      return question.get();
    } catch (CallFailed restarting) {
      throw Lists.unavailable(
          new Hindrance(Hindrance.Kind.RESTARTING, "the part that makes backups is restarting"));
    }
  }

  private static ObjectNode json(BackupRun run) {
    ObjectNode json = JSON.createObjectNode().put("key", run.key());
    return switch (run) {
      case BackupRun.Running running ->
          json.put("state", "running").put("done", running.done()).put("total", running.total());
      case BackupRun.Failed failed -> json.put("state", "failed").put("reason", failed.reason());
      case BackupRun.Finished(String _, Made made) ->
          json.put("state", "finished")
              .put("name", made.name())
              .put("path", made.path().toString())
              .put("made", made.made().toString())
              .put("bytes", made.bytes())
              .put("lists", made.lists())
              .put("entries", made.entries())
              .put("revisions", made.revisions());
    };
  }
}
