package dev.tend.web;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads an event stream as a browser does, until it is closed. */
final class EventReader implements AutoCloseable {
  record Event(String name, String id, JsonNode data) {}

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final List<Event> events = new CopyOnWriteArrayList<>();
  private final Thread thread;
  private volatile int status;
  private volatile boolean ended;

  EventReader(int port, String target, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + target));
    if (headers.length > 0) {
      request.headers(headers);
    }
    thread = Thread.startVirtualThread(() -> read(request.build()));
  }

  private void read(HttpRequest request) {
    try {
      HttpResponse<java.io.InputStream> response =
          client.send(request, HttpResponse.BodyHandlers.ofInputStream());
      status = response.statusCode();
      BufferedReader lines =
          new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
      String name = "";
      String id = "";
      String data = "";
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.isEmpty() && !name.isEmpty()) {
          events.add(new Event(name, id, JsonMapper.shared().readTree(data)));
          name = "";
          id = "";
        } else if (line.startsWith("event: ")) {
          name = line.substring(7);
        } else if (line.startsWith("id: ")) {
          id = line.substring(4);
        } else if (line.startsWith("data: ")) {
          data = line.substring(6);
        }
      }
    } catch (IOException | UncheckedIOException | InterruptedException broken) {
      // Told by ended.
    } finally {
      ended = true;
    }
  }

  int status() {
    return status;
  }

  boolean hasEnded() {
    return ended;
  }

  List<Event> events(String name) {
    return events.stream().filter(event -> event.name().equals(name)).toList();
  }

  boolean has(String name, Predicate<JsonNode> data) {
    return events(name).stream().anyMatch(event -> data.test(event.data()));
  }

  List<Long> revisions() {
    return events("change").stream()
        .map(event -> event.data().get("revision").longValue())
        .toList();
  }

  @Override
  public void close() {
    client.shutdownNow();
    thread.interrupt();
    try {
      thread.join(Duration.ofSeconds(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    client.close();
  }
}
