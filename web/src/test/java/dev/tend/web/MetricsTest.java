package dev.tend.web;

import static dev.tend.otp.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.sys.Sys;
import dev.tend.otp.testkit.NoLeaks;
import dev.tend.todo.Catalog;
import dev.tend.todo.DatabaseWorker;
import dev.tend.todo.ServerSupervisor;
import dev.tend.todo.TodoCache;
import dev.tend.todo.TodoServer;
import dev.tend.todo.TodoSupervisor;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** That {@code /metrics} tells what has been done, and does so whatever restarts. */
@ExtendWith(NoLeaks.class)
class MetricsTest {
  private static final String ROUTE = "/api/v1/lists/{id}/entries";

  @RegisterExtension final TestServer server = new TestServer(TestServer.IMPATIENT);

  private Scrape scrape() {
    return Scrape.of(server);
  }

  private static double ofShards(Scrape scrape, String name) {
    return scrape.sum(name, "store", "shard-1") + scrape.sum(name, "store", "shard-2");
  }

  @Test
  void tenAddsAreTenChangesTenCallsAndTenRequests() {
    String list = server.list("Bob's list");
    Scrape before = scrape();
    for (int i = 0; i < 10; i++) {
      server.entry(list, "entry " + i);
    }
    Scrape after = scrape();
    assertThat(ofShards(after, "tend_commit_changes_sum"))
        .isEqualTo(ofShards(before, "tend_commit_changes_sum") + 10);
    for (String times : Set.of("tend_commit_seconds_count", "tend_sync_seconds_count")) {
      assertThat(ofShards(after, times)).as(times).isEqualTo(ofShards(before, times) + 10);
    }
    assertThat(calls(after, "change")).isEqualTo(calls(before, "change") + 10);
    assertThat(posts(after)).isEqualTo(posts(before) + 10);
    assertThat(after.sum("tend_http_request_seconds_sum"))
        .isGreaterThan(before.sum("tend_http_request_seconds_sum"));
  }

  private static double calls(Scrape scrape, String call) {
    return scrape.sum("tend_list_call_seconds_count", "call", call, "outcome", "answered");
  }

  private static double posts(Scrape scrape) {
    return scrape.sum(
        "tend_http_request_seconds_count", "method", "POST", "route", ROUTE, "status", "2xx");
  }

  @Test
  void aListIsAChangeOfTheCatalogueALoadAndAProcess() {
    Scrape before = scrape();
    String list = server.list("Bob's list");
    server.get(list + "/entries");
    Scrape after = scrape();
    assertThat(after.sum("tend_commit_changes_sum", "store", "catalog"))
        .isEqualTo(before.sum("tend_commit_changes_sum", "store", "catalog") + 1);
    assertThat(calls(after, "load")).isEqualTo(calls(before, "load") + 1);
    assertThat(after.sum("tend_lists_active")).isEqualTo(1);
    assertThat(after.sum("tend_processes")).isEqualTo(before.sum("tend_processes") + 1);
    eventually(() -> assertThat(scrape().sum("tend_lists_stored")).isEqualTo(1));
    assertThat(scrape().sum("tend_lists_quarantined")).isZero();
  }

  @Test
  void aBatchIsOneCallOfAllItsChanges() {
    String list = server.list("Bob's list");
    Scrape before = scrape();
    String add = "{\"key\": \"%s\", \"add\": {\"title\": \"x\"}}";
    server.post(
        list + "/batch", "{\"commands\": [" + add.formatted("a") + "," + add.formatted("b") + "]}");
    Scrape after = scrape();
    assertThat(calls(after, "batch")).isEqualTo(calls(before, "batch") + 1);
    assertThat(calls(after, "change")).isEqualTo(calls(before, "change"));
    assertThat(ofShards(after, "tend_commit_changes_sum"))
        .isEqualTo(ofShards(before, "tend_commit_changes_sum") + 2);
  }

  @Test
  void aKilledProcessIsARestartAndNoCrash() {
    Scrape before = scrape();
    Processes.exit(DatabaseWorker.of(2).whereis().orElseThrow(), ExitReason.KILL);
    eventually(() ->
        assertThat(scrape().sum("tend_restarts_total"))
            .isEqualTo(before.sum("tend_restarts_total") + 1));
    assertThat(scrape().sum("tend_crashes_total")).isEqualTo(before.sum("tend_crashes_total"));
  }

