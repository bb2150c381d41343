package dev.tend.app.client;

import dev.tend.app.client.CouldNot.Because;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.UUID;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A running Tend. Every request is repeated while the server is busy, does not know what came of it
 * or is lost, for a bounded time; a change always under the same key, so that it acts once.
 */
final class Server implements AutoCloseable {
  static final JsonMapper JSON = new JsonMapper();
  private static final String API = "/api/v1";
  private static final Duration ONE_REQUEST = Duration.ofSeconds(15);
  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final URI address;
  private final Duration patience;
  private final Duration oneRequest;
  private boolean met;

  /**
   * @param patience how long a request is repeated
   */
  Server(URI address, Duration patience) {
    this(address, patience, ONE_REQUEST);
  }

  /**
   * @param patience how long a request is repeated
   * @param oneRequest how long an answer is waited for
   */
  Server(URI address, Duration patience, Duration oneRequest) {
    this.address = address;
    this.patience = patience;
    this.oneRequest = oneRequest;
  }

  /** Leaves it: it need not wait for more of this client. */
  @Override
  public void close() {
    http.shutdownNow();
  }

  /** A read; what is not there is answered, all else that is wrong is thrown. */
  Reply get(String path) throws CouldNot {
    return send("GET", path, null, UUID.randomUUID().toString());
  }

  /** A change under a key of its own. */
  Reply change(String method, String path, @Nullable ObjectNode body) throws CouldNot {
    return change(method, path, body, UUID.randomUUID().toString());
  }

  /** A change; the same key again is the same change. */
  Reply change(String method, String path, @Nullable ObjectNode body, String key) throws CouldNot {
    return send(method, path, body, key);
  }

  private Reply send(String method, String path, @Nullable ObjectNode body, String key)
      throws CouldNot {
    HttpRequest request = request(method, path, body, key);
    Patience left = new Patience(patience);
    @Nullable CouldNot unsure = null;
    try {
      while (true) {
        switch (attempt(request)) {
          case Attempt.Answered(Reply reply) -> {
            return reply;
          }
          case Attempt.Again(Duration after, boolean mayBeDone, CouldNot why) -> {
            unsure = unsure == null && mayBeDone ? why : unsure;
            if (!left.pause(after)) {
              throw why;
            }
          }
        }
      }
    } catch (CouldNot last) {
      throw unsure == null ? last : unsure;
    }
  }

  private sealed interface Attempt {
    record Answered(Reply reply) implements Attempt {}

    /**
     * @param mayBeDone whether it may have been done all the same: later attempts do not tell
     * @param why what to say if there is no time for another attempt
     */
    record Again(Duration after, boolean mayBeDone, CouldNot why) implements Attempt {}
  }

  private HttpRequest request(String method, String path, @Nullable ObjectNode body, String key) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(address + API + path)).timeout(oneRequest);
    if (!method.equals("GET")) {
      request.header("Idempotency-Key", key);
    }
    if (body == null) {
      return request.method(method, BodyPublishers.noBody()).build();
    }
    return request
        .header("Content-Type", "application/json")
        .method(method, BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)))
        .build();
  }

  private Attempt attempt(HttpRequest request) throws CouldNot {
    HttpResponse<byte[]> response;
    try {
      response = http.send(request, BodyHandlers.ofByteArray());
    } catch (ConnectException nobody) {
      if (!met) {
        throw unreachable();
      }
      return new Attempt.Again(SHORTEST_PAUSE, false, unreachable());
    } catch (HttpConnectTimeoutException nobody) {
      return new Attempt.Again(SHORTEST_PAUSE, false, unreachable());
    } catch (SSLException untrusted) {
      throw new CouldNot(
          Because.UNREACHABLE,
          "%s does not speak HTTPS as expected (%s): please look at --server"
              .formatted(address, Words.of(untrusted)));
    } catch (IOException lost) {
      met = true;
      return new Attempt.Again(SHORTEST_PAUSE, isChange(request), lost(request, lost));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CouldNot(Because.NOT_NOW, "interrupted");
    }
    met = true;
    Reply reply = reply(response);
    return switch (reply.status()) {
      case 502, 503, 504 ->
          new Attempt.Again(
              retryAfter(response), isChange(request) && !isUndone(reply), notNow(reply));
      default -> new Attempt.Answered(reply);
    };
  }

  private Reply reply(HttpResponse<byte[]> response) throws CouldNot {
    OptionalLong revision = response.headers().firstValueAsLong("Tend-Revision");
    String type = response.headers().firstValue("Content-Type").orElse("");
    int status = response.statusCode();
    if (response.body().length == 0 && (status == 204 || status >= 400)) {
      return new Reply(status, revision, JSON.createObjectNode());
    }
    try {
      if (type.contains("json")
          && JSON.readTree(response.body()) instanceof ObjectNode body
          && !isNowhere(response, body)) {
        return new Reply(status, revision, body);
      }
    } catch (JacksonException noJson) {
      // Said below.
    }
    if (status >= 502 && status <= 504) { // a proxy's, whose Tend is gone for now
      return new Reply(status, revision, JSON.createObjectNode());
    }
    throw new CouldNot(
        Because.REFUSED, address + " answers, but it is no Tend: please look at --server");
  }

  /** Whether the API is not there at all: every Tend has its lists. */
  private static boolean isNowhere(HttpResponse<?> response, ObjectNode body) {
    return response.statusCode() == 404
        && (response.uri().getPath().endsWith(API + "/lists")
            || !body.path("type").asString("").startsWith("urn:tend:"));
  }

  private static Duration retryAfter(HttpResponse<?> response) {
    return pause(response.headers().firstValue("Retry-After").orElse(""));
  }

  /** How long to wait where the server asks for so many seconds, or says nothing. */
  static Duration pause(String retryAfter) {
    if (!retryAfter.matches("[0-9]{1,5}")) {
      return retryAfter.isEmpty() ? SHORTEST_PAUSE : LONGEST_PAUSE;
    }
    Duration asked = Duration.ofSeconds(Long.parseLong(retryAfter));
    return asked.compareTo(LONGEST_PAUSE) < 0 ? asked : LONGEST_PAUSE;
  }

  /** A proxy's 503 says nothing of what its Tend has done. */
  private static boolean isUndone(Reply reply) {
    return reply.status() == 503 && reply.body().has("detail");
  }

  private static CouldNot notNow(Reply reply) {
    return new CouldNot(
        Because.NOT_NOW,
        isUndone(reply)
            ? "nothing was done: %s Please try again in a while.".formatted(reply.complaint())
            : "the server does not know yet whether it was done: please look before you repeat it");
  }

  /** Of a change nobody knows then whether it was done. */
  private CouldNot lost(HttpRequest request, IOException why) {
    String sentence =
        "the connection to %s was lost before it answered: %s".formatted(address, Words.of(why));
    return isChange(request)
        ? new CouldNot(
            Because.NOT_NOW, sentence + "; it may have been done: please look before you repeat it")
        : new CouldNot(Because.UNREACHABLE, sentence);
  }

  private static boolean isChange(HttpRequest request) {
    return !request.method().equals("GET");
  }

  private CouldNot unreachable() {
    return new CouldNot(
        Because.UNREACHABLE,
        "no server answers at %s. Start one with: tend serve (or name another with --server)"
            .formatted(address));
  }
}
