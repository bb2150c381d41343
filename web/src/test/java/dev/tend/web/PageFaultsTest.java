package dev.tend.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.tend.otp.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Processes;
import dev.tend.todo.ProcessRegistry;
import dev.tend.todo.TodoCache;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Parts die, or all of it, while someone types. */
class PageFaultsTest {
  private static final Locator.FilterOptions CONNECTION =
      new Locator.FilterOptions().setHasText("No connection.");

  @RegisterExtension final TestServer server = new TestServer();
  @RegisterExtension final Browser browser = new Browser();

  enum Part {
    LIST {
      @Override
      void kill() {
        Processes.exit(TodoCache.serverProcess("Groceries"), ExitReason.KILL);
      }
    },
    CACHE {
      @Override
      void kill() {
        TodoCache.NAME.whereis().ifPresent(pid -> Processes.exit(pid, ExitReason.KILL));
      }
    },
    REGISTRY {
      @Override
      void kill() {
        ProcessRegistry.NAME.whereis().ifPresent(pid -> Processes.exit(pid, ExitReason.KILL));
      }
    },
    LISTENER {
      @Override
      void kill() {
        Web.NAME.whereis().ifPresent(pid -> Processes.exit(pid, ExitReason.KILL));
      }
    };

    abstract void kill();
  }

  private Window open(String list) {
    browser.expectComplaints();
    return new Window(browser.open(server.url(list.replace("/api/v1", ""))));
  }

  @ParameterizedTest
  @EnumSource
  void whatIsTypedWhileAPartDiesArrivesOnceAndInOrder(Part part) {
    String list = server.list("Groceries");
    Window window = open(list);
    Window other = open(list);
    List<String> typed = new ArrayList<>();
    for (int i = 1; i <= 12; i++) {
      typed.add("entry " + i);
      window.add("entry " + i);
      if (i == 4 || i == 8) {
        part.kill();
      }
    }
    window.saved().shows(typed.toArray(String[]::new));
    assertThat(window.rows()).hasCount(12);
    eventually(() -> assertThat(server.titles(list)).isEqualTo(typed));
    other.shows(typed.toArray(String[]::new));
    assertThat(other.rows()).hasCount(12);
  }

  @Test
  void whatIsTypedWhileTheServerIsGoneWaitsAndArrivesOnce() throws Exception {
    String list = server.list("Groceries");
    Window window = open(list).add("before").saved();
    server.stop();
    window.add("one", "two").at("before").press("Enter").type("changed").press("Enter");
    assertThat(window.page().getByText("No connection. 3 changes wait here.")).isVisible();
    window.shows("one", "two", "changed");
    Browser.shot(window.page(), "offline");
    server.start();
    window.saved();
    assertThat(window.page().getByText("No connection.")).hasCount(0);
    assertThat(server.titles(list)).containsExactly("changed", "one", "two");
  }

  @Test
  void whoHasAnEntryOverItsListSeesThatThereIsNoConnection() throws Exception {
    browser.expectComplaints();
    String list = server.list("Groceries");
    server.entry(list, "Milk");
    String entry = server.url(list.replace("/api/v1", "") + "/entries/1");
    Window window = new Window(browser.open(entry, Browser.Look.PHONE));
    Locator shown = window.page().locator(".detail .offline");
    assertThat(window.the(AriaRole.TEXTBOX, "Notes")).isVisible();
    assertThat(shown).hasCount(0);
    server.stop();
    window.the(AriaRole.TEXTBOX, "Notes").fill("two litres");
    window.the(AriaRole.CHECKBOX, "Done").focus();
    assertThat(shown).hasText("No connection. 1 change waits here.");
    assertThat(shown).isInViewport();
    assertThat(window.page().getByRole(AriaRole.STATUS).filter(CONNECTION)).hasCount(1);
    Browser.shot(window.page(), "offline-entry");
    server.start();
    assertThat(shown).hasCount(0);
  }

  @Test
  void whatWaitsOutlivesAReloadOfThePage() throws Exception {
    String list = server.list("Groceries");
    Window window = open(list).add("before").saved();
    window.page().route("**/api/v1/lists/*/entries", route -> route.abort());
    window.page().route("**/api/v1/lists/*/entries/1", route -> route.abort());
    window.at("before").press("Enter").type("changed").press("Enter");
    window.add("kept");
    assertThat(window.page().getByText("2 changes wait here.")).isVisible();
    assertThat(window.row("kept")).containsText("waits");
    window.page().reload();
    window.shows("changed", "kept");
    assertThat(window.page().getByText("2 changes wait here.")).isVisible();
    window.page().unrouteAll();
    window.saved().shows("changed", "kept");
    assertThat(server.titles(list)).containsExactly("changed", "kept");
  }