  @Test
  void aListThatKeepsFailingIsSeenResting() {
    String list = server.list("Imports 2024");
    Scrape before = scrape();
    for (int i = 0; i < 3; i++) {
      Crash.of(server, list);
    }
    assertThat(server.get(list + "/entries").status()).isEqualTo(503);
    eventually(() -> {
      Scrape now = scrape();
      assertThat(now.sum("tend_lists_active")).isZero();
      assertThat(now.sum("tend_losses_total")).isEqualTo(before.sum("tend_losses_total") + 3);
    });
    Scrape after = scrape();
    assertThat(after.sum("tend_lists_quarantined")).isEqualTo(1);
    assertThat(after.sum("tend_crashes_total")).isEqualTo(before.sum("tend_crashes_total") + 3);
    assertThat(refused(after, "quarantined")).isEqualTo(refused(before, "quarantined") + 1);
    assertThat(after.sum("tend_restarts_total")).isEqualTo(before.sum("tend_restarts_total"));
  }

  private static double refused(Scrape scrape, String reason) {
    return scrape.sum("tend_http_unavailable_total", "reason", reason);
  }

  /** The root is held, so that nobody starts again what has died. */
  @Test
  void itIsToldWhileTheTreeIsDown() {
    String list = server.list("Bob's list");
    server.get(list + "/entries");
    Scrape before = scrape();
    Pid<?> todo = TodoSupervisor.NAME.whereis().orElseThrow();
    Sys.suspend(server.root());
    Processes.exit(todo, ExitReason.KILL);
    eventually(() -> assertThat(Catalog.NAME.whereis()).isEmpty());
    Scrape down = scrape();
    assertThat(down.sum("tend_lists_active")).isZero();
    assertThat(down.values("tend_mailbox_messages", "process"))
        .containsExactly("Backups", "Tend", "Web");
    assertThat(down.sum("tend_subscriptions")).isZero();
    assertThat(server.get(list + "/entries").status()).isEqualTo(503);
    assertThat(refused(scrape(), "restarting")).isEqualTo(refused(before, "restarting") + 1);
    Sys.resume(server.root());
    eventually(() -> assertThat(server.get(list + "/entries").status()).isEqualTo(200));
    Scrape up = scrape();
    assertThat(up.sum("tend_restarts_total")).isEqualTo(before.sum("tend_restarts_total") + 1);
    assertThat(up.sum("tend_lists_active")).isEqualTo(1);
    assertThat(up.values("tend_mailbox_messages", "process"))
        .contains("Tend", "TodoSupervisor", "Catalog", "DatabaseWorker 1", "DatabaseWorker 2");
  }

  @Test
  void nobodyIsAskedSoProcessesThatDoNotAnswerAreSeen() {
    String list = server.list("Bob's list");
    Pid<TodoServer> bob = TodoCache.serverProcess("Bob's list");
    eventually(() -> assertThat(scrape().sum("tend_lists_stored")).isEqualTo(1));
    Sys.suspend(bob);
    Sys.suspend(Catalog.NAME);
    Sys.suspend(TodoCache.NAME);
    Sys.suspend(ServerSupervisor.NAME);
    for (int i = 0; i < 3; i++) {
      Processes.send(bob, "waits");
    }
    eventually(
        () -> assertThat(scrape().sum("tend_list_mailbox_messages_max")).isGreaterThanOrEqualTo(3));
    Processes.send(Catalog.NAME.whereis().orElseThrow(), "waits");
    for (int i = 0; i < 4; i++) {
      scrape();
    }
    assertThat(waiting("Catalog"))
        .as("the one above; and one that the count of lists may have asked, which is no scrape")
        .isBetween(1.0, 2.0);
    assertThat(waiting("TodoCache") + waiting("ServerSupervisor")).isZero();
    Sys.resume(ServerSupervisor.NAME);
    Sys.resume(TodoCache.NAME);
    Sys.resume(Catalog.NAME);
    Sys.resume(bob);
    assertThat(server.get(list).status()).isEqualTo(200);
  }

  private double waiting(String process) {
    return scrape().sum("tend_mailbox_messages", "process", process);
  }

  @Test
  void openStreamsAndTheirSubscriptionsAreCounted() throws Exception {
    String list = server.list("Bob's list");
    try (Raw raw = new Raw(server.port)) {
      raw.say(
          "GET /api/v1/events?list=%s HTTP/1.1\r\nHost: localhost\r\n\r\n"
              .formatted(list.substring(list.lastIndexOf('/') + 1)));
      eventually(() -> assertThat(scrape().sum("tend_event_streams")).isEqualTo(1));
      eventually(() -> assertThat(scrape().sum("tend_subscriptions")).isEqualTo(2));
    }
    eventually(() -> assertThat(scrape().sum("tend_event_streams")).isZero());
    eventually(() -> assertThat(scrape().sum("tend_subscriptions")).isZero());
  }

