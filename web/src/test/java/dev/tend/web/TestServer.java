package dev.tend.web;

import static dev.tend.otp.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.StartOptions;
import dev.tend.otp.supervisor.ChildSpec;
import dev.tend.otp.supervisor.Flags;
import dev.tend.otp.supervisor.Strategy;
import dev.tend.otp.supervisor.Supervisor;
import dev.tend.store.DataFolder;
import dev.tend.todo.TodoConfig;
import dev.tend.todo.TodoSupervisor;
import dev.tend.todo.backup.Backups;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole system on a free port with a fresh data folder, during each test. */
final class TestServer implements BeforeEachCallback, AfterEachCallback {
  static final WebConfig CONFIG =
      withPatience(Duration.ofSeconds(30), Duration.ofSeconds(20), 1 << 14);

  /** For tests of what becomes of those who are silent or slow. */
  static final WebConfig IMPATIENT =
      withPatience(Duration.ofMillis(1_500), Duration.ofSeconds(1), 1 << 23);

  private final WebConfig config;
  private Duration check = Duration.ofDays(1);
  private Path path;
  private DataFolder folder;
  private Pid<Supervisor> root;
  private HttpClient client;
  int port;

  private static WebConfig withPatience(Duration silence, Duration bodyTime, int pace) {
    return new WebConfig("127.0.0.1", 0, 1 << 20, silence, bodyTime, pace, Duration.ofSeconds(10));
  }

  TestServer() {
    this(CONFIG);
  }

  TestServer(WebConfig config) {
    this.config = config;
  }

  /** Looks through all files for damage again and again, with such a pause. */
  TestServer checking(Duration pause) {
    check = pause;
    return this;
  }

  /** An answer, read. */
  record Reply(int status, HttpResponse<String> response) {
    String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }

    JsonNode json() {
      return JsonMapper.shared().readTree(response.body());
    }

    String text(String member) {
      return json().path(member).asString("");
    }
  }

  @Override
  public void beforeEach(ExtensionContext context) throws Exception {
    path = Files.createTempDirectory("tend-web");
    start(config);
    client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  }

  /** Starts what was stopped, on the port that clients know. */
  void start() throws Exception {
    start(config.withPort(port));
  }

  private void start(WebConfig config) throws Exception {
    folder = DataFolder.open(path.resolve("data"), 2);
    root =
        Supervisor.start(
                new Flags(Strategy.ONE_FOR_ONE, 10, Duration.ofSeconds(30)),
                List.of(
                    ChildSpec.supervisor(
                        "TodoSupervisor",
                        () ->
                            TodoSupervisor.startLink(
                                new TodoConfig(
                                    folder.store(),
                                    Duration.ofMinutes(10),
                                    TodoConfig.SHARE,
                                    Optional.empty(),
                                    check))),
                    Backups.child(
                        Backups.Plan.of(
                            folder.backups(path.resolve("backups"), "test"), Optional.empty())),
                    Web.child(config, new About("test", Optional.of(folder.path())))),
                StartOptions.defaults())
            .orThrow();
    port = Web.port(Web.NAME);
  }

  /** Ends it in order, and keeps what it has stored. */
  void stop() throws Exception {
    Optional<ExitReason> end = Processes.stop(root, ExitReason.SHUTDOWN, Duration.ofSeconds(10));
    folder.close();
    if (end.isEmpty()) {
      throw new AssertionError("the system did not stop");
    }
  }

  @Override
  public void afterEach(ExtensionContext context) throws Exception {
    client.close();
    stop();
    eventually(() -> delete(path));
  }

  /**
   * The copy of a backup, which goes on for a moment after its process, takes files away itself.
   */
  private static void delete(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (UncheckedIOException | NoSuchFileException taken) {
      // Seen below.
    }
    assertThat(folder).doesNotExist();
  }

  /** The supervisor above all. */
  Pid<Supervisor> root() {
    return root;
  }

  /** Where the system keeps what must not be lost. */
  Path data() {
    return folder.path();
  }

  /** Where a browser finds a path. */
  String url(String path) {
    return "http://127.0.0.1:" + port + path;
  }

  Reply get(String target, String... headers) {
    return send("GET", target, null, headers);
  }

  Reply post(String target, String json, String... headers) {
    return send("POST", target, json, headers);
  }

  Reply patch(String target, String json, String... headers) {
    return send("PATCH", target, json, headers);
  }

  Reply delete(String target, String... headers) {
    return send("DELETE", target, null, headers);
  }

  Reply send(String method, String target, String json, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + target))
            .timeout(Duration.ofSeconds(20));
    if (json != null && !List.of(headers).contains("Content-Type")) {
      request.header("Content-Type", "application/json");
    }
    if (headers.length > 0) {
      request.headers(headers);
    }
    request.method(
        method,
        json == null
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofString(json));
    try {
      HttpResponse<String> response =
          client.send(request.build(), HttpResponse.BodyHandlers.ofString());
      return new Reply(response.statusCode(), response);
    } catch (java.io.IOException | InterruptedException e) {
      throw new AssertionError(method + " " + target + " got no answer", e);
    }
  }

  /** Of a list's entries, as they are stored. */
  List<String> titles(String list) {
    return get(list + "/entries")
        .json()
        .get("entries")
        .valueStream()
        .map(entry -> entry.get("title").stringValue())
        .toList();
  }

  /** Makes a list and answers its URL. */
  String list(String name) {
    Reply made =
        post("/api/v1/lists", JsonMapper.shared().createObjectNode().put("name", name).toString());
    if (made.status() != 201) {
      throw new AssertionError("not made: " + made.response().body());
    }
    return made.header("Location");
  }

  /** Adds an entry and answers its URL. */
  String entry(String list, String title) {
    Reply made =
        post(
            list + "/entries",
            JsonMapper.shared().createObjectNode().put("title", title).toString());
    if (made.status() != 201) {
      throw new AssertionError("not made: " + made.response().body());
    }
    return made.header("Location");
  }
}