  @Test
  void aListThatCannotBeHadNowSaysSoAndKeepsWhatIsTyped() {
    String list = server.list("Groceries");
    server.entry(list, "Milk");
    Window window = open(list).shows("Milk");
    entriesAreAnswered(window, 503, "{\"detail\": \"Not now: this list is restarting.\"}");
    window.add("Bread");
    assertThat(window.page().getByText("This list is restarting. What you type is kept"))
        .isVisible();
    window.shows("Milk", "Bread");
    Browser.shot(window.page(), "restarting");
    window.page().unroute("**/api/v1/lists/*/entries");
    window.saved();
    assertThat(window.page().getByText("This list is restarting.")).hasCount(0);
    assertThat(server.titles(list)).containsExactly("Milk", "Bread");
  }

  @ParameterizedTest
  @CsvSource({
    "408, '', The way to the server is too slow at the moment.",
    "429, '', The server has too many requests at the moment.",
    "504, '', It is not known yet whether the last change was made.",
    "503, busy, Not now: too many changes wait for the disk.",
    "503, storage, Not now: the disk is full."
  })
  void whyItWaitsIsSaidAsItIsAndNothingTypedIsLost(int status, String hindrance, String words) {
    String list = server.list("Groceries");
    server.entry(list, "Milk");
    Window window = open(list).shows("Milk");
    entriesAreAnswered(
        window, status, "{\"hindrance\": \"%s\", \"detail\": \"%s\"}".formatted(hindrance, words));
    window.add("Bread");
    Locator line = window.page().locator(".wait");
    assertThat(line).containsText(words);
    assertThat(line).containsText("What you type is kept");
    assertThat(line).not().containsText("restarting");
    window.shows("Milk", "Bread");
    Browser.shot(window.page(), "waits-" + status + hindrance);
    window.page().unroute("**/api/v1/lists/*/entries");
    window.saved();
    assertThat(line).hasCount(0);
    assertThat(server.titles(list)).containsExactly("Milk", "Bread");
  }

  private static void entriesAreAnswered(Window window, int status, String problem) {
    window
        .page()
        .route(
            "**/api/v1/lists/*/entries",
            route ->
                route.fulfill(
                    new Route.FulfillOptions()
                        .setStatus(status)
                        .setHeaders(Map.of("Retry-After", "1"))
                        .setContentType("application/problem+json")
                        .setBody(problem)));
  }

  @Test
  void aListThatIsReadTooSlowlyIsNotSaidToRestart() {
    String list = server.list("Groceries");
    server.entry(list, "Milk");
    browser.expectComplaints();
    Page page = browser.open(server.url("/api"));
    page.route("**" + list, route -> route.fulfill(new Route.FulfillOptions().setStatus(429)));
    page.navigate(server.url(list.replace("/api/v1", "")));
    assertThat(page.locator(".wait")).containsText("The server has too many requests");
    page.unroute("**" + list);
    new Window(page).shows("Milk");
    assertThat(page.locator(".wait")).hasCount(0);
  }

  @Test
  void aListThatKeepsFailingSaysUntilWhenItRests() {
    String list = server.list("Groceries");
    server.entry(list, "Milk");
    for (int i = 0; i < 3; i++) {
      Crash.of(server, list);
    }
    Window window = open(list);
    assertThat(window.page().getByText("This list keeps failing and rests until")).isVisible();
    window.page().getByText("Show why").click();
    assertThat(window.page().locator(".why")).containsText("It crashed: NullPointerException");
    assertThat(window.page().getByLabel("Crash report")).containsText("TodoServer");
    Browser.shot(window.page(), "resting");
  }

  @Test
  void whyAListFailedIsOfTheListOneLooksAt() {
    String groceries = server.list("Groceries");
    String home = server.list("Home");
    for (String list : List.of(groceries, home)) {
      server.entry(list, "Milk");
      for (int i = 0; i < 3; i++) {
        Crash.of(server, list);
      }
    }
    Window window = open(groceries);
    window.page().getByText("Show why").click();
    assertThat(window.page().getByLabel("Crash report")).containsText("\"Groceries\"");
    window.link("Home").click();
    assertThat(window.titled("Home").page().getByLabel("Crash report")).containsText("\"Home\"");
  }

  @Test
  void whyAListFailedIsAskedAgainWhereTheServerCannotSay() {
    String list = server.list("Groceries");
    server.entry(list, "Milk");
    for (int i = 0; i < 3; i++) {
      Crash.of(server, list);
    }
    Window window = open(list);
    window
        .page()
        .route(
            "**/api/v1/status*",
            route -> route.fulfill(new Route.FulfillOptions().setStatus(429).setBody("{}")));
    window.page().getByText("Show why").click();
    assertThat(window.page().locator(".why")).containsText("does not say just now");
    window.page().unrouteAll();
    assertThat(window.page().getByLabel("Crash report")).containsText("TodoServer");
  }

  @Test
  void whoLooksAtAListThatKeepsFailingSeesItRest() {
    String list = server.list("Groceries");
    server.entry(list, "Milk");
    Window window = open(list).shows("Milk").saved();
    for (int i = 0; i < 3; i++) {
      Crash.of(server, list);
    }
    assertThat(window.page().getByText("This list keeps failing and rests until")).isVisible();
    window.shows("Milk");
  }
}
