package dev.tend.web;

import static dev.tend.otp.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.ServerRef;
import dev.tend.otp.sys.Sys;
import dev.tend.otp.testkit.NoLeaks;
import dev.tend.todo.Catalog;
import dev.tend.todo.Database;
import dev.tend.todo.DatabaseWorker;
import dev.tend.todo.ServerSupervisor;
import dev.tend.todo.SystemSupervisor;
import dev.tend.todo.TodoCache;
import dev.tend.todo.TodoServer;
import dev.tend.web.TestServer.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What can be seen of the running system. */
@ExtendWith(NoLeaks.class)
class StatusTest {
  static final String STATUS = "/api/v1/status";

  @RegisterExtension final TestServer server = new TestServer();

  private JsonNode status() {
    Reply reply = server.get(STATUS);
    assertThat(reply.status()).as(reply.response().body()).isEqualTo(200);
    return reply.json();
  }

  /** All nodes of a tree, from the top. */
  static List<JsonNode> nodes(JsonNode tree) {
    List<JsonNode> all = new ArrayList<>(List.of(tree));
    tree.path("children").forEach(child -> all.addAll(nodes(child)));
    return all;
  }

  private Optional<JsonNode> find(String name) {
    return nodes(status().get("tree")).stream()
        .filter(node -> node.path("name").asString("").equals(name))
        .findFirst();
  }

  private JsonNode node(String name) {
    return find(name).orElseThrow();
  }

  private static List<String> names(JsonNode nodes) {
    return StreamSupport.stream(nodes.spliterator(), false)
        .map(node -> node.path("name").asString(""))
        .toList();
  }

  private static String pid(Pid<?> pid) {
    return pid.toString().replaceAll("[<>]", "");
  }

  @Test
  void theTreeIsShownWithItsStrategies() {
    JsonNode tree = status().get("tree");
    assertThat(names(tree.get("children"))).containsExactly("TodoSupervisor", "Backups", "Web");
    assertThat(node("TodoSupervisor").path("words").asString("")).isEqualTo("rest for one");
    assertThat(names(node("TodoSupervisor").get("children")))
        .containsExactly("ProcessRegistry", "SystemSupervisor");
    assertThat(names(node("SystemSupervisor").get("children")))
        .containsExactly("Subscriptions", "Database", "ServerSupervisor", "TodoCache");
    assertThat(names(node("Database").get("children")))
        .containsExactly("DatabaseCheck", "Catalog", "DatabaseWorker 1", "DatabaseWorker 2");
    assertThat(nodes(tree))
        .allSatisfy(node -> {
          assertThat(node.path("state").asString("")).isEqualTo("running");
          assertThat(node.path("pid").asString("")).matches("0\\.\\d+");
          assertThat(node.path("mailbox").isInt()).isTrue();
          assertThat(node.path("since").asString("")).isNotEmpty();
        });
    assertThat(node("Web").path("kind").asString("")).isEqualTo("worker");
    assertThat(node("Database").path("kind").asString("")).isEqualTo("supervisor");
  }

  @Test
  void aKilledWorkerIsInTheStoryWithItsRestartAndKeepsItsPlace() throws Exception {
    JsonNode before = node("DatabaseWorker 2");
    Pid<?> killed = DatabaseWorker.of(2).whereis().orElseThrow();
    try (Events events = new Events(server.port, "")) {
      Processes.exit(killed, ExitReason.KILL);
      JsonNode told =
          events.await("story", data -> data.path("former").asString("").equals(pid(killed)));
      assertThat(told.path("who").asString("")).isEqualTo("DatabaseWorker 2");
      assertThat(told.path("what").asString("")).isEqualTo("was killed");
      assertThat(told.path("took").asString("")).matches("back in [0-9.]+ (µs|ms|s)");
    }
    JsonNode after = node("DatabaseWorker 2");
    assertThat(after.get("id")).isEqualTo(before.get("id"));
    assertThat(after.get("pid")).isNotEqualTo(before.get("pid"));
    assertThat(after.path("restarts").asInt(-1)).isOne();
    assertThat(after.path("state").asString("")).isEqualTo("running");
    assertThat(names(node("Database").get("children"))).hasSize(4);
  }

