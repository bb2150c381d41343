package dev.tend.app.client;

import dev.tend.app.client.CouldNot.Because;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Something of which the server shows a page at a time.
 *
 * @param path of the pages
 * @param member of a page in which its things are
 * @param cursor the parameter that asks for the page after another
 * @param query further parameters
 * @param limit how much a page has at most
 */
record Pages(String path, String member, String cursor, Map<String, String> query, int limit) {
  private static final int LARGEST = 1000;

  /** What is done with one thing. */
  @FunctionalInterface
  interface Each {
    /** Does it; false if that is enough. */
    boolean take(ObjectNode thing) throws CouldNot;
  }

  static Pages lists(Map<String, String> query) {
    return new Pages("/lists", "lists", "after", query, LARGEST);
  }

  static Pages entries(ListRef list, Map<String, String> query) {
    return new Pages(list.path() + "/entries", "entries", "after", query, LARGEST);
  }

  static Pages history(String path) {
    return history(path, LARGEST);
  }

  /**
   * A history, the newest first.
   *
   * @param most how much of it is wanted
   */
  static Pages history(String path, int most) {
    return new Pages(path + "/history", "records", "before", Map.of(), Math.min(most, LARGEST));
  }

  /** Takes thing after thing; a page is in memory at a time. */
  void each(Server server, Each each) throws CouldNot {
    String next = "";
    do {
      Reply page = ClientCommand.done(server.get(path + "?" + query(next)));
      for (JsonNode thing : page.body().path(member)) {
        if (!(thing instanceof ObjectNode object)) {
          throw new CouldNot(Because.REFUSED, "the server's answer cannot be read");
        }
        if (!each.take(object)) {
          return;
        }
      }
      next = page.body().path("next").asString("");
    } while (!next.isEmpty());
  }

  private String query(String next) {
    Map<String, String> all = new LinkedHashMap<>(query);
    all.put("limit", Integer.toString(limit));
    if (!next.isEmpty()) {
      all.put(cursor, next);
    }
    return all.entrySet().stream()
        .map(one -> one.getKey() + "=" + URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }
}
