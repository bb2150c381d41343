package dev.tend.web;

import static dev.tend.otp.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.ServerName;
import dev.tend.otp.sys.Sys;
import dev.tend.otp.testkit.NoLeaks;
import dev.tend.todo.DatabaseWorker;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A stop in order, over sockets: what has come is answered, what goes on ends politely. */
@ExtendWith(NoLeaks.class)
class StopTest {
  private static final List<ServerName<DatabaseWorker>> WRITERS =
      List.of(DatabaseWorker.of(1), DatabaseWorker.of(2));

  @RegisterExtension final TestServer server = new TestServer();

  @AfterEach
  void startAgain() throws Exception {
    if (!takesConnections()) {
      server.start();
    }
  }

  @Test
  void aChangeWhoseCommitIsSlowIsAnsweredAndKept() throws Exception {
    String list = server.list("x");
    server.entry(list, "first");
    WRITERS.forEach(Sys::suspend);
    try (Raw client = new Raw(server.port)) {
      add(client, list, "{\"title\": \"last\"}");
      eventually(() -> assertThat(waitingForTheDisk()).as("waiting writes").isPositive());
      CompletableFuture<Void> stopped = stop();
      eventually(() -> assertThat(takesConnections()).isFalse());
      assertThat(stopped).isNotDone();
      WRITERS.forEach(Sys::resume);
      assertThat(client.rest()).startsWith("HTTP/1.1 201 ").contains("\"title\":\"last\"");
      stopped.join();
    }
    server.start();
    eventually(
        () -> assertThat(server.get(list + "/entries").response().body()).contains("\"last\""));
  }

  @Test
  void aRequestOnAKeptConnectionIsRefusedOrHungUpOnWhileItStops() throws Exception {
    String list = server.list("x");
    server.entry(list, "first");
    WRITERS.forEach(Sys::suspend);
    try (Raw client = new Raw(server.port);
        Raw other = new Raw(server.port)) {
      other.say("GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n");
      assertThat(other.line()).isEqualTo("HTTP/1.1 200 OK");
      add(client, list, "{\"title\": \"last\"}");
      eventually(() -> assertThat(waitingForTheDisk()).isPositive());
      CompletableFuture<Void> stopped = stop();
      eventually(() -> assertThat(takesConnections()).isFalse());
      String answer = "";
      try {
        add(other, list, "{\"title\": \"too late\"}");
        answer = other.rest();
      } catch (IOException hungUp) {
        // As good: it has not been taken.
      }
      assertThat(answer).doesNotContain("HTTP/1.1 201");
      if (answer.contains("HTTP/1.1 503")) {
        assertThat(answer.substring(answer.indexOf("HTTP/1.1 503"))).contains("Retry-After: 1");
      }
      WRITERS.forEach(Sys::resume);
      stopped.join();
    }
    server.start();
    eventually(() -> assertThat(server.get(list + "/entries").json().path("entries")).hasSize(2));
  }

  @Test
  void connectionsWithoutARequestAreNotWaitedFor() throws Exception {
    try (Raw idle = new Raw(server.port);
        Raw half = new Raw(server.port)) {
      idle.say("GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n");
      assertThat(idle.line()).isEqualTo("HTTP/1.1 200 OK");
      half.say("GET /health/li");
      CompletableFuture<Void> stopped = stop();
      assertThat(idle.rest()).as("hung up").doesNotContain("HTTP/1.1");
      assertThat(half.rest()).as("hung up").isIn("", "\n<reset>");
      stopped.join();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/v1/events?list=", "/api/v1/status/events"})
  void aStreamEndsWithAWordWhenToComeBack(String stream) throws Exception {
    String list = server.list("x");
    String target = stream.endsWith("=") ? stream + list.replaceFirst(".*/", "") : stream;
    try (Raw client = new Raw(server.port)) {
      client.say("GET " + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
      assertThat(client.line()).isEqualTo("HTTP/1.1 200 OK");
      while (!client.line().startsWith("event: ")) {
        // The head, and perhaps comments.
      }
      CompletableFuture<Void> stopped = stop();
      String rest = client.rest();
      assertThat(rest)
          .containsPattern("\nretry: [12]\\d{3}\n: the server stops\n\n")
          .as("a whole answer")
          .endsWith("\r\n0\r\n\r\n");
      stopped.join();
    }
  }

  @Test
  void manyStreamsAndTheirChangesEndWhole() throws Exception {
    String list = server.list("x");
    String target = "/api/v1/events?list=" + list.replaceFirst(".*/", "");
    List<Raw> clients = new java.util.ArrayList<>();
    try {
      for (int i = 0; i < 50; i++) {
        Raw client = new Raw(server.port);
        clients.add(client);
        client.say("GET " + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
        while (!client.line().startsWith("event: hello")) {
          // The head.
        }
      }
      for (int i = 0; i < 20; i++) {
        server.entry(list, "entry " + i);
      }
      CompletableFuture<Void> stopped = stop();
      for (Raw client : clients) {
        assertThat(client.rest()).contains("\n: the server stops\n\n").endsWith("\r\n0\r\n\r\n");
      }
      stopped.join();
    } finally {
      for (Raw client : clients) {
        client.close();
      }
    }
  }

  private CompletableFuture<Void> stop() {
    return CompletableFuture.runAsync(() -> {
      try {
        server.stop();
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    });
  }

  static void add(Raw client, String list, String json) throws IOException {
    client.say(
        "POST %s/entries HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
            .formatted(list, json.length(), json));
  }

  private static int waitingForTheDisk() {
    return WRITERS.stream()
        .map(writer -> (Pid<?>) writer.whereis().orElseThrow())
        .mapToInt(pid -> Processes.info(pid).orElseThrow().mailbox())
        .sum();
  }

  private boolean takesConnections() {
    try (Raw raw = new Raw(server.port)) {
      return raw.say("") == raw;
    } catch (IOException refused) {
      return false;
    }
  }

  /** Where a writer hangs for longer than the stop may take. */
  @ExtendWith(NoLeaks.class)
  static class InLittleTime {
    @RegisterExtension
    final TestServer server = new TestServer(TestServer.CONFIG.withGrace(Duration.ofSeconds(3)));

    @Test
    void aChangeThatHangsIsAnsweredAsUnknownBeforeTheEnd() throws Exception {
      String list = server.list("x");
      server.entry(list, "first");
      WRITERS.forEach(Sys::suspend);
      try (Raw client = new Raw(server.port)) {
        add(client, list, "{\"title\": \"last\"}");
        eventually(() -> assertThat(waitingForTheDisk()).isPositive());
        Pid<Web> web = Web.NAME.whereis().orElseThrow();
        assertThat(Processes.stop(web, ExitReason.NORMAL, Duration.ofSeconds(20))).isPresent();
        assertThat(client.rest()).startsWith("HTTP/1.1 504 ").contains("outcome-unknown");
      } finally {
        WRITERS.forEach(Sys::resume);
      }
      eventually(() -> assertThat(Web.NAME.whereis()).isPresent());
    }
  }
}
