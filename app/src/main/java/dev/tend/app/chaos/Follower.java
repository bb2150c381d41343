package dev.tend.app.chaos;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Listens to all lists through one event stream after another: each goes on where the one before
 * broke off. Notes what does not come once and in order.
 */
final class Follower implements Runnable {
  private static final int PAUSE = 50;

  /** Now and then it leaves by itself. */
  private static final int FICKLE = 400;

  private final int number;
  private final Supplier<URI> address;
  private final List<Shelf> shelves;
  private final Ledger ledger;
  private final Random random;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** The keys of each list's changes, in the order of their revisions. */
  private final Map<String, List<String>> seen = new HashMap<>();

  private volatile boolean closed;

  Follower(int number, Supplier<URI> address, List<Shelf> shelves, Ledger ledger, long seed) {
    this.number = number;
    this.address = address;
    this.shelves = shelves;
    this.ledger = ledger;
    this.random = new Random(seed - number);
    shelves.forEach(shelf -> seen.put(shelf.id(), new ArrayList<>()));
  }

  @Override
  public void run() {
    try {
      while (!closed) {
        follow();
        Thread.sleep(PAUSE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void follow() throws InterruptedException {
    try {
      HttpResponse<InputStream> response =
          http.send(
              HttpRequest.newBuilder(address.get().resolve(Wire.API + "/events?" + positions()))
                  .build(),
              HttpResponse.BodyHandlers.ofInputStream());
      try (BufferedReader lines =
          new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
        if (response.statusCode() == 200) {
          read(lines);
        }
      }
    } catch (IOException | UncheckedIOException | JacksonException broken) {
      // The next stream goes on where this one has ended.
    }
  }

  private synchronized String positions() {
    return shelves.stream()
        .map(shelf -> "list=%s:%s-%d".formatted(shelf.id(), shelf.incarnation(), seen(shelf)))
        .collect(Collectors.joining("&"));
  }

  private void read(BufferedReader lines) throws IOException {
    String event = "";
    for (String line; !closed && (line = lines.readLine()) != null; ) {
      if (line.startsWith("event: ")) {
        event = line.substring("event: ".length());
      } else if (line.startsWith("data: ")) {
        happened(event, Wire.JSON.readTree(line.substring("data: ".length())));
        if (random.nextInt(FICKLE) == 0) {
          return;
        }
      }
    }
  }

  private void happened(String event, JsonNode data) {
    switch (event) {
      case "change" -> changed(data);
      case "reset" ->
          found(data.path("list").asString(""), 0, "", "the position was taken for a foreign one");
      default -> {}
    }
  }

  private synchronized void changed(JsonNode change) {
    String list = change.path("list").asString("");
    long revision = change.path("revision").asLong(0);
    String key = change.path("command").asString("");
    List<String> keys = seen.computeIfAbsent(list, _ -> new ArrayList<>());
    if (revision == keys.size() + 1) {
      keys.add(key);
    } else {
      found(list, revision, key, "came after revision " + keys.size());
    }
  }

  private void found(String list, long revision, String key, String words) {
    String name =
        shelves.stream()
            .filter(shelf -> shelf.id().equals(list))
            .map(Shelf::name)
            .findFirst()
            .orElse(list);
    ledger.found(
        new Finding(Finding.What.STREAM, name, revision, key, "stream " + number + ": " + words));
  }

  /** How many changes of a list it has seen. */
  synchronized int seen(Shelf shelf) {
    return seen.getOrDefault(shelf.id(), List.of()).size();
  }

  /** The keys of what it has seen of a list, the first change first. */
  synchronized List<String> keys(Shelf shelf) {
    return List.copyOf(seen.getOrDefault(shelf.id(), List.of()));
  }

  int number() {
    return number;
  }

  void close() {
    closed = true;
    http.shutdownNow();
  }
}
