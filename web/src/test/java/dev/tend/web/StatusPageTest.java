package dev.tend.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.ServerName;
import dev.tend.otp.sys.Sys;
import dev.tend.todo.Catalog;
import dev.tend.todo.DatabaseWorker;
import dev.tend.todo.TodoCache;
import dev.tend.todo.TodoServer;
import dev.tend.todo.TodoSupervisor;
import dev.tend.web.Browser.Look;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The status page, as someone sees it who runs the server. */
class StatusPageTest {
  private static final String TOKEN = "a-token-for-tests";
  private static final Map<String, Look> LOOKS =
      Map.of(
          "desk", Look.DESK,
          "dark", Look.DARK,
          "tablet", new Look(768, 1_024, Look.DESK.scheme()),
          "phone", Look.PHONE,
          "dark-phone", Look.DARK_PHONE);

  @RegisterExtension
  final TestServer server = new TestServer(TestServer.CONFIG.withDevToken(TOKEN));

  @RegisterExtension final Browser browser = new Browser();

  private Page open() {
    return browser.open(server.url("/status"));
  }

  private static Locator node(Page page, String name) {
    return page.getByRole(
        AriaRole.TREEITEM,
        new Page.GetByRoleOptions().setName(Pattern.compile("^" + name + "(,|$)")));
  }

  private static Locator card(Page page, String name) {
    return page.getByRole(AriaRole.COMPLEMENTARY, new Page.GetByRoleOptions().setName(name));
  }

  private static void kill(ServerName<?> name) {
    Processes.exit(name.whereis().orElseThrow(), ExitReason.KILL);
  }

  private static void looksGood(Page page, String name) {
    page.screenshot(
        new Page.ScreenshotOptions()
            .setFullPage(true)
            .setPath(java.nio.file.Path.of("target", "screenshots", name + ".png")));
    assertThat(new AxeBuilder(page).analyze().getViolations()).as(name).isEmpty();
    assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
        .as("nothing is beside the window")
        .isEqualTo(true);
  }

  /** Something to look at: lists, a busy one, one that rests, a restart. */
  private Pid<TodoServer> eventful() {
    for (int i = 0; i < 40; i++) {
      TodoCache.serverProcess("List " + i);
    }
    String imports = server.list("Imports 2024");
    for (int i = 0; i < 3; i++) {
      Crash.of(server, imports);
    }
    server.get(imports + "/entries");
    Crash.of(server, server.list("Bob's list"));
    kill(DatabaseWorker.of(2));
    Pid<TodoServer> busy = TodoCache.serverProcess("List 7");
    Sys.suspend(busy);
    for (int i = 0; i < 12; i++) {
      Processes.send(busy, i);
    }
    return busy;
  }

  @Test
  void allIsSeenAtAGlanceInEveryLook() {
    Pid<TodoServer> busy = eventful();
    LOOKS.forEach((name, look) -> {
      Page page = browser.open(server.url("/status"), look);
      assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
          .hasText("Everything runs");
      assertThat(node(page, "DatabaseWorker 2")).isVisible();
      assertThat(node(page, "Imports 2024")).hasAccessibleName(Pattern.compile("rests until"));
      assertThat(node(page, "Bob's list")).hasAccessibleName(Pattern.compile("crashed of late"));
      assertThat(node(page, "List 7")).hasAccessibleName(Pattern.compile("waiting"));
      assertThat(node(page, "39 more")).isVisible();
      assertThat(page.getByText("has failed 3 times")).isVisible();
      looksGood(page, "status-" + name);
      node(page, "DatabaseWorker 2").click();
      assertThat(card(page, "DatabaseWorker 2").getByText("It was killed. Back in")).isVisible();
      looksGood(page, "status-card-" + name);
    });
    Sys.resume(busy);
  }

  @Test
  void aRestartIsARingAndALineOfTheStory() {
    Page page = open();
    node(page, "Catalog").click();
    assertThat(page.getByText("Nothing has failed since")).isVisible();
    kill(Catalog.NAME);
    assertThat(node(page, "Catalog").locator(".again")).hasCount(1);
    Browser.shot(page, "status-ring");
    assertThat(page.getByRole(AriaRole.LOG)).containsText("Catalog was killed");
    assertThat(page.getByRole(AriaRole.LOG)).containsText("back in");
    assertThat(card(page, "Catalog")).containsText("It was killed. Back in");
    assertThat(node(page, "Catalog").locator(".again")).hasCount(0);
  }

  @Test
  void theReportOfACrashIsReadable() {
    String list = server.list("Bob's list");
    Page page = open();
    Crash.of(server, list);
    page.getByRole(AriaRole.LOG).getByText("Bob's list").first().click();
    assertThat(card(page, "Bob's list")).containsText("It crashed: NullPointerException");
    assertThat(page.getByLabel("Crash report")).containsText("TodoServer");
    looksGood(page, "status-report");
    page.keyboard().press("Escape");
    assertThat(page.getByRole(AriaRole.COMPLEMENTARY)).hasCount(0);
  }

