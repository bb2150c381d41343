package dev.tend.web;

import static dev.tend.otp.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.ServerName;
import dev.tend.otp.process.StartOptions;
import dev.tend.otp.process.StartResult;
import dev.tend.otp.testkit.NoLeaks;
import dev.tend.todo.Catalog;
import dev.tend.todo.Database;
import dev.tend.todo.ProcessRegistry;
import dev.tend.todo.SystemSupervisor;
import dev.tend.web.TestServer.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

@ExtendWith(NoLeaks.class)
class LifeTest {
  @RegisterExtension final TestServer server = new TestServer();

  @Test
  void aKilledListenerIsReplacedOnTheSamePort() {
    String list = server.list("x");
    for (int round = 0; round < 5; round++) {
      Pid<Web> killed = Web.NAME.whereis().orElseThrow();
      Processes.exit(killed, ExitReason.KILL);
      eventually(() -> assertThat(Web.NAME.whereis()).isPresent());
      assertThat(Web.port(Web.NAME)).isEqualTo(server.port);
      assertThat(Web.NAME.whereis().orElseThrow()).isNotEqualTo(killed);
      assertThat(server.get(list).status()).isEqualTo(200);
    }
  }

  /** A client that is told 400 does not try again. */
  @Test
  void aBodyThatTheListenersDeathCutsOffIsNotTheClientsFault() throws Exception {
    for (int round = 0; round < 5; round++) {
      List<Raw> clients = new ArrayList<>();
      for (int i = 0; i < 32; i++) {
        Raw client =
            new Raw(server.port).say("GET /health/live HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
        assertThat(client.line()).contains("200");
        clients.add(
            client.say(
                "POST /api/v1/lists HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100\r\n"
                    + "Content-Type: application/json\r\n\r\n{\"name\""));
      }
      Pid<Web> killed = Web.NAME.whereis().orElseThrow();
      Processes.exit(killed, ExitReason.KILL);
      for (Raw client : clients) {
        try (client) {
          assertThat(client.rest()).doesNotContain("HTTP/1.1 4");
        }
      }
      eventually(() -> assertThat(Web.port(Web.NAME)).isEqualTo(server.port));
      assertThat(Web.NAME.whereis()).get().isNotEqualTo(killed);
    }
  }

  /** Also those that have just been let in, and that nothing has looked at yet. */
  @Test
  void aKilledListenerHangsUpOnEveryConnection() throws Exception {
    for (int round = 0; round < 8; round++) {
      List<Raw> clients = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        clients.add(new Raw(server.port).patience(10_000));
      }
      Pid<Web> killed = Web.NAME.whereis().orElseThrow();
      Processes.exit(killed, ExitReason.KILL);
      for (Raw client : clients) {
        try (client) {
          client.rest(); // throws if nobody hangs up
        }
      }
      eventually(() -> assertThat(Web.port(Web.NAME)).isEqualTo(server.port));
      assertThat(Web.NAME.whereis()).get().isNotEqualTo(killed);
    }
  }

  @Test
  void aPortInUseIsAFailedStartThatSaysSo() throws Exception {
    CompletableFuture<StartResult<Web>> started = new CompletableFuture<>();
    Processes.spawn(() ->
        started.complete(
            Web.startLink(TestServer.CONFIG.withPort(server.port), StartOptions.defaults())));
    assertThat(started.get())
        .isInstanceOfSatisfying(
            StartResult.Failed.class,
            failed ->
                assertThat(failed.reason())
                    .isEqualTo(
                        new ExitReason.Term(
                            new CannotListen(
                                "Cannot listen on 127.0.0.1, port %d: another program listens there."
                                    .formatted(server.port)))));
  }

  @Test
  void whatIsBeingAnsweredIsFinishedBeforeAStop() throws Exception {
    Pid<Web> web = Web.NAME.whereis().orElseThrow();
    String body = "{\"name\": \"last\"}";
    try (Raw raw = new Raw(server.port)) {
      raw.say(WireTest.JSON + "Expect: 100-continue\r\n");
      raw.say("Content-Length: " + body.length() + "\r\n\r\n");
      assertThat(raw.line()).as("it is being handled").isEqualTo("HTTP/1.1 100 Continue");
      assertThat(raw.line()).isEmpty();
      CompletableFuture<Boolean> stopped =
          CompletableFuture.supplyAsync(
              () -> Processes.stop(web, ExitReason.NORMAL, Duration.ofSeconds(8)).isPresent());
      eventually(() -> assertThat(servesAnother()).as("it takes no more requests").isFalse());
      raw.say(body);
      assertThat(raw.rest()).startsWith("HTTP/1.1 201 ").contains("Connection: close");
      assertThat(stopped.get()).isTrue();
    }
    eventually(() -> assertThat(server.get("/api/v1/lists").json().get("lists")).hasSize(1));
  }