  @Test
  void whateverIsAskedForTheLabelsStayFew() {
    String list = server.list("A name that nobody else has");
    for (int i = 0; i < 20; i++) {
      server.get("/no/such/" + i);
      server.get("/api/v1/lists/" + i);
      server.send("METHOD" + i, "/status", null);
      server.get(list + "/entries/" + (i + 1));
    }
    Scrape scrape = scrape();
    assertThat(scrape.values("tend_http_request_seconds_count", "route"))
        .contains("none", "/api/v1/lists/{id}", "/api/v1/lists/{id}/entries/{n}")
        .noneMatch(route -> route.matches(".*\\d{2}.*|/no.*"));
    assertThat(scrape.values("tend_http_request_seconds_count", "method"))
        .isSubsetOf("GET", "HEAD", "POST", "PATCH", "PUT", "DELETE", "OPTIONS", "other")
        .contains("other");
    assertThat(scrape.values("tend_http_request_seconds_count", "status"))
        .isSubsetOf("2xx", "3xx", "4xx", "5xx");
    assertThat(server.get("/metrics").response().body())
        .doesNotContain(list.substring(list.lastIndexOf('/') + 1))
        .doesNotContain("nobody else");
  }

  @Test
  void theDataFolderIsMeasured() throws Exception {
    eventually(() ->
        assertThat(scrape().values("tend_store_size_bytes", "store"))
            .containsExactly("catalog", "shard-1", "shard-2"));
    Scrape scrape = scrape();
    assertThat(scrape.sum("tend_store_size_bytes", "store", "shard-1")).isPositive();
    assertThat(scrape.sum("tend_disk_free_bytes"))
        .isPositive()
        .isLessThanOrEqualTo(scrape.sum("tend_disk_size_bytes"));
    assertThat(scrape.values("tend_build_info", "version")).containsExactly("test");
  }

  @Test
  void theClientChoosesTheFormat() {
    TestServer.Reply text = server.get("/metrics");
    assertThat(text.header("Content-Type")).startsWith("text/plain; version=0.0.4");
    TestServer.Reply open =
        server.get("/metrics", "Accept", "application/openmetrics-text; version=1.0.0");
    assertThat(open.header("Content-Type"))
        .startsWith("application/openmetrics-text; version=1.0.0");
    assertThat(open.response().body()).endsWith("# EOF\n");
    assertThat(text.header("Cache-Control")).isEqualTo("no-store");
    assertThat(server.post("/metrics", "{}").status()).isEqualTo(405);
  }

  /** It asks so where it takes native histograms, and reads text as well. */
  @Test
  void aPrometheusThatWouldRatherHaveItsBinaryFormIsGivenText() {
    TestServer.Reply reply =
        server.get(
            "/metrics",
            "Accept",
            "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;"
                + "encoding=delimited;q=0.6,text/plain;version=0.0.4;q=0.3,*/*;q=0.2");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("Content-Type")).startsWith("text/plain; version=0.0.4");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "application/openmetrics-text;q=0, text/plain | text/plain",
        "application/openmetrics-text;version=1.0.0;q=0, */* | text/plain",
        "application/openmetrics-text;q=0.3, text/plain;version=0.0.4;q=0.7 | text/plain",
        "application/openmetrics-text;q=0.7, text/plain;q=0.3 | application/openmetrics-text",
        "image/png, Application/OpenMetrics-Text | application/openmetrics-text",
        "image/png | text/plain"
      })
  void theClientSaysWhichFormatItWouldRatherHave(String accept, String type) {
    assertThat(server.get("/metrics", "Accept", accept).header("Content-Type")).startsWith(type);
  }

  @Test
  void onlyThisMachineIsTold() throws Exception {
    assertThat(
            Raw.exchange(
                server.port, "GET /metrics HTTP/1.1\r\nHost: evil\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 403 ")
        .doesNotContain("tend_processes");
  }

  @Test
  void eachFamilyIsExplainedAndNamedAsPrometheusWantsIt() {
    server.entry(server.list("Bob's list"), "x");
    Scrape scrape = scrape();
    assertThat(scrape.helps().keySet()).isEqualTo(scrape.types().keySet());
    scrape
        .types()
        .forEach((name, type) -> {
          assertThat(name).matches("(tend|jvm|process)_[a-z_]+[a-z]");
          assertThat(name.endsWith("_total")).as(name).isEqualTo(type.equals("counter"));
          if (type.equals("histogram") && name.startsWith("tend_")) {
            assertThat(name).matches(".*_(seconds|changes)");
          }
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"*/*", "application/openmetrics-text;version=1.0.0"})
  void figuresAreCompressedForWhoTakesThat(String form) {
    TestServer.Reply scrape = server.get("/metrics", "Accept", form, "Accept-Encoding", "gzip");
    assertThat(scrape.header("Content-Encoding")).isEqualTo("gzip");
    assertThat(scrape.header("Vary").split(", ")).contains("Accept", "Accept-Encoding");
  }
}
