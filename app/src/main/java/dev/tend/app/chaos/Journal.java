package dev.tend.app.chaos;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A list as the server shows it afterwards: its whole history, and what is in it.
 *
 * @param lines its history, the first change first
 * @param entries by their numbers
 */
record Journal(Shelf shelf, long revision, List<Line> lines, Map<Integer, ObjectNode> entries) {
  /**
   * A record.
   *
   * @param entry as the change has left it, or null
   */
  record Line(long revision, String key, String kind, int id, @Nullable ObjectNode entry) {}

  static Journal read(Wire wire, Shelf shelf) throws Lost, InterruptedException {
    String path = "/lists/" + shelf.id();
    List<Line> newestFirst = new ArrayList<>();
    String before = "";
    do {
      ObjectNode page = get(wire, path + "/history?limit=1000" + before);
      page.path("records").forEach(record -> newestFirst.add(line(record)));
      before = page.has("next") ? "&before=" + page.path("next").asString("") : "";
    } while (!before.isEmpty());
    Map<Integer, ObjectNode> entries = new TreeMap<>();
    String after = "";
    do {
      ObjectNode page = get(wire, path + "/entries?limit=1000" + after);
      for (JsonNode entry : page.path("entries")) {
        if (entry instanceof ObjectNode there) {
          entries.put(there.path("id").asInt(0), there);
        }
      }
      after = page.has("next") ? "&after=" + page.path("next").asString("") : "";
    } while (!after.isEmpty());
    long revision = get(wire, path).path("revision").asLong(-1);
    return new Journal(shelf, revision, newestFirst.reversed(), entries);
  }

  /** As often as it takes, and only what is there. */
  static ObjectNode get(Wire wire, String path) throws Lost, InterruptedException {
    Reply reply = wire.insist("GET", path, null, null);
    if (reply.status() == 200) {
      return reply.body();
    }
    throw new Lost(new IllegalStateException(path + " was answered " + reply.status()));
  }

  /** Whether an entry is on its way to another list still. */
  boolean hasOpenMoves() {
    Set<Integer> leaving = new HashSet<>();
    for (Line line : lines) {
      switch (line.kind()) {
        case "leaving" -> leaving.add(line.id());
        case "staying", "deleted" -> leaving.remove(line.id());
        default -> {}
      }
    }
    return !leaving.isEmpty();
  }

  private static Line line(JsonNode record) {
    return new Line(
        record.path("revision").asLong(0),
        record.path("command").asString(""),
        record.path("kind").asString(""),
        record.path("id").asInt(0),
        record.get("entry") instanceof ObjectNode entry ? entry : null);
  }
}
