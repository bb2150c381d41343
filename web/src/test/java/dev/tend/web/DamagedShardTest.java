package dev.tend.web;

import static dev.tend.otp.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import dev.tend.otp.testkit.NoLeaks;
import dev.tend.web.TestServer.Reply;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** What clients and operators see of a shard's file that is damaged or gone. */
class DamagedShardTest {
  @Order(1)
  @RegisterExtension
  final NoLeaks noLeaks = new NoLeaks();

  @Order(2)
  @RegisterExtension
  final TestServer server = new TestServer().checking(Duration.ofMillis(100));

  @Order(3)
  @RegisterExtension
  final Browser browser = new Browser();

  private String damaged;
  private String sound;

  /** When it happens, and so who finds it. */
  enum Moment {
    MISSING_AT_THE_START("missing or cannot be opened") {
      @Override
      void harm(TestServer server) throws Exception {
        server.stop();
        for (String end : List.of("", "-wal", "-shm")) {
          Files.deleteIfExists(server.data().resolve("shard-1.db" + end));
        }
        server.start();
      }
    },
    BEFORE_THE_START("it is corrupt") {
      @Override
      void harm(TestServer server) throws Exception {
        server.stop();
        sql(
            server,
            "PRAGMA writable_schema = ON",
            "UPDATE sqlite_schema SET rootpage = 999999 WHERE name IN ('list', 'entry')");
        server.start();
      }
    },
    WHILE_IT_RUNS("its journal ends with") {
      @Override
      void harm(TestServer server) throws Exception {
        sql(server, "DELETE FROM journal WHERE revision = 2");
      }
    };

    final String reason;

    Moment(String reason) {
      this.reason = reason;
    }

    abstract void harm(TestServer server) throws Exception;
  }

  @ParameterizedTest
  @EnumSource
  void itsListsAreRefusedWithWhatToDoAllOthersServedAndItIsToldEverywhere(Moment moment)
      throws Exception {
    List<String> lists = List.of(server.list("one"), server.list("two"));
    for (String list : lists) {
      server.entry(list, "first");
      server.entry(list, "second");
    }
    damaged = lists.get(0);
    sound = lists.get(1);

    moment.harm(server);

    eventually(() -> assertThat(server.get("/health/ready").status()).isEqualTo(503));
    assertThat(server.get("/health/ready").text("detail")).contains("shard 1: ", "tend doctor");
    assertThat(server.get("/health/live").status()).isEqualTo(200);
    assertNothingOfItIsShownOrChanged();
    assertTheOtherIsServed();

    assertThat(server.get("/api/v1/lists").json().path("lists")).hasSize(2);
    assertThat(Scrape.of(server).sum("tend_stores_closed")).isEqualTo(1);
    JsonNode closed = server.get(StatusTest.STATUS).json().get("closed");
    assertThat(closed).hasSize(1);
    assertThat(closed.at("/0/what").asString("")).isEqualTo("shard 1");
    assertThat(closed.at("/0/reason").asString(""))
        .contains("shard-1.db", moment.reason, "tend doctor");
    Page page = browser.open(server.url("/status"));
    PlaywrightAssertions.assertThat(
            page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
        .hasText("A file cannot be used");
    if (moment != Moment.MISSING_AT_THE_START) {
      PlaywrightAssertions.assertThat(page.getByRole(AriaRole.LOG))
          .containsText("shard 1 is closed");
    }
  }

  private void assertNothingOfItIsShownOrChanged() {
    String entry = damaged + "/entries/1";
    for (Reply refused :
        List.of(
            server.get(damaged),
            server.get(damaged + "/entries"),
            server.get(entry),
            server.get(damaged + "/history"),
            server.get(entry + "/history"),
            server.get(damaged + "/entries?revision=1"),
            server.post(damaged + "/entries", "{\"title\": \"third\"}"),
            server.patch(entry, "{\"done\": true}"),
            server.delete(entry))) {
      String what = refused.response().request().toString() + " " + refused.response().body();
      assertThat(refused.status()).as(what).isEqualTo(503);
      assertThat(refused.text("hindrance")).as(what).isEqualTo("storage");
      assertThat(refused.text("detail")).contains("shard-1.db", "tend doctor").endsWith(".");
      assertThat(refused.header("Retry-After")).isNotEmpty();
    }
  }

  private void assertTheOtherIsServed() {
    assertThat(server.get(sound).status()).isEqualTo(200);
    assertThat(server.get(sound + "/entries").json().get("entries")).hasSize(2);
    server.entry(sound, "third");
    assertThat(server.get(sound + "/entries").json().get("entries")).hasSize(3);
  }

  private static void sql(TestServer server, String... statements) throws SQLException {
    Path file = server.data().resolve("shard-1.db");
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement sql = connection.createStatement()) {
      for (String statement : statements) {
        sql.execute(statement);
      }
    }
  }
}
