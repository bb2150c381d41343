package dev.tend.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.WaitUntilState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What stands between an address and something to look at, as the browser counts it. */
class PageBudgetTest {
  private static final int SCRIPT_LIMIT = 80 * 1_024;

  @RegisterExtension final TestServer server = new TestServer();
  @RegisterExtension final Browser browser = new Browser();

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> loaded(Page page) {
    return (List<Map<String, Object>>)
        page.evaluate(
            """
            performance.getEntriesByType('resource').map(({ name, renderBlockingStatus, encodedBodySize }) => (
              { path: new URL(name).pathname, own: new URL(name).origin === location.origin,
                blocking: renderBlockingStatus === 'blocking', bytes: encodedBodySize }))\
            """);
  }

  private static boolean isScript(Map<String, Object> resource) {
    return resource.get("path").toString().endsWith(".js");
  }

  @Test
  void onlyTwoStyleSheetsHoldUpTheFirstPaint() {
    String list = server.list("Groceries");
    server.entry(list, "Milk");
    Page page = browser.open(server.url(list.replace("/api/v1", "")));
    new Window(page).shows("Milk").saved();
    List<Map<String, Object>> loaded = loaded(page);
    assertThat(loaded).as("nobody else is asked").allMatch(one -> one.get("own").equals(true));
    assertThat(loaded)
        .filteredOn(one -> one.get("blocking").equals(true))
        .extracting(one -> one.get("path").toString().replaceAll(".*/", ""))
        .containsExactlyInAnyOrder("tokens.css", "list.css");
    assertThat(
            loaded.stream()
                .filter(PageBudgetTest::isScript)
                .mapToInt(one -> (int) one.get("bytes"))
                .sum())
        .isBetween(10_000, SCRIPT_LIMIT);
    System.out.println(
        "First contentful paint after "
            + page.evaluate("performance.getEntriesByName('first-contentful-paint')[0]?.startTime")
            + " ms, of "
            + loaded.size()
            + " files");
  }

  /** A script that is found only when another one has run is asked for a round later. */
  @Test
  void everyScriptIsNamedInTheHead() {
    String list = server.list("Groceries");
    Page page = browser.open(server.url(list.replace("/api/v1", "")));
    new Window(page).titled("Groceries");
    String head = server.get("/").response().body();
    assertThat(loaded(page).stream().filter(PageBudgetTest::isScript))
        .hasSizeGreaterThan(20)
        .allSatisfy(one -> assertThat(head).contains("\"" + one.get("path") + "\""));
  }

  @Test
  void aListIsAskedForWhileTheScriptIsOnItsWay() {
    String list = server.list("Groceries");
    server.entry(list, "Milk");
    Page page = browser.open(server.url("/api"));
    List<Route> script = new ArrayList<>();
    page.route("**/tend-app.js*", script::add);
    page.waitForRequest(
        "**/entries?limit=*",
        () ->
            page.navigate(
                server.url(list.replace("/api/v1", "")),
                new Page.NavigateOptions().setWaitUntil(WaitUntilState.COMMIT)));
    page.waitForCondition(() -> !script.isEmpty());
    script.forEach(Route::resume);
    new Window(page).shows("Milk");
    // The browser lists an answer a little after the page has it.
    page.waitForCondition(() -> asked(page).size() > 2);
    List<String> asked = asked(page);
    assertThat(asked.subList(0, 3))
        .containsExactlyInAnyOrder("/api/v1/lists", list, list + "/entries");
    assertThat(asked).filteredOn(path -> path.startsWith(list)).as("once").hasSize(2);
  }

  private static List<String> asked(Page page) {
    return loaded(page).stream()
        .map(one -> one.get("path").toString())
        .filter(path -> path.startsWith("/api/v1/lists"))
        .toList();
  }
}