  @Test
  void healthIsAnsweredWhileAllCarriersAreHeld() throws Exception {
    AtomicBoolean enough = new AtomicBoolean();
    List<Thread> holders = new ArrayList<>();
    for (int i = 0; i < 32; i++) {
      holders.add(
          Thread.startVirtualThread(() -> {
            while (!enough.get()) {
              Thread.onSpinWait();
            }
          }));
    }
    try {
      assertThat(server.get("/health/live").status()).isEqualTo(200);
    } finally {
      enough.set(true);
    }
    for (Thread holder : holders) {
      holder.join();
    }
  }

  /** False too if nobody takes the connection out of the queue within a moment. */
  private boolean servesAnother() {
    try (Raw raw = new Raw(server.port).patience(200)) {
      return raw.say("GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n")
          .line()
          .startsWith("HTTP/1.1 200");
    } catch (IOException refused) {
      return false;
    }
  }

  @Test
  void whileThePartsRestartTheAnswerIs503OrRightNeverWrong() throws Exception {
    String list = server.list("x");
    for (int i = 0; i < 10; i++) {
      server.entry(list, "entry " + i);
    }
    Thread killer =
        Thread.startVirtualThread(() -> {
          for (ServerName<?> part :
              List.of(ProcessRegistry.NAME, Catalog.NAME, SystemSupervisor.NAME)) {
            eventually(() -> assertThat(Database.unavailable()).isEmpty());
            Processes.exit(part.whereis().orElseThrow(), ExitReason.KILL);
          }
        });
    Set<Integer> statuses = new HashSet<>();
    long end = System.nanoTime() + Duration.ofSeconds(2).toNanos();
    int added = 0;
    while (System.nanoTime() < end) {
      Reply read = server.get(list + "/entries");
      statuses.add(read.status());
      if (read.status() == 200) {
        assertThat(read.json().get("entries")).hasSize(10 + added);
      } else {
        assertThat(read.status()).as(read.response().body()).isEqualTo(503);
        assertThat(read.header("Retry-After")).isEqualTo("1");
      }
      Reply lists = server.get("/api/v1/lists");
      assertThat(lists.status()).isIn(200, 503);
      if (lists.status() == 200) {
        assertThat(lists.json().get("lists")).hasSize(1);
      }
      String key = "k" + added;
      Reply add = server.post(list + "/entries", "{\"title\": \"more\"}", "Idempotency-Key", key);
      assertThat(add.status()).as(add.response().body()).isIn(201, 503, 504);
      if (add.status() == 504) {
        Reply again = add;
        while (again.status() != 201) {
          again = server.post(list + "/entries", "{\"title\": \"more\"}", "Idempotency-Key", key);
        }
        add = again;
      }
      added += add.status() == 201 ? 1 : 0;
    }
    killer.join();
    assertThat(statuses).contains(200);
    eventually(() -> assertThat(server.get("/health/ready").status()).isEqualTo(200));
    assertThat(server.get(list).json().get("size").intValue()).isEqualTo(10 + added);
  }

  @Test
  void withoutTheSystemItIsAliveAndComesBack() {
    String list = server.list("x");
    Processes.exit(dev.tend.todo.TodoSupervisor.NAME.whereis().orElseThrow(), ExitReason.KILL);
    assertThat(server.get("/health/live").status()).isEqualTo(200);
    eventually(() -> assertThat(server.get(list).status()).isEqualTo(200));
    eventually(() -> assertThat(server.get("/health/ready").status()).isEqualTo(200));
  }

  @Test
  void withoutItsCatalogueItIsAliveAndNotReadyAndRunningListsAreRead() throws Exception {
    String list = server.list("x");
    server.entry(list, "before");
    loseTheCatalogue();

    Reply ready = server.get("/health/ready");
    assertThat(ready.status()).isEqualTo(503);
    assertThat(ready.text("detail")).contains("catalogue");
    assertThat(ready.header("Retry-After")).isEqualTo("1");
    assertThat(server.get("/health/live").status()).isEqualTo(200);
    assertThat(server.get("/api/v1/lists").status()).isEqualTo(503);
    assertThat(server.post("/api/v1/lists", "{\"name\": \"y\"}").status()).isEqualTo(503);
    assertThat(server.get("/api/v1/lists/" + "0".repeat(32)).status()).isEqualTo(503);
    assertThat(server.get(list + "/entries").json().get("entries")).hasSize(1);
  }

  @Test
  void withoutTheCatalogueRunningListsTakeChanges() throws Exception {
    String list = server.list("x");
    server.entry(list, "before");
    loseTheCatalogue();
    assertThat(server.post(list + "/entries", "{\"title\": \"a\"}").status()).isEqualTo(201);
  }

  private void loseTheCatalogue() throws IOException {
    try (Stream<Path> files = Files.list(server.data())) {
      for (Path file : files.filter(f -> f.getFileName().toString().startsWith("cat")).toList()) {
        Files.delete(file);
      }
    }
    Processes.exit(Catalog.NAME.whereis().orElseThrow(), ExitReason.KILL);
    eventually(() -> assertThat(Catalog.NAME.whereis()).isPresent());
  }
}