  @Test
  void aProcessIsShownWithItsTiesAndHowTheOneBeforeItEnded() {
    Processes.exit(Catalog.NAME.whereis().orElseThrow(), ExitReason.KILL);
    eventually(() -> assertThat(Catalog.NAME.whereis()).isPresent());
    Pid<?> catalog = Catalog.NAME.whereis().orElseThrow();
    eventually(() ->
        assertThat(server.get(STATUS + "/processes/" + pid(catalog)).json().get("lastExit"))
            .isNotNull());
    JsonNode shown = server.get(STATUS + "/processes/" + pid(catalog)).json();
    assertThat(shown.path("name").asString("")).isEqualTo("Catalog");
    assertThat(shown.path("restarts").asInt(-1)).isOne();
    assertThat(names(shown.get("links"))).containsExactly("Database");
    assertThat(shown.at("/startedBy/name").asString("")).isEqualTo("Database");
    assertThat(shown.at("/lastExit/reason").asString("")).isEqualTo("was killed");

    JsonNode database =
        server.get(STATUS + "/processes/" + pid(Database.NAME.whereis().orElseThrow())).json();
    assertThat(database.at("/supervision/children").asInt(-1)).isEqualTo(4);
    assertThat(database.at("/supervision/restarted").asInt(-1)).isOne();
    assertThat(database.at("/supervision/strategy").asString("")).isEqualTo("one for one");
  }

  @Test
  void whoIsNotThereIsAProblem() {
    for (String pid : List.of("0.999999999", "Catalog", "%3C0.1%3E")) {
      Reply reply = server.get(STATUS + "/processes/" + pid);
      assertThat(reply.status()).as(pid).isEqualTo(404);
      assertThat(reply.text("type")).isEqualTo("urn:tend:problem:not-found");
    }
  }

  @Test
  void aListThatCrashedIsShownAndOneThatKeepsCrashingRests() throws Exception {
    String path = server.list("Imports 2024");
    Pid<TodoServer> crashed = Crash.of(server, path);
    eventually(() -> assertThat(node("Imports 2024").path("state").asString("")).isEqualTo("gone"));
    JsonNode dead = server.get(STATUS + "/processes/" + pid(crashed)).json();
    assertThat(dead.path("state").asString("")).isEqualTo("gone");
    assertThat(dead.path("name").asString("")).isEqualTo("Imports 2024");
    assertThat(dead.at("/lastExit/reason").asString("")).startsWith("crashed: NullPointer");
    assertThat(dead.at("/lastExit/report").asString(""))
        .contains("terminating", "\n", "TodoServer");

    Crash.of(server, path);
    Crash.of(server, path);
    assertThat(server.get(path + "/entries").status()).isEqualTo(503);
    JsonNode resting = node("Imports 2024");
    assertThat(resting.path("state").asString("")).isEqualTo("quarantined");
    assertThat(resting.path("until").asString("")).isNotEmpty();
    try (Events events = new Events(server.port, "")) {
      JsonNode told = events.await("story", data -> data.path("kind").asString("").equals("rests"));
      assertThat(told.path("who").asString("")).isEqualTo("Imports 2024");
      assertThat(told.path("until")).isEqualTo(resting.path("until"));
    }
    Processes.exit(TodoCache.NAME.whereis().orElseThrow(), ExitReason.KILL);
    eventually(() ->
        assertThat(find("Imports 2024").map(n -> n.path("state").asString("")))
            .as("a new cache lets it try again, and the page says so")
            .contains("gone"));
  }

  /** How much is said, but for the figures: their samples become more by themselves. */
  private int saidBesideFigures() {
    ObjectNode said = (ObjectNode) status();
    said.remove("figures");
    return said.toString().length();
  }

  @Test
  void manyListsAreACountAndTheBusiest() {
    for (int i = 0; i < 10; i++) {
      TodoCache.serverProcess("list " + i);
    }
    int few = saidBesideFigures();
    for (int i = 10; i < 3_000; i++) {
      TodoCache.serverProcess("list " + i);
    }
    Pid<TodoServer> busy = TodoCache.serverProcess("list 1234");
    eventually(() -> assertThat(node("ServerSupervisor").path("more").asInt(-1)).isEqualTo(3_000));
    assertThat(saidBesideFigures()).isLessThan(few + 500);

    Sys.suspend(busy);
    Processes.send(busy, "waits");
    eventually(() ->
        assertThat(names(node("ServerSupervisor").get("children"))).containsExactly("list 1234"));
    assertThat(node("list 1234").path("mailbox").asInt(-1)).isOne();
    assertThat(node("list 1234").path("limit").asInt(-1)).isEqualTo(4_096);
    assertThat(node("ServerSupervisor").path("more").asInt(-1)).isEqualTo(2_999);
    Sys.resume(busy);
  }

