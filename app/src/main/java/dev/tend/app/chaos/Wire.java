package dev.tend.app.chaos;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Requests and their answers; nothing is repeated unless that is asked for. */
final class Wire {
  static final JsonMapper JSON = new JsonMapper();
  static final String API = "/api/v1";
  static final Duration PATIENCE = Duration.ofSeconds(12);
  private static final int ATTEMPTS = 300;
  private static final int PAUSE = 100;

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final Supplier<URI> address;

  /**
   * @param address where the server is at the moment
   */
  Wire(Supplier<URI> address) {
    this.address = address;
  }

  /**
   * The same request, as often as it takes: a server that has just started may still be reading.
   *
   * @param key of a change, which therefore acts once
   * @throws Lost if it is not answered in all that time
   */
  Reply insist(String method, String path, @Nullable ObjectNode body, @Nullable String key)
      throws Lost, InterruptedException {
    Lost last = new Lost(new IllegalStateException("never asked"));
    for (int i = 0; i < ATTEMPTS; i++) {
      try {
        Reply reply = send(method, path, body, key);
        if (!reply.isForLater()) {
          return reply;
        }
        last = new Lost(new IllegalStateException(path + " was answered " + reply.status()));
      } catch (Lost lost) {
        last = lost;
      }
      Thread.sleep(PAUSE);
    }
    throw last;
  }

  Reply get(String path) throws Lost, InterruptedException {
    return send("GET", path, null, null);
  }

  /**
   * @param key names a change; the same key again is the same change
   */
  Reply send(String method, String path, @Nullable ObjectNode body, @Nullable String key)
      throws Lost, InterruptedException {
    return send(method, path, body, key, null);
  }

  /**
   * @param tag what {@code If-Match} asks for, or null
   */
  Reply send(
      String method,
      String path,
      @Nullable ObjectNode body,
      @Nullable String key,
      @Nullable String tag)
      throws Lost, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(at(path)).timeout(PATIENCE);
    if (key != null) {
      request.header("Idempotency-Key", key);
    }
    if (tag != null) {
      request.header("If-Match", tag);
    }
    if (body == null) {
      request.method(method, BodyPublishers.noBody());
    } else {
      request
          .header("Content-Type", "application/json")
          .method(method, BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)));
    }
    return send(request.build());
  }

  /** Kills a process of a server that was started with {@code --dev}. */
  Reply kill(String pid, String token) throws Lost, InterruptedException {
    return send(
        HttpRequest.newBuilder(at("/status/processes/" + pid + "/kill"))
            .timeout(PATIENCE)
            .header("Authorization", "Bearer " + token)
            .POST(BodyPublishers.noBody())
            .build());
  }

  private URI at(String path) {
    return address.get().resolve(API + path);
  }

  private Reply send(HttpRequest request) throws Lost, InterruptedException {
    try {
      HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
      return new Reply(
          response.statusCode(),
          response.headers().firstValueAsLong("Tend-Revision").orElse(0),
          response.headers().firstValue("ETag"),
          body(response.body()));
    } catch (IOException | JacksonException e) {
      throw new Lost(e);
    }
  }

  private static ObjectNode body(byte[] bytes) {
    return bytes.length > 0 && JSON.readTree(bytes) instanceof ObjectNode object
        ? object
        : JSON.createObjectNode();
  }
}
