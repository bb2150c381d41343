package dev.tend.app;

import static dev.tend.app.Ready.ready;
import static dev.tend.otp.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The server as whoever operates it meets it: SIGTERM under way, logs for programs. */
class OperationTest {
  private static final Pattern CATALOG =
      Pattern.compile("\"name\":\"Catalog\"[^{}]*\"pid\":\"([0-9.]+)\"");
  @TempDir private Path folder;

  /** A connection, line by line. */
  private static final class Line implements AutoCloseable {
    private final Socket socket;
    private final BufferedReader answers;

    Line(int port) throws IOException {
      socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setSoTimeout(60_000);
      answers =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    void say(String text) throws IOException {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
      socket.getOutputStream().flush();
    }

    String next() throws IOException {
      return answers.readLine();
    }

    String rest() {
      return answers.lines().collect(Collectors.joining("\n"));
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  @Test
  void atSigtermWhatHasComeIsAnsweredAndStreamsEndPolitely() throws Exception {
    String body = "{\"name\": \"last\"}";
    try (TendCommand tend = serve(Map.of())) {
      int port = port(tend.answer());
      ready(address(port));
      try (Line stream = new Line(port);
          Line request = new Line(port)) {
        stream.say("GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\n\r\n");
        while (!stream.next().startsWith("event: hello")) {
          // The head.
        }
        begin(request, body);
        tend.terminate();
        assertThat(stream.rest()).containsPattern("retry: \\d+\n: the server stops\n");
        request.say(body);
        assertThat(request.next()).isEqualTo("HTTP/1.1 201 Created");
        assertThat(request.rest()).contains("\"name\":\"last\"").contains("Connection: close");
      }
      assertThat(tend.status()).isEqualTo(143);
      assertThat(tend.errors()).noneMatch(line -> line.contains("did not stop"));
    }
    try (TendCommand tend = serve(Map.of())) {
      int port = port(tend.answer());
      eventually(() -> assertThat(get(port, "/api/v1/lists").body()).contains("\"last\""));
    }
  }

  @Test
  void aClientThatNeverEndsItsRequestIsToldSoAndHoldsNobodyUp() throws Exception {
    try (TendCommand tend = serve(Map.of("TEND_STOP_WITHIN", "10s"))) {
      int port = port(tend.answer());
      ready(address(port));
      try (Line request = new Line(port)) {
        begin(request, "{\"name\": \"last\"}");
        tend.terminate();
        assertThat(request.next()).isEqualTo("HTTP/1.1 408 Request Timeout");
      }
      assertThat(tend.status()).isEqualTo(143);
    }
  }

  @Test
  void theLogForProgramsIsAnObjectALine() throws Exception {
    try (TendCommand tend = serve(Map.of("TEND_LOG_FORMAT", "json"), "--dev")) {
      int port = port(tend.answer());
      String token = tend.answer().replaceFirst(".*#token=", "");
      ready(address(port));
      Matcher pid = CATALOG.matcher(get(port, "/api/v1/status").body());
      assertThat(pid.find()).isTrue();
      HttpRequest kill =
          HttpRequest.newBuilder(uri(port, "/api/v1/status/processes/" + pid.group(1) + "/kill"))
              .header("Authorization", "Bearer " + token)
              .POST(HttpRequest.BodyPublishers.noBody())
              .build();
      assertThat(send(kill).statusCode()).isEqualTo(202);
      eventually(
          () -> assertThat(tend.errors()).anyMatch(line -> line.contains("SUPERVISOR REPORT")));
      tend.terminate();
      assertThat(tend.status()).isEqualTo(143);
      JsonNode line =
          tend.errors().stream()
              .map(JsonMapper.shared()::readTree)
              .filter(one -> one.path("message").asString().equals("SUPERVISOR REPORT"))
              .findFirst()
              .orElseThrow();
      assertThat(line.path("report").path("error_context").asString())
          .isEqualTo("child_terminated");
      assertThat(line.path("report").path("offender").asString()).contains(pid.group(1), "Catalog");
      assertThat(tend.errors())
          .allSatisfy(one -> assertThat(JsonMapper.shared().readTree(one).isObject()).isTrue());
    }
  }

  @Test
  void whoListensForOthersIsWarned() throws Exception {
    try (TendCommand tend =
        serve(Map.of("TEND_HTTP_ADDRESS", "0.0.0.0", "TEND_HTTP_HOSTS", "tend.test"))) {
      int port = port(tend.answer());
      eventually(() ->
          assertThat(tend.errors())
              .anyMatch(line -> line.contains("WARN") && line.contains("no sign-in yet")));
      try (Line line = new Line(port)) {
        line.say("GET /health/live HTTP/1.1\r\nHost: tend.test\r\n\r\n");
        assertThat(line.next()).isEqualTo("HTTP/1.1 200 OK");
      }
    }
  }

  /** A browser writes an address in small letters. */
  @Test
  void whoReachesItByItsAddressIsAnsweredHoweverThatIsWritten() throws Exception {
    try (TendCommand tend = serve(Map.of("TEND_HTTP_ADDRESS", "::FFFF:127.0.0.1"))) {
      int port = Integer.parseInt(tend.answer().replaceFirst(".*]:(\\d+) .*", "$1"));
      try (Line line = new Line(port)) {
        line.say("GET /health/live HTTP/1.1\r\nHost: [::ffff:127.0.0.1]\r\n\r\n");
        assertThat(line.next()).isEqualTo("HTTP/1.1 200 OK");
      }
    }
  }

  private TendCommand serve(Map<String, String> environment, String... more) throws IOException {
    String[] arguments = {"serve", "--port", "0", "--data", folder.toString()};
    return TendCommand.start(
        environment,
        java.util.stream.Stream.of(arguments, more)
            .flatMap(java.util.Arrays::stream)
            .toArray(String[]::new));
  }

  private static int port(String answer) {
    return Integer.parseInt(
        answer.replaceFirst("Tend is at http://127\\.0\\.0\\.1:(\\d+) .*", "$1"));
  }

  /** The server has it in hand when this returns, and waits for the body. */
  private static void begin(Line request, String body) throws IOException {
    request.say(
        "POST /api/v1/lists HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            + "Expect: 100-continue\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n");
    assertThat(request.next()).isEqualTo("HTTP/1.1 100 Continue");
    assertThat(request.next()).isEmpty();
  }

  private static String address(int port) {
    return "http://127.0.0.1:" + port;
  }

  private static URI uri(int port, String path) {
    return URI.create(address(port) + path);
  }

  private static HttpResponse<String> get(int port, String path) throws Exception {
    return send(HttpRequest.newBuilder(uri(port, path)).build());
  }

  private static HttpResponse<String> send(HttpRequest request) throws Exception {
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
  }
}