  @Test
  void whileItsProcessesAreSuspendedAllIsShown() {
    server.list("Bob's list");
    List<ServerRef<?>> all =
        List.of(
            SystemSupervisor.NAME,
            Database.NAME,
            ServerSupervisor.NAME,
            TodoCache.NAME,
            Catalog.NAME,
            DatabaseWorker.of(1),
            Web.NAME);
    all.forEach(Sys::suspend);
    try {
      assertThat(nodes(status().get("tree"))).hasSizeGreaterThan(9);
      String pid = node("DatabaseWorker 1").path("pid").asString("");
      assertThat(server.get(STATUS + "/processes/" + pid).status()).isEqualTo(200);
    } finally {
      all.forEach(Sys::resume);
    }
  }

  @Test
  void aListOrAProcessIsFoundByWhatItIsCalled() {
    server.list("Bob's list");
    server.list("Bob's other list");
    server.list("Zebras");
    assertThat(found("Bob")).containsExactlyInAnyOrder("Bob's list", "Bob's other list");
    assertThat(found("S LIST")).containsExactly("Bob's list");
    assertThat(found("worker 2")).containsExactly("DatabaseWorker 2");
    Pid<?> list = TodoCache.serverProcess("Zebras");
    assertThat(found(pid(list))).containsExactly("Zebras");
    assertThat(found("%3C" + pid(Catalog.NAME.whereis().orElseThrow()) + "%3E"))
        .containsExactly("Catalog");
    JsonNode awake = server.get(STATUS + "?find=Zebras").json().at("/found/0");
    assertThat(awake.has("words")).as("awake").isFalse();
    String other = server.list("Yaks").replaceAll(".*/", "");
    assertThat(found(other)).containsExactly("Yaks");
    assertThat(found("nobody")).isEmpty();
    assertThat(found("")).isEmpty();
    assertThat(server.get(STATUS + "?fnid=x").status()).isEqualTo(400);
  }

  @Test
  void ofListsThatRestAllAreCountedAndEachIsFound() {
    for (int i = 1; i <= 7; i++) {
      String path = server.list("Imports " + i);
      for (int crash = 0; crash < 3; crash++) {
        Crash.of(server, path);
      }
      assertThat(server.get(path + "/entries").status()).isEqualTo(503);
    }
    assertThat(status().path("resting").asInt(-1)).isEqualTo(7);
    JsonNode found = server.get(STATUS + "?find=Imports").json().get("found");
    assertThat(found)
        .hasSize(7)
        .allMatch(node -> node.path("state").asString("").equals("quarantined"));
  }

  private List<String> found(String text) {
    Reply reply = server.get(STATUS + "?find=" + text.replace(" ", "%20"));
    assertThat(reply.status()).as(reply.response().body()).isEqualTo(200);
    return names(reply.json().get("found"));
  }

  @Test
  void theFiguresCountWhatHappens() {
    String list = server.list("x");
    server.entry(list, "y");
    Processes.exit(Catalog.NAME.whereis().orElseThrow(), ExitReason.KILL);
    eventually(() -> {
      assertThat(figure("requests").path("samples")).anyMatch(n -> n.doubleValue() > 0);
      assertThat(figure("slowest").path("samples")).anyMatch(n -> n.doubleValue() > 0);
      assertThat(figure("commits").path("samples")).anyMatch(n -> n.doubleValue() > 0);
      assertThat(figure("commits").path("each").doubleValue()).isPositive();
      assertThat(figure("restarts").path("value").doubleValue()).isPositive();
      assertThat(figure("awake").path("value").intValue()).isOne();
    });
  }

  private JsonNode figure(String key) {
    for (JsonNode figure : status().get("figures")) {
      if (figure.path("key").asString("").equals(key)) {
        return figure;
      }
    }
    throw new AssertionError("no figure " + key);
  }

  @Test
  void nobodyKillsWhereNobodyMay() {
    String pid = pid(Catalog.NAME.whereis().orElseThrow());
    Reply reply =
        server.post(STATUS + "/processes/" + pid + "/kill", null, "Authorization", "Bearer x");
    assertThat(reply.status()).isEqualTo(404);
    assertThat(reply.text("type")).isEqualTo("urn:tend:problem:not-found");
    assertThat(pid(Catalog.NAME.whereis().orElseThrow())).isEqualTo(pid);
  }
}
