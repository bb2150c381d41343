package dev.tend.app.client;

import dev.tend.app.client.CouldNot.Because;
import dev.tend.app.exchange.Format;
import dev.tend.app.exchange.Item;
import dev.tend.app.exchange.Manuscript;
import dev.tend.todo.list.Draft;
import java.io.IOException;
import java.io.Reader;
import java.time.Duration;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Sends the good entries of a file to a list, a hundred at a time and one batch after the other.
 * Each has a key of its own, made of its place in the file: sent again it acts once.
 */
final class Upload {
  private static final int BATCH = 100;
  private static final int BATCH_WEIGHT = 800_000;
  private static final int MOST_BYTES_OF_A_CHARACTER = 6;
  private static final int BYTES_AROUND = 200;

  /**
   * Where entries go, and under which keys.
   *
   * @param keys what their keys begin with
   * @param lasting whether the same command would make the same keys
   * @param there which of them, counted from 1, are there already
   * @param patience how long a batch is repeated
   */
  record Target(
      Server server,
      ListRef list,
      String keys,
      boolean lasting,
      Set<Long> there,
      Duration patience) {}

  private final Target target;
  private final LongConsumer progress;
  private final Map<String, Waiting> batch = new LinkedHashMap<>();
  private int weight;
  private long seen;
  private long added;
  private @Nullable CouldNot failure;

  private record Waiting(long line, Draft draft) {}

  /** Why entries could not be taken, and when to try again. */
  private record NotNow(String why, Duration pause) {}

  private Upload(Target target, LongConsumer progress) {
    this.target = target;
    this.progress = progress;
  }

  /**
   * Sends them.
   *
   * @param progress is told how many entries have been dealt with
   * @return how many have been added
   */
  static long send(Manuscript file, Format format, Target target, LongConsumer progress)
      throws CouldNot, IOException {
    Upload upload = new Upload(target, progress);
    try (Reader text = file.open()) {
      format.read(text, upload::take);
    }
    upload.flush();
    if (upload.failure != null) {
      throw upload.failure;
    }
    return upload.added;
  }

  private void take(Item item) {
    if (!(item instanceof Item.Good(long line, Draft draft)) || failure != null) {
      return;
    }
    seen++;
    if (target.there().contains(seen)) {
      return;
    }
    batch.put(target.keys() + seen, new Waiting(line, draft));
    weight +=
        MOST_BYTES_OF_A_CHARACTER * (draft.title().length() + draft.notes().length())
            + BYTES_AROUND;
    if (batch.size() == BATCH || weight > BATCH_WEIGHT) {
      flush();
    }
  }

  private void flush() {
    try {
      Patience patience = new Patience(target.patience());
      while (failure == null && !batch.isEmpty()) {
        int before = batch.size();
        NotNow last = put();
        if (batch.size() < before) {
          patience = new Patience(target.patience());
        } else if (!patience.pause(last.pause())) {
          throw stopped(Because.NOT_NOW, last.why());
        }
      }
      weight = 0;
      progress.accept(seen);
    } catch (CouldNot could) {
      failure = could;
    }
  }

  /** Sends what waits; what has not been dealt with afterwards still waits. */
  private NotNow put() throws CouldNot {
    NotNow last = new NotNow("the server cannot take more now", Server.pause(""));
    ObjectNode body = Server.JSON.createObjectNode();
    ArrayNode commands = body.putArray("commands");
    batch.forEach(
        (key, entry) -> commands.addObject().put("key", key).set("add", json(entry.draft())));
    for (JsonNode result : reply(body).body().path("results")) {
      String key = result.path("key").asString("");
      int status = result.path("status").asInt(0);
      Waiting sent = batch.get(key);
      if (status >= 200 && status < 300 && sent != null) {
        batch.remove(key);
        added++;
      } else if (status < 500 && sent != null) {
        throw stopped(
            Because.REFUSED,
            "line %d: %s"
                .formatted(sent.line(), result.path("problem").path("detail").asString("")));
      } else if (status >= 500) {
        last =
            new NotNow(
                result.path("problem").path("detail").asString(last.why()),
                Server.pause(result.path("retryAfter").asString("")));
      }
    }
    return last;
  }

  private Reply reply(ObjectNode body) throws CouldNot {
    Reply reply;
    try {
      reply = target.server().change("POST", target.list().path() + "/batch", body);
    } catch (CouldNot lost) {
      throw stopped(lost.because(), Words.of(lost));
    }
    if (reply.isGood()) {
      return reply;
    }
    throw stopped(reply.status() == 404 ? Because.MISSING : Because.REFUSED, reply.complaint());
  }

  private CouldNot stopped(Because because, String why) {
    return new CouldNot(
        because,
        "%s (%s before that%s)"
            .formatted(
                why,
                Words.count(added, "entry was added", "entries were added"),
                target.lasting() ? "; the same command again goes on from there" : ""));
  }

  private static ObjectNode json(Draft draft) {
    ObjectNode json = Server.JSON.createObjectNode().put("title", draft.title());
    @Nullable LocalDate date = draft.date();
    if (date != null) {
      json.put("date", date.toString());
    }
    if (draft.done()) {
      json.put("done", true);
    }
    return draft.notes().isEmpty() ? json : json.put("notes", draft.notes());
  }
}
