package dev.tend.web;

import static dev.tend.otp.testkit.Eventually.eventually;
import static java.util.concurrent.TimeUnit.SECONDS;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.testkit.NoLeaks;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What no well-behaved client says. */
@ExtendWith(NoLeaks.class)
@Timeout(value = 30, unit = SECONDS)
class WireTest {
  private static final String HOST = "Host: localhost\r\n";
  private static final String GET = "GET /health/live HTTP/1.1\r\n" + HOST;
  private static final String POST = "POST /api/v1/lists HTTP/1.1\r\n" + HOST;
  static final String JSON = POST + "Content-Type: application/json\r\n";
  private static final String LAST = "Connection: close\r\n";
  private static final String LIST = "Content-Length: 12\r\n\r\n{\"name\":\"a\"}";

  @RegisterExtension final TestServer server = new TestServer(TestServer.IMPATIENT);

  private String exchange(String text) throws IOException {
    return Raw.exchange(server.port, text);
  }

  private static void assertProblem(String answer, int status) {
    assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
    assertThat(answer)
        .contains("application/problem+json")
        .contains("nosniff")
        .doesNotContain("jetty")
        .doesNotContain("Jetty")
        .doesNotContain("\tat ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "evil.example:PORT",
        "localhost:1",
        "127.0.0.1.evil.example:PORT",
        "localhost.",
        "0.0.0.0:PORT",
        "[::]:PORT",
        "192.168.0.1",
        "localhost@evil.example",
        "LOCALHOST:99999"
      })
  void aForeignHostIsRefused(String host) throws Exception {
    String named = host.replace("PORT", "" + server.port);
    assertThat(
            exchange(
                "GET /health/live HTTP/1.1\r\nHost: " + named + "\r\nConnection: close\r\n\r\n"))
        .containsPattern("^HTTP/1.1 40[03] ")
        .contains("application/problem+json");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"localhost", "localhost:PORT", "LocalHost:PORT", "127.0.0.1:PORT", "[::1]:PORT"})
  void ourOwnHostIsAnswered(String host) throws Exception {
    String named = host.replace("PORT", "" + server.port);
    assertThat(
            exchange(
                "GET /health/live HTTP/1.1\r\nHost: " + named + "\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 200 ");
  }

  @ParameterizedTest
  @CsvSource({
    "http://evil.example, 403",
    "null, 403",
    "https://localhost:PORT, 403",
    "http://localhost:1, 403",
    "http://localhost:PORT, 201"
  })
  void aForeignOriginIsRefused(String origin, int status) throws Exception {
    String answer =
        exchange(
            JSON.replace("localhost", "localhost:" + server.port)
                + ("Origin: " + origin.replace("PORT", "" + server.port) + "\r\n")
                + LAST
                + LIST);
    assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
    assertThat(server.get("/api/v1/lists").json().get("lists")).hasSize(status == 201 ? 1 : 0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GARBAGE\r\n\r\n",
        "GET / HTTP/1.1\r\n\r\n",
        "GET / HTTP/9.9\r\nHost: localhost\r\n\r\n",
        "GET / HTTP/1.1\nHost: localhost\n\n",
        "GET / HTTP/1.1\r\nHost: localhost\nX: y\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: localhost\r\nX : y\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: localhost\r\nX: a\r\n b\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: localhost\r\nX: a\u0000b\r\n\r\n",
        "GET /a\u0000b HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET /../../etc/passwd HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET /api/v1/lists/..%2f..%2fetc HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET /%zz HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET /%00 HTTP/1.1\r\nHost: localhost\r\n\r\n",
        POST + "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
        POST + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        POST + "Content-Length: -5\r\n\r\n",
        JSON + "Transfer-Encoding: chunked\r\n\r\nzz\r\n",
        JSON + "Transfer-Encoding: chunked\r\n\r\n2\n{}\n0\n\n"
      })
  void malformedIsRefusedAndTheConnectionEnds(String request) throws Exception {
    String answer = exchange(request);
    assertThat(answer).containsPattern("^HTTP/1.1 (400|505) ").contains("application/problem+json");
    assertThat(answer).containsOnlyOnce("HTTP/1.1");
    assertThat(answer.toLowerCase(java.util.Locale.ROOT))
        .contains("connection: close")
        .doesNotContain("jetty");
  }

  @Test
  void invalidUtf8IsRefused() throws Exception {
    byte[] body = {'{', '"', 'n', 'a', 'm', 'e', '"', ':', '"', (byte) 0xc3, (byte) 0x28, '"', '}'};
    try (Raw raw = new Raw(server.port)) {
      raw.say(JSON + LAST + "Content-Length: 13\r\n\r\n");
      assertProblem(raw.say(body).rest(), 400);
    }
    try (Raw raw = new Raw(server.port)) {
      raw.say(JSON + LAST + "Content-Length: 24\r\n\r\n");
      assertProblem(raw.say("{\"name\":\"a\"}".getBytes(StandardCharsets.UTF_16BE)).rest(), 400);
    }
  }

  @Test
  void aKeyOutsideOfAsciiIsRefused() throws Exception {
    assertProblem(exchange(JSON + LAST + "Idempotency-Key: \u00e4\r\n" + LIST), 400);
  }

  @Test
  void tooLongAUriOrHeaderIsRefused() throws Exception {
    assertProblem(exchange("GET /" + "x".repeat(20_000) + " HTTP/1.1\r\n" + HOST + "\r\n"), 414);
    assertProblem(exchange(GET + "X: " + "x".repeat(20_000) + "\r\n\r\n"), 431);
  }

  @Test
  void aBodyThatIsTooLargeIsNotReadAndItsRestNeverExecuted() throws Exception {
    String declared =
        exchange(JSON + "Content-Length: 104857600\r\n\r\n" + (JSON + LIST).repeat(20));
    assertProblem(declared, 413);
    assertThat(declared).containsOnlyOnce("HTTP/1.1").contains("Connection: close");
    assertThat(server.get("/api/v1/lists").json().get("lists")).isEmpty();
  }

  /** As plain clients do, which send all they have before they read. */
  @ParameterizedTest
  @ValueSource(strings = {"application/json", "text/plain"})
  void whoSendsMoreThanIsTakenGetsToReadWhy(String type) throws Exception {
    String body = "x".repeat(5_000_000);
    try (Raw raw = new Raw(server.port)) {
      raw.say(POST + "Content-Type: " + type + "\r\nContent-Length: " + body.length() + "\r\n\r\n");
      raw.say(body);
      String answer = raw.rest();
      assertProblem(answer, type.equals("text/plain") ? 415 : 413);
      assertThat(answer).contains("Connection: close");
    }
  }

  @Test
  void aHundredMegabytesInChunksAreCutOff() throws Exception {
    try (Raw raw = new Raw(server.port)) {
      raw.say(JSON + "Transfer-Encoding: chunked\r\n\r\n");
      CompletableFuture<String> answer =
          CompletableFuture.supplyAsync(() -> {
            try {
              return raw.rest();
            } catch (IOException e) {
              return e.toString();
            }
          });
      byte[] chunk = ("10000\r\n" + "x".repeat(65_536) + "\r\n").getBytes(StandardCharsets.UTF_8);
      int sent = 0;
      try {
        for (; sent < 1_600; sent++) {
          raw.say(chunk);
        }
      } catch (IOException cut) {
        // as it should be
      }
      assertThat(sent).isLessThan(1_600);
      String said = answer.get(10, SECONDS);
      assertThat(said).startsWith("HTTP/1.1 413 ").containsOnlyOnce("HTTP/1.1");
    }
  }

  @Test
  void pipelinedRequestsAreAnsweredInTurn() throws Exception {
    String answer = exchange(GET + "\r\n" + GET + LAST + "\r\n");
    assertThat(answer.split("HTTP/1.1 200", -1)).hasSize(3);
  }

  @Test
  void slowHeadersAreCutOff() throws Exception {
    try (Raw raw = new Raw(server.port)) {
      long start = System.nanoTime();
      raw.drip("GET /health/live HTTP/1.1\r\nX: " + "y".repeat(100), 100);
      assertThat(raw.rest()).doesNotContain("200");
      assertThat(System.nanoTime() - start).isLessThan(SECONDS.toNanos(9));
    }
  }

  @Test
  void aSilentConnectionIsCutOffAlsoAfterARequest() throws Exception {
    try (Raw raw = new Raw(server.port)) {
      raw.say(GET + "\r\n");
      long start = System.nanoTime();
      raw.drip("GET /health/live HTTP/1.1\r\nX: " + "y".repeat(100), 100);
      assertThat(raw.rest()).containsOnlyOnce("HTTP/1.1 200");
      assertThat(System.nanoTime() - start).isLessThan(SECONDS.toNanos(9));
    }
  }

  @Test
  void aSlowBodyIsRefused() throws Exception {
    try (Raw raw = new Raw(server.port)) {
      raw.say(JSON + "Content-Length: 1000\r\n\r\n");
      Thread.startVirtualThread(() -> {
        try {
          raw.drip("{\"name\": \"" + "y".repeat(500), 50);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      });
      String answer = raw.rest();
      assertProblem(answer, 408);
      assertThat(answer).contains("Connection: close");
    }
    assertThat(server.get("/api/v1/lists").json().get("lists")).isEmpty();
  }

  /** RFC 9112 §6.1: what was done to the body before it was cut into chunks has to be undone. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "gzip, chunked",
        "identity, chunked",
        "gzip\r\nTransfer-Encoding: chunked",
      })
  void aTransferCodingThatIsNotKnownIsSaidToBe(String codings) throws Exception {
    String coded = "Transfer-Encoding: " + codings + "\r\n\r\nc\r\n{\"name\":\"a\"}\r\n0\r\n\r\n";
    String answer = exchange(JSON + coded + GET + "\r\n");
    assertProblem(answer, 501);
    assertThat(answer).containsOnlyOnce("HTTP/1.1").contains("Connection: close");
    assertThat(server.get("/api/v1/lists").json().get("lists")).isEmpty();
    String list = server.list("read at once");
    server.get(list + "/entries");
    String read = "GET " + list + "/entries HTTP/1.1\r\n" + HOST;
    assertProblem(exchange(read + coded), 501);
  }

  @Test
  void aBodyInChunksIsRead() throws Exception {
    String chunked = "Transfer-Encoding: Chunked\r\n\r\nc\r\n{\"name\":\"a\"}\r\n0\r\n\r\n";
    assertThat(exchange(JSON + LAST + chunked)).startsWith("HTTP/1.1 201 ");
  }

  @Test
  void aBodyOfTwoTypesIsRefused() throws Exception {
    assertProblem(exchange(JSON + LAST + "Content-Type: text/plain\r\n" + LIST), 415);
  }

  /** RFC 9110 §9.3.7: it is about no resource. */
  @Test
  void theServerSaysThatItIsThere() throws Exception {
    assertThat(exchange("OPTIONS * HTTP/1.1\r\n" + HOST + LAST + "\r\n"))
        .startsWith("HTTP/1.1 204 ");
    assertProblem(exchange("GET * HTTP/1.1\r\n" + HOST + LAST + "\r\n"), 400);
  }

  /**
   * It is never idle: there is always something that it reads. An answer this long is a batch's
   * that shows first how little its changes leave, and then how much.
   */
  @Test
  void whoReadsALongAnswerTooSlowlyIsCutOff() throws Exception {
    String list = server.list("long");
    String add = "\"add\": {\"title\": \"x\", \"notes\": \"%s\"}";
    add(list, add.formatted(""));
    for (int i = 0; i < 16; i++) {
      add(list, add.formatted("\\u0001".repeat(20_000)));
    }
    int length = 16 * 8 * 6 * 20_000;
    try (Raw raw = Raw.narrow(server.port)) {
      assertThat(raw.say(ticks(list, true)).sip(400_000, 0)).isGreaterThan(length);
    }
    try (Raw raw = Raw.narrow(server.port)) {
      assertThat(raw.say(ticks(list, false)).sip(400_000, 200)).isLessThan(length);
    }
  }

  private void add(String list, String add) {
    assertThat(server.post(list + "/batch", commands(8, _ -> add)).status()).isEqualTo(200);
  }

  private static String ticks(String list, boolean done) {
    String update = "\"update\": {\"id\": %d, \"done\": " + done + "}";
    String body = commands(17 * 8, update::formatted);
    return "POST "
        + list
        + "/batch HTTP/1.1\r\n"
        + HOST
        + LAST
        + "Content-Type: application/json\r\nContent-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }

  private static String commands(int count, IntFunction<String> command) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(i -> "{\"key\": \"" + UUID.randomUUID() + "\", " + command.apply(i) + "}")
        .collect(joining(",", "{\"commands\": [", "]}"));
  }

  @Test
  void aBodyThatBreaksOffIsNotActedOn() throws Exception {
    try (Raw raw = new Raw(server.port)) {
      raw.say(JSON + LIST.replace("12", "100"));
    }
    // A listener that stops lets what has come be dealt with.
    Pid<?> web = Web.NAME.whereis().orElseThrow();
    assertThat(Processes.stop(web, ExitReason.NORMAL, Duration.ofSeconds(20))).isPresent();
    eventually(() -> assertThat(server.get("/api/v1/lists").json().get("lists")).isEmpty());
  }

  @Test
  void expectContinueIsAnsweredOnlyForBodiesThatAreWanted() throws Exception {
    String rest = "Expect: 100-continue\r\nContent-Length: 104857600\r\n\r\n";
    assertProblem(exchange(JSON + rest), 413);
    assertProblem(exchange(POST + "Content-Type: text/plain\r\n" + rest), 415);
  }
}
