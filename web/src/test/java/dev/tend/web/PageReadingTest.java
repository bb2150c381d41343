package dev.tend.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The answer to a reading takes its time; what became known meanwhile stays. */
class PageReadingTest {
  private static final String ENTRIES = "**/entries?limit=*";

  @RegisterExtension final TestServer server = new TestServer();
  @RegisterExtension final Browser browser = new Browser();

  private final List<Runnable> held = new ArrayList<>();

  /** The server answers the next reading at once; the page gets it when it is let go. */
  private void hold(Page page) {
    page.route(
        ENTRIES,
        route -> {
          APIResponse answer = route.fetch();
          held.add(() -> route.fulfill(new Route.FulfillOptions().setResponse(answer)));
        });
  }

  /** In this order: what is held when a route is taken away goes to the server again. */
  private void letGo(Page page) {
    List<Runnable> answers = List.copyOf(held);
    answers.forEach(Runnable::run);
    page.unroute(ENTRIES);
  }

  @Test
  void whatIsAddedWhileAListIsReadForTheFirstTimeStays() {
    String list = server.list("Groceries");
    browser.expectComplaints();
    Page page = browser.open(server.url("/api"));
    page.route("**/api/v1/events*", Route::abort);
    hold(page);
    page.navigate(server.url(list.replace("/api/v1", "")));
    Window window = new Window(page);
    page.waitForCondition(() -> !held.isEmpty());
    page.waitForResponse("**/entries", () -> window.add("Milk"));
    letGo(page);
    window.shows("Milk").saved();
    assertThat(window.row("Milk").textContent()).doesNotContain("from another window");
  }

  @Test
  void whatAStreamHasLeftOutIsReadFromTheList() {
    String list = server.list("Groceries");
    server.entry(list, "Milk");
    browser.expectComplaints();
    Page page = browser.open(server.url("/api"));
    page.route("**/api/v1/events*", Route::abort);
    page.navigate(server.url(list.replace("/api/v1", "")));
    Window window = new Window(page).shows("Milk").saved();
    server.entry(list, "Bread");
    server.entry(list, "Olives");
    JsonNode olives = server.get(list + "/history").json().get("records").get(0);
    String told = ((ObjectNode) olives).put("list", list.replaceAll(".*/", "")).toString();
    page.route(
        "**/api/v1/events*",
        route ->
            route.fulfill(
                new Route.FulfillOptions()
                    .setContentType("text/event-stream")
                    .setBody("event: change\ndata: " + told + "\n\n")));
    window.shows("Milk", "Bread", "Olives");
  }

  @Test
  void whatAnotherAddsWhileAListIsReadAgainStays() {
    String list = server.list("Groceries");
    server.entry(list, "Milk");
    Page page = browser.open(server.url(list.replace("/api/v1", "")));
    Window window = new Window(page).shows("Milk").saved();
    server.entry(list, "Bread");
    window.shows("Bread");
    hold(page);
    page.evaluate(
        """
        async () => {
          const { store, ui } = await import(document.querySelector('script[src*=\"tend-app\"]').src.replace('tend-app', 'tend'));
          const { list } = ui.place;
          store.list(list).read(store).then(() => (window.seen = store.entries(list).size));
        }\
        """);
    page.waitForCondition(() -> !held.isEmpty());
    server.entry(list, "Olives");
    window.shows("Olives");
    letGo(page);
    page.waitForCondition(() -> page.evaluate("window.seen") != null);
    assertThat(page.evaluate("window.seen")).isEqualTo(3);
    window.shows("Milk", "Bread", "Olives").saved();
  }
}
