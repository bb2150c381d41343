package dev.tend.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a browser has not, or does in its own way. */
class PageBrowserTest {
  @RegisterExtension
  final TestServer server =
      new TestServer(TestServer.CONFIG.reachedAt("127.0.0.1", List.of("0.0.0.0")));

  @RegisterExtension final Browser browser = new Browser();

  private String address(String list) {
    return server.url(list.replace("/api/v1", ""));
  }

  /** As on a phone that reaches the server by its name, without a proxy. */
  @Test
  void whereTheWayToTheServerIsNotTrustedOneTypesAsElsewhere() {
    browser.expectComplaints();
    String list = server.list("Groceries");
    Page page = browser.open(address(list).replace("127.0.0.1", "0.0.0.0"));
    assertThat(page.evaluate("isSecureContext")).isEqualTo(false);
    new Window(page).titled("Groceries").add("Milk").shows("Milk").saved();
    assertThat(server.titles(list)).containsExactly("Milk");
  }

  @Test
  void whereTheBrowserMayKeepNothingOneTypesAsElsewhere() {
    browser.expectComplaints();
    String list = server.list("Groceries");
    Page page = browser.open(server.url("/api"));
    page.addInitScript(
        """
        for (const name of ['localStorage', 'sessionStorage']) {
          Object.defineProperty(window, name, { get() { throw new DOMException('', 'SecurityError'); } });
        }\
        """);
    page.navigate(address(list));
    Window window = new Window(page).titled("Groceries").add("Milk").shows("Milk");
    assertThat(page.locator(".row.pending")).hasCount(0);
    window.link("All").click();
    window.titled("All").shows("Milk");
    assertThat(server.titles(list)).containsExactly("Milk");
    page.navigate(server.url("/status"));
    assertThat(page.locator("h1")).hasText("Everything runs");
  }

  private static void isHidden(Page page, boolean hidden) {
    page.evaluate(
        """
        (hidden) => {
          Object.defineProperty(document, 'hidden', { get: () => hidden, configurable: true });
          document.dispatchEvent(new Event('visibilitychange'));
        }\
        """,
        hidden);
  }

  /** A browser opens six connections to a server, and a stream keeps one. */
  @Test
  void windowsThatNobodySeesStandInNoOnesWay() {
    String list = server.list("Groceries");
    Page first = browser.open(address(list));
    new Window(first).titled("Groceries").saved();
    isHidden(first, true);
    for (int i = 0; i < 3; i++) {
      for (String path : List.of(list.replace("/api/v1", ""), "/status")) {
        Page page = first.context().newPage();
        page.navigate(server.url(path));
        assertThat(page.locator(path.equals("/status") ? ".figure b" : ".col h1").first())
            .not()
            .isEmpty();
        isHidden(page, true);
      }
    }
    Page last = first.context().newPage();
    last.navigate(address(list));
    new Window(last).titled("Groceries").add("Milk").saved();
    isHidden(first, false);
    new Window(first).shows("Milk").saved();
  }

  @Test
  void onPaperAListIsWhole() {
    String list = server.list("Groceries");
    for (int i = 1; i <= 90; i++) {
      server.entry(list, "entry " + i);
    }
    Page page = browser.open(address(list));
    new Window(page).shows("entry 1").lacks("entry 90");
    page.evaluate(
        "addEventListener('beforeprint', () => (window.printed ="
            + " document.querySelectorAll('.row').length))");
    page.pdf();
    assertThat(page.evaluate("window.printed")).isEqualTo(90);
    new Window(page).lacks("entry 90").shows("entry 1");
  }
}