  @Test
  void aListThatRestsShowsWhy() {
    String imports = server.list("Imports 2024");
    for (int i = 0; i < 3; i++) {
      Crash.of(server, imports);
    }
    server.get(imports + "/entries");
    Page page = open();
    node(page, "Imports 2024").click();
    assertThat(card(page, "Imports 2024")).containsText("rests until");
    assertThat(card(page, "Imports 2024")).containsText("It crashed: NullPointerException");
    assertThat(page.getByLabel("Crash report")).containsText("TodoServer");
    looksGood(page, "status-resting");
  }

  @Test
  void theKeyboardIsEnough() {
    Page page = open();
    node(page, "Root").focus();
    for (String key : new String[] {"ArrowRight", "ArrowRight", "ArrowDown", "ArrowRight"}) {
      page.keyboard().press(key);
    }
    assertThat(node(page, "Subscriptions")).isFocused();
    page.keyboard().press("ArrowLeft");
    assertThat(node(page, "SystemSupervisor")).isFocused();
    page.keyboard().press("Enter");
    assertThat(card(page, "SystemSupervisor")).containsText("4 children, one for one");
    page.keyboard().press("End");
    assertThat(node(page, "Web")).isFocused();
    assertThat(page.locator("[role=treeitem][tabindex='0']")).hasCount(1);
    Browser.shot(page, "status-keyboard");
    page.keyboard().press("Escape");
    page.keyboard().press("/");
    assertThat(page.getByRole(AriaRole.SEARCHBOX)).isFocused();
  }

  @Test
  void anyListIsFoundAndCanBeOpened() {
    String list = server.list("Zebras");
    Page page = open();
    page.getByRole(AriaRole.SEARCHBOX).fill("Zeb");
    assertThat(
            page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(Pattern.compile("^Zebras"))))
        .isVisible();
    looksGood(page, "status-find");
    page.keyboard().press("Enter");
    assertThat(card(page, "Zebras").getByText("Open the list"))
        .hasAttribute("href", list.replace("/api/v1", ""));
  }

  @Test
  void itStaysWhileWhatItShowsRestarts() {
    Page page = open();
    Locator log = page.getByRole(AriaRole.LOG);
    kill(TodoSupervisor.NAME);
    assertThat(log).containsText("TodoSupervisor was killed");
    kill(Web.NAME);
    assertThat(log).containsText("Web was killed");
    kill(Catalog.NAME);
    assertThat(log).containsText("Catalog was killed");
    assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
        .hasText("Everything runs");
    browser.expectComplaints();
  }

  @Test
  void withoutAConnectionItSaysSinceWhen() {
    Page page = open();
    assertThat(node(page, "Web")).isVisible();
    browser.expectComplaints();
    page.context().setOffline(true);
    kill(Web.NAME);
    assertThat(page.getByText("What you see is as of")).isVisible();
    assertThat(node(page, "Web")).isVisible();
    looksGood(page, "status-offline");
    page.context().setOffline(false);
    assertThat(page.getByText("What you see is as of")).hasCount(0);
    assertThat(page.getByRole(AriaRole.LOG)).containsText("Web was killed");
  }

  @Test
  void whenTheServerIsStartedAgainItSaysSoAndComesBack() throws Exception {
    server.list("Groceries");
    Page page = open();
    Locator headline = page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1));
    assertThat(headline).hasText("Everything runs");
    browser.expectComplaints();
    server.stop();
    assertThat(headline).hasText("No connection");
    assertThat(page.getByText("What you see is as of")).isVisible();
    server.start();
    assertThat(headline).hasText("Everything runs");
    assertThat(page.getByText("What you see is as of")).hasCount(0);
    assertThat(page.getByRole(AriaRole.LOG)).containsText("Tend was started again");
    kill(Catalog.NAME);
    assertThat(page.getByRole(AriaRole.LOG)).containsText("Catalog was killed");
  }

  @Test
  void whoHasTheTokenCanKillAndNobodyElse() {
    Page page = open();
    node(page, "Catalog").click();
    assertThat(card(page, "Catalog")).containsText("Mailbox");
    Locator kill = page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Kill"));
    assertThat(kill).hasCount(0);

    page = browser.open(server.url("/status#token=" + TOKEN));
    assertThat(page).hasURL(server.url("/status"));
    page.reload();
    node(page, "Catalog").click();
    kill = page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Kill"));
    looksGood(page, "status-kill");
    kill.click();
    assertThat(page.getByRole(AriaRole.LOG)).containsText("Catalog was killed");
    assertThat(card(page, "Catalog")).containsText("It was killed. Back in");
  }
}
