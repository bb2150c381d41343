package dev.tend.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.ServerName;
import dev.tend.otp.sys.Sys;
import dev.tend.todo.Catalog;
import dev.tend.todo.Database;
import dev.tend.todo.DatabaseWorker;
import dev.tend.todo.TodoCache;
import dev.tend.todo.TodoServer;
import dev.tend.todo.TodoSupervisor;
import dev.tend.web.Browser.Look;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  /** As how many pixels one of the drawing is seen. */
  private static final String SCALE =
      """
      () => {
        const tree = document.querySelector('svg[role=tree]');
        return 0.0001 + tree.getBoundingClientRect().width / tree.viewBox.baseVal.width;
      }\
      """;

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

  @ParameterizedTest
  @ValueSource(strings = {"desk", "dark", "tablet", "phone", "dark-phone"})
  void allIsSeenAtAGlanceInEveryLook(String name) {
    Pid<TodoServer> busy = eventful();
    Page page = browser.open(server.url("/status"), LOOKS.get(name));
    assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
        .hasText("Everything runs");
    assertThat(node(page, "DatabaseWorker 2")).isVisible();
    assertThat(node(page, "Imports 2024")).hasAccessibleName(Pattern.compile("rests until"));
    assertThat(node(page, "Bob's list")).hasAccessibleName(Pattern.compile("crashed of late"));
    assertThat(node(page, "List 7")).hasAccessibleName(Pattern.compile("waiting"));
    assertThat(node(page, "39 more")).isVisible();
    assertThat(page.getByText("has failed 3 times")).isVisible();
    assertThat(node(page, "Imports 2024").locator(".rest")).hasCount(1);
    assertThat(node(page, "Bob's list").locator("path.gone")).hasCount(1);
    assertThat(node(page, "List 7").locator(".load")).hasCount(1);
    assertThat(page.locator("header .quiet"))
        .hasText(
            Pattern.compile(
                "^one list is resting · up \\d.* · (one restart|\\d+ restarts) in the last hour$"));
    assertThat((Double) page.evaluate(SCALE)).as("its words can be read").isGreaterThan(0.8);
    looksGood(page, "status-" + name);
    node(page, "DatabaseWorker 2").click();
    assertThat(card(page, "DatabaseWorker 2").getByText("It was killed. Back in")).isVisible();
    looksGood(page, "status-card-" + name);
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
  void whileItsSupervisorHasNotGotToItAPartIsRestarting() {
    Page page = open();
    assertThat(headline(page)).hasText("Everything runs");
    Sys.suspend(Database.NAME);
    try {
      kill(Catalog.NAME);
      assertThat(headline(page)).hasText("Catalog is restarting");
      assertThat(page).hasTitle("Catalog is restarting — Tend");
      assertThat(node(page, "Catalog")).hasAccessibleName("Catalog, restarting");
      assertThat(node(page, "Catalog").locator(".back")).hasCount(1);
      kill(DatabaseWorker.of(2));
      assertThat(headline(page)).hasText("2 parts are restarting");
    } finally {
      Sys.resume(Database.NAME);
    }
    assertThat(headline(page)).hasText("Everything runs");
  }

  private static Locator headline(Page page) {
    return page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1));
  }

  @Test
  void theFiguresAreWhatTheServerCounts() {
    server.entry(server.list("Groceries"), "Milk");
    kill(Catalog.NAME);
    Page page = open();
    Map.of(
            "Requests a second", "[0-9.]+",
            "Answers, p99", "–|[0-9.,]+ (µs|ms)",
            "Restarts, last hour", "1",
            "Lists awake", "1( of 1)?",
            "Commits a second", "[0-9.]+( · [0-9.]+ changes? each)?")
        .forEach((name, value) -> {
          Locator figure = page.locator(".figure", new Page.LocatorOptions().setHasText(name));
          assertThat(figure.locator("dd")).hasText(Pattern.compile("^(" + value + ")$"));
          assertThat(figure.locator("polyline")).hasCount(1);
        });
  }

  @Test
  void aCardTellsAllThatIsKnown() {
    kill(Catalog.NAME);
    Page page = open();
    assertThat(page.getByRole(AriaRole.LOG)).containsText("Catalog was killed");
    node(page, "Catalog").click();
    assertThat(card(page, "Catalog").locator("dl"))
        .containsText(
            Pattern.compile(
                "State\\s*running, .*Process\\s*<0\\.\\d+>\\s*Since.*\\(\\d+"
                    + " s\\)\\s*Restarts\\s*1\\s*Mailbox\\s*empty.*Started by\\s*Database\\s*Linked"
                    + " to\\s*Database",
                Pattern.DOTALL));
    assertThat(node(page, "Catalog")).hasAttribute("aria-selected", "true");
    node(page, "Database").click();
    assertThat(card(page, "Database").locator("dl"))
        .containsText(
            Pattern.compile("Has restarted\\s*1; allowed are \\d+ in .*", Pattern.DOTALL));
    assertThat(node(page, "Catalog")).hasAttribute("aria-selected", "false");
  }

  @Test
  void manyThatAreWellAreOneThatLeadsToTheirSupervisor() {
    for (int i = 0; i < 12; i++) {
      TodoCache.serverProcess("List " + i);
    }
    Page page = open();
    node(page, "12 more").click();
    assertThat(card(page, "ServerSupervisor")).containsText("12 children");
    assertThat(page.locator("[role=treeitem]").getByText("12, all well")).isVisible();
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
    assertThat(page.locator(".found")).hasCount(0);
  }

  @Test
  void whatIsFoundIsWalkedByArrows() {
    Page page = open();
    Locator field = page.getByRole(AriaRole.SEARCHBOX);
    field.fill("nobody");
    assertThat(page.getByText("Nothing is called so.")).isVisible();
    field.fill("DatabaseWorker");
    assertThat(page.locator(".found button")).hasCount(2);
    page.keyboard().press("ArrowDown");
    page.keyboard().press("ArrowDown");
    page.keyboard().press("ArrowDown");
    page.keyboard().press("ArrowUp");
    page.keyboard().press("ArrowDown");
    page.keyboard().press("Enter");
    assertThat(card(page, "DatabaseWorker 2")).isVisible();
    field.fill("Database");
    assertThat(page.locator(".found")).isVisible();
    page.keyboard().press("Escape");
    assertThat(page.locator(".found")).hasCount(0);
    assertThat(field).hasValue("");
    assertThat(card(page, "DatabaseWorker 2")).isVisible();
    field.fill("Database");
    assertThat(page.locator(".found")).isVisible();
    page.keyboard().press("Shift+Tab");
    assertThat(page.locator(".found")).hasCount(0);
  }

  @Test
  void whatHappenedOnAnotherDayIsSaidWithItsDay() {
    kill(Catalog.NAME);
    Page page = browser.open(server.url("/api"));
    page.clock().setFixedTime(System.currentTimeMillis() + Duration.ofDays(8).toMillis());
    page.navigate(server.url("/status"));
    Locator told =
        page.getByRole(AriaRole.LOG)
            .locator("li", new Locator.LocatorOptions().setHasText("Catalog was killed"));
    assertThat(told.locator("time"))
        .hasText(Pattern.compile("^[A-Z][a-z]{2} \\d{1,2}, \\d\\d:\\d\\d:\\d\\d$"));
    looksGood(page, "status-last-week");
  }

  @Test
  void whatIsSilentIsNotBelievedAndIsAskedAnew() {
    Page page = browser.open(server.url("/api"));
    page.clock().install();
    page.navigate(server.url("/status"));
    assertThat(headline(page)).hasText("Everything runs");
    kill(Catalog.NAME);
    Locator log = page.getByRole(AriaRole.LOG);
    assertThat(log).containsText("Catalog was killed");
    browser.expectComplaints();
    page.route("**/status/events", route -> route.abort());
    page.clock().pauseAt(System.currentTimeMillis() + 60_000);
    page.clock().runFor(7_100);
    assertThat(headline(page)).hasText("No connection");
    page.unroute("**/status/events");
    page.clock().resume();
    assertThat(headline(page)).hasText("Everything runs");
    kill(DatabaseWorker.of(2));
    assertThat(log).containsText("DatabaseWorker 2 was killed");
    assertThat(log.getByText("was killed")).hasCount(2);
  }

  @Test
  void whatRefusesToTellIsAskedAgain() {
    Page page = browser.open(server.url("/api"));
    browser.expectComplaints();
    page.route(
        "**/status/events",
        route -> route.fulfill(new com.microsoft.playwright.Route.FulfillOptions().setStatus(503)));
    page.navigate(server.url("/status"));
    assertThat(headline(page)).hasText("No connection");
    page.unroute("**/status/events");
    assertThat(headline(page)).hasText("Everything runs");
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
    page.getByRole(AriaRole.LOG).getByText("Catalog").click();
    assertThat(card(page, "Catalog")).containsText("not running");
    assertThat(card(page, "Catalog")).containsText("It was killed.");
    assertThat(kill).hasCount(0);
  }

  @Test
  void theKeyboardIsWhereItWasWhenACardIsClosed() {
    Page page = open();
    node(page, "SystemSupervisor").press("Enter");
    card(page, "SystemSupervisor").getByLabel("Close").press("Enter");
    assertThat(card(page, "SystemSupervisor")).hasCount(0);
    assertThat(node(page, "SystemSupervisor")).isFocused();
  }

  @Test
  void theKeyboardIsInTheSearchWhenSomethingWasFound() {
    Page page = open();
    node(page, "Web").focus();
    page.keyboard().press("/");
    page.keyboard().type("Catalog");
    assertThat(page.locator(".found button").first()).isVisible();
    page.keyboard().press("ArrowDown");
    page.keyboard().press("Enter");
    assertThat(card(page, "Catalog")).isVisible();
    assertThat(page.getByLabel("Find a list or process")).isFocused();
  }

  @Test
  void escapeClosesTheCardOfWhatWasFound() {
    Page page = open();
    page.keyboard().press("/");
    page.keyboard().type("Catalog");
    assertThat(page.locator(".found button").first()).isVisible();
    page.keyboard().press("Enter");
    assertThat(card(page, "Catalog")).isVisible();
    page.keyboard().press("Escape");
    assertThat(card(page, "Catalog")).hasCount(0);
    assertThat(page.getByLabel("Find a list or process")).isFocused();
  }

  @Test
  void theKeyboardIsAtTheSupervisorOfWhatIsGone() {
    Page page = open();
    node(page, "Catalog").focus();
    Sys.suspend(server.root());
    try {
      kill(TodoSupervisor.NAME);
      assertThat(headline(page)).hasText("TodoSupervisor is restarting");
      assertThat(node(page, "Catalog")).hasCount(0);
      assertThat(node(page, "TodoSupervisor")).isFocused();
    } finally {
      Sys.resume(server.root());
    }
    assertThat(headline(page)).hasText("Everything runs");
    page.keyboard().press("ArrowRight");
    assertThat(node(page, "ProcessRegistry")).isFocused();
  }

  @Test
  void whereListsCannotBeSoughtNothingIsSaidToBeAll() {
    server.list("Web shops");
    Page page = open();
    Sys.suspend(Catalog.NAME);
    page.getByLabel("Find a list or process").fill("shop");
    assertThat(page.locator(".found")).hasText("Lists cannot be sought by name now.");
    Sys.resume(Catalog.NAME);
    page.getByLabel("Find a list or process").fill("shops");
    assertThat(page.locator(".found button").first()).containsText("Web shops");
  }

  @Test
  void whatCannotBeSoughtIsNotSaidToBeNowhere() {
    browser.expectComplaints();
    Page page = open();
    assertThat(node(page, "Web")).isVisible();
    page.route(
        "**/status?find=*",
        route -> route.fulfill(new Route.FulfillOptions().setStatus(503).setBody("{}")));
    Locator field = page.getByLabel("Find a list or process");
    page.waitForResponse(answer -> answer.status() == 503, () -> field.fill("We"));
    page.evaluate("new Promise((told) => requestAnimationFrame(() => setTimeout(told)))");
    assertThat(page.locator(".found")).hasCount(0);
    page.unroute("**/status?find=*");
    field.fill("Web");
    assertThat(page.locator(".found button").first()).containsText("Web");
  }
}
