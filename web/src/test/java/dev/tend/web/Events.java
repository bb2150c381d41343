package dev.tend.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client that listens to the status page's events. */
final class Events implements AutoCloseable {
  private final Raw raw;
  String id = "";

  /**
   * @param last the id of the last event it knows, or the empty string
   */
  Events(int port, String last) throws IOException {
    raw = new Raw(port);
    raw.say("GET " + StatusTest.STATUS + "/events HTTP/1.1\r\nHost: localhost\r\n");
    raw.say((last.isEmpty() ? "" : "Last-Event-ID: " + last + "\r\n") + "\r\n");
  }

  /** The data of the next event of this name that the condition holds for. */
  JsonNode await(String name, Predicate<JsonNode> wanted) throws IOException {
    String event = "";
    while (true) {
      String line = raw.line();
      if (line.startsWith("id: ")) {
        id = line.substring(4);
      } else if (line.startsWith("event: ")) {
        event = line.substring(7);
      } else if (line.startsWith("data: ") && event.equals(name)) {
        JsonNode data =
            JsonMapper.shared()
                .readTree(
                    new String(
                        line.substring(6).getBytes(StandardCharsets.ISO_8859_1),
                        StandardCharsets.UTF_8));
        if (wanted.test(data)) {
          return data;
        }
      }
    }
  }

  /** The next line, whatever it is. */
  String line() throws IOException {
    return raw.line();
  }

  @Override
  public void close() throws IOException {
    raw.close();
  }
}
