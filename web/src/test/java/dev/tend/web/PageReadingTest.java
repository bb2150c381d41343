package dev.tend.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The answer to a reading takes its time; what became known meanwhile stays. */
class PageReadingTest {
  private static final String ENTRIES = "**/entries?limit=*";
  private static final String SECOND_PAGE = "**/entries?limit=*&after=*";
  private static final String LISTS = "**/api/v1/lists?limit=*";
  private static final String READ_AGAIN =
      """
      async () => {
        const { store, ui } = await import(document.querySelector('script[src*=\"tend-app\"]').src.replace('tend-app', 'tend'));
        const { list } = ui.place;
        store.list(list).read(store).then(() => (window.seen = store.entries(list).size));
      }\
      """;

  @RegisterExtension final TestServer server = new TestServer();
  @RegisterExtension final Browser browser = new Browser();

  private final List<Runnable> held = new ArrayList<>();

  /** The server answers the next reading at once; the page gets it when it is let go. */
  private void hold(Page page, String readings) {
    page.route(
        readings,
        route -> {
          APIResponse answer = route.fetch();
          held.add(() -> route.fulfill(new Route.FulfillOptions().setResponse(answer)));
        });
  }

  /** In this order, for what is held gets no answer once its route is taken away. */
  private void letGo(Page page, String readings) {
    List<Runnable> answers = List.copyOf(held);
    answers.forEach(Runnable::run);
    page.unroute(readings);
  }

  @Test
  void whatIsAddedWhileAListIsReadForTheFirstTimeStays() {
    String list = server.list("Groceries");
    browser.expectComplaints();
    Page page = browser.open(server.url("/api"));
    page.route("**/api/v1/events*", Route::abort);
    hold(page, ENTRIES);
    page.navigate(server.url(address(list)));
    Window window = new Window(page);
    page.waitForCondition(() -> !held.isEmpty());
    page.waitForResponse("**/entries", () -> window.add("Milk"));
    letGo(page, ENTRIES);
    window.shows("Milk").saved();
    assertThat(window.row("Milk").textContent()).doesNotContain("from another window");
  }

  private static String address(String list) {
    return list.replace("/api/v1", "");
  }

  /** A window whose stream tells nothing. */
  private Window openDeaf(String list) {
    browser.expectComplaints();
    Page page = browser.open(server.url("/api"));
    page.route("**/api/v1/events*", Route::abort);
    page.navigate(server.url(address(list)));
    return new Window(page).shows("Milk").saved();
  }

  /** The stream tells this, and ends; so does the next. */
  private static void tell(Window window, String event, JsonNode data) {
    tell(window, event, data, new Page.RouteOptions());
  }

  private static void tell(Window window, String event, JsonNode data, Page.RouteOptions howOften) {
    window
        .page()
        .route(
            "**/api/v1/events*",
            route ->
                route.fulfill(
                    new Route.FulfillOptions()
                        .setContentType("text/event-stream")
                        .setBody("event: %s\ndata: %s\n\n".formatted(event, data))),
            howOften);
  }

  private String groceries() {
    String list = server.list("Groceries");
    server.entry(list, "Milk");
    return list;
  }

  @ParameterizedTest
  @ValueSource(strings = {"change", "reset"})
  void whatAStreamHasLeftOutIsReadFromTheList(String event) {
    String list = groceries();
    Window window = openDeaf(list);
    server.entry(list, "Bread");
    server.entry(list, "Olives");
    JsonNode olives = server.get(list + "/history").json().get("records").get(0);
    tell(window, event, ((ObjectNode) olives).put("list", list.replaceAll(".*/", "")));
    window.shows("Milk", "Bread", "Olives");
  }

  @Test
  void listsGoAndComeAsTheServerNamesThem() {
    String list = groceries();
    server.list("Home");
    Window window = openDeaf(list);
    hold(window.page(), LISTS);
    tell(window, "list", deleted(list));
    window.titled("There is no such list, or it is not yours.");
    letGo(window.page(), LISTS);
    tell(window, "hello", Json.object());
    window.titled("Groceries").shows("Milk");
    assertThat(window.link("Groceries")).isVisible();
    server.delete(list);
    window.titled("There is no such list, or it is not yours.");
    assertThat(window.link("Groceries")).hasCount(0);
  }

  @Test
  void aReadingFromBeforeAListWasDeletedDoesNotBringItBack() {
    String list = groceries();
    anOlderReadingDoesNotUndo(list, deleted(list), "There is no such list, or it is not yours.");
  }

  @Test
  void aReadingFromBeforeAListWasRenamedDoesNotBringItsNameBack() {
    String list = groceries();
    anOlderReadingDoesNotUndo(list, named(list, "Errands"), "Errands");
  }

  private void anOlderReadingDoesNotUndo(String list, JsonNode told, String title) {
    Window window = openDeaf(list);
    Page page = window.page();
    hold(page, LISTS);
    server.list("Home");
    page.waitForCondition(() -> !held.isEmpty());
    tell(window, "list", told, new Page.RouteOptions().setTimes(1));
    window.titled(title);
    int before = held.size();
    page.waitForCondition(() -> held.size() > before);
    held.removeFirst().run();
    assertThat(window.link("Home")).isVisible();
    window.titled(title);
  }

  /** What a list has is read, and comes when the list is gone. */
  @Test
  void entriesFromBeforeAListWasDeletedDoNotBringItBack() {
    String list = groceries();
    Window window = openDeaf(list);
    Page page = window.page();
    page.route(LISTS, unanswered -> {});
    hold(page, ENTRIES);
    page.evaluate(READ_AGAIN);
    page.waitForCondition(() -> !held.isEmpty());
    tell(window, "list", deleted(list), new Page.RouteOptions().setTimes(1));
    window.titled("There is no such list, or it is not yours.");
    letGo(page, ENTRIES);
    page.waitForCondition(() -> page.evaluate("window.seen") != null);
    window.titled("There is no such list, or it is not yours.");
  }

  /** What was asked while it was deleted says nothing of after. */
  @Test
  void anAnswerFromBeforeAListCameBackDoesNotOutliveIt() {
    String list = groceries();
    Window window = openDeaf(list);
    Page page = window.page();
    page.route(LISTS, unanswered -> {});
    server.delete(list);
    hold(page, ENTRIES);
    page.evaluate(READ_AGAIN);
    page.waitForCondition(() -> !held.isEmpty());
    Runnable isDeleted = held.removeFirst();
    page.unroute(ENTRIES);
    server.post(list + "/restore", null);
    hold(page, LISTS);
    page.waitForCondition(() -> !held.isEmpty());
    isDeleted.run();
    window.titled("There is no such list, or it is not yours.");
    held.getFirst().run();
    window.titled("Groceries").shows("Milk");
  }

  @Test
  void aStreamFromWhichNothingComesIsOpenedAgain() {
    String list = groceries();
    Page page = browser.open(server.url("/api"));
    List<Route> streams = new ArrayList<>();
    page.route(
        "**/api/v1/events*",
        route -> {
          streams.add(route);
          if (streams.size() > 1) {
            route.resume();
          }
        });
    page.clock().install();
    page.navigate(server.url(address(list)));
    Window window = new Window(page).shows("Milk").saved();
    page.waitForCondition(() -> !streams.isEmpty());
    server.entry(list, "Bread");
    page.clock().fastForward(41_000);
    window.shows("Milk", "Bread").saved();
  }

  private static JsonNode named(String list, String name) {
    return Json.object().put("id", list.replaceAll(".*/", "")).put("name", name);
  }

  private static JsonNode deleted(String list) {
    return Json.object()
        .put("id", list.replaceAll(".*/", ""))
        .put("deleted", "2026-11-28T12:00:00Z");
  }

  @Test
  void whatOneAddsBehindTheBackOfAStreamIsSavedAndWhatAnotherAddedIsSeen() {
    String list = groceries();
    Window window = openDeaf(list);
    server.entry(list, "Bread");
    window.add("Olives").shows("Milk", "Bread", "Olives").saved();
  }

  @Test
  void aListIsSaidToRestartUntilItIsSaidToBeUp() {
    String list = groceries();
    Window window = openDeaf(list);
    ObjectNode data = Json.object().put("list", list.replaceAll(".*/", ""));
    tell(window, "down", data);
    assertThat(window.page().getByText("This list is restarting. What you type is kept"))
        .isVisible();
    assertThat(window.page().getByText("as of revision 1")).isVisible();
    tell(window, "up", data);
    assertThat(window.page().getByText("This list is restarting.")).hasCount(0);
    window.shows("Milk");
  }

  /** Whoever tells of lists may die between a "down" and its "up". */
  @Test
  void aListIsNotSaidToRestartByAStreamThatSaysNothingOfIt() {
    String list = groceries();
    Window window = openDeaf(list);
    ObjectNode data = Json.object().put("list", list.replaceAll(".*/", ""));
    tell(window, "down", data, new Page.RouteOptions().setTimes(1));
    assertThat(window.page().getByText("This list is restarting.")).isVisible();
    tell(window, "hello", Json.object());
    assertThat(window.page().getByText("This list is restarting.")).hasCount(0);
    window.shows("Milk");
  }

  @Test
  void aListThatRestsIsReadWhenOneSaysSo() {
    String list = groceries();
    browser.expectComplaints();
    Page page = browser.open(server.url("/api"));
    page.route(
        "**" + list,
        route ->
            route.fulfill(
                new Route.FulfillOptions()
                    .setStatus(503)
                    .setHeaders(Map.of("Retry-After", "300"))
                    .setContentType("application/problem+json")
                    .setBody("{\"hindrance\": \"quarantined\"}")));
    page.clock().install();
    page.navigate(server.url(address(list)));
    assertThat(page.getByText("This list keeps failing and rests until")).isVisible();
    page.clock().pauseAt(System.currentTimeMillis() + 60_000);
    page.getByText("Show why").click();
    assertThat(page.getByText("The server does not know any more how it failed.")).isVisible();
    page.unroute("**" + list);
    page.getByText("Try now").click();
    new Window(page).shows("Milk");
    assertThat(page.getByText("This list keeps failing")).hasCount(0);
  }

  /** First while it is not known at all, then while it is shown as it was. */
  @Test
  void whereTheAnswerIsLostAListIsReadAgain() {
    String list = groceries();
    browser.expectComplaints();
    Page page = browser.open(server.url("/api"));
    List<Route> asked = new ArrayList<>();
    page.route(ENTRIES, route -> loseFirst(route, asked));
    page.navigate(server.url(address(list)));
    Window window = new Window(page).shows("Milk").saved();
    asked.clear();
    page.evaluate(READ_AGAIN);
    page.waitForCondition(() -> asked.size() > 1);
    window.saved();
  }

  private static void loseFirst(Route route, List<Route> asked) {
    asked.add(route);
    if (asked.size() == 1) {
      route.abort();
    } else {
      route.resume();
    }
  }

  /** In a list, and where all are seen together. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatIsNotThereYetIsThreeQuietRows(boolean alone) {
    String list = groceries();
    Page page = browser.open(server.url("/api"));
    hold(page, ENTRIES);
    page.navigate(server.url(alone ? address(list) : "/all"));
    page.waitForCondition(() -> !held.isEmpty());
    assertThat(page.locator(".skeleton li")).hasCount(3);
    assertThat(page.getByText("Nothing here.")).hasCount(0);
    letGo(page, ENTRIES);
    new Window(page).shows("Milk");
    assertThat(page.locator(".skeleton")).hasCount(0);
  }

  /** Also where it is none of the hundred that are seen together. */
  @ParameterizedTest
  @ValueSource(ints = {1, 101})
  void aListIsGoneAndBackAlsoForWhoWasOffline(int others) {
    String list = groceries();
    for (int i = 1; i <= others; i++) {
      server.list("Bills " + i);
    }
    browser.expectComplaints();
    Window window = new Window(browser.open(server.url(address(list))));
    window.shows("Milk").page().context().setOffline(true);
    assertThat(window.page().getByText("No connection. Nothing waits here.")).isVisible();
    server.delete(list);
    window.page().context().setOffline(false);
    window.titled("There is no such list, or it is not yours.");
    assertThat(window.link("Groceries")).hasCount(0);
    window.page().context().setOffline(true);
    assertThat(window.page().getByText("No connection.")).isVisible();
    server.post(list + "/restore", null);
    window.page().context().setOffline(false);
    window.titled("Groceries").shows("Milk");
    assertThat(window.link("Groceries")).isVisible();
  }

  @Test
  void whatAnotherAddsWhileAListIsReadAgainStays() {
    String list = server.list("Groceries");
    server.entry(list, "Milk");
    Page page = browser.open(server.url(address(list)));
    Window window = new Window(page).shows("Milk").saved();
    server.entry(list, "Bread");
    window.shows("Bread");
    hold(page, ENTRIES);
    page.evaluate(READ_AGAIN);
    page.waitForCondition(() -> !held.isEmpty());
    server.entry(list, "Olives");
    window.shows("Olives");
    letGo(page, ENTRIES);
    page.waitForCondition(() -> page.evaluate("window.seen") != null);
    assertThat(page.evaluate("window.seen")).isEqualTo(3);
    window.shows("Milk", "Bread", "Olives").saved();
  }

  /** It is so whenever it is read: reading it once more would come to no end. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aLongListThatIsChangedWhileItIsReadIsThereAndUpToDate(boolean forTheFirstTime) {
    String list = twelveHundred();
    Page page = browser.open(server.url(forTheFirstTime ? "/api" : address(list)));
    Window window = new Window(page);
    if (!forTheFirstTime) {
      window.shows("entry 1", "entry 2");
    }
    AtomicInteger read = new AtomicInteger();
    page.route(
        SECOND_PAGE,
        route -> {
          String time = " at time " + read.incrementAndGet();
          server.patch(list + "/entries/1", "{\"title\": \"first" + time + "\"}");
          server.patch(list + "/entries/1200", "{\"title\": \"last" + time + "\"}");
          server.entry(list, "new" + time);
          server.delete(list + "/entries/2");
          route.resume();
        });
    if (forTheFirstTime) {
      page.navigate(server.url(address(list)));
    } else {
      page.evaluate(READ_AGAIN);
    }
    window.shows("first at time 1").lacks("entry 1", "entry 2").saved();
    page.evaluate("scrollTo(0, document.body.scrollHeight)");
    window.shows("last at time 1", "new at time 1").lacks("entry 1200");
    assertThat(read).hasValue(1);
    server.patch(list + "/entries/1199", "{\"title\": \"changed since\"}");
    window.shows("changed since");
  }

  private String twelveHundred() {
    String list = server.list("Long");
    var body = Json.object();
    var commands = body.putArray("commands");
    for (int i = 1; i <= 1_000; i++) {
      commands.addObject().put("key", "k" + i).putObject("add").put("title", "entry " + i);
    }
    assertThat(server.post(list + "/batch", body.toString()).status()).isEqualTo(200);
    for (int i = 1_001; i <= 1_200; i++) {
      server.entry(list, "entry " + i);
    }
    return list;
  }

  /** At last seconds apart, by the page's clock, which stands while it is asked and answered. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatCannotBeReadIsAskedForLessAndLessOften(boolean alone) {
    String list = groceries();
    String asked = alone ? "**" + list : LISTS;
    browser.expectComplaints();
    Page page = browser.open(server.url("/api"));
    AtomicInteger answered = new AtomicInteger();
    page.route(
        asked,
        route -> {
          busy(route);
          answered.incrementAndGet();
        });
    page.navigate(server.url(address(list)));
    page.waitForCondition(() -> answered.get() > 1);
    page.clock().install();
    page.clock().pauseAt(System.currentTimeMillis() + 60_000);
    List<Integer> tenths = new ArrayList<>();
    while (tenths.size() < 4) {
      int before = answered.get();
      int ticks = 0;
      while (answered.get() == before) {
        page.clock().runFor(100);
        ticks++;
      }
      tenths.add(ticks);
    }
    // The first began by the clock of before; any may be cut short by what asks of its own accord.
    assertThat(tenths.subList(1, tenths.size())).anyMatch(pause -> pause > 30);
    page.unroute(asked);
    page.clock().resume();
    new Window(page).shows("Milk").saved();
  }

  /** A stream that is opened at the moment cannot know better; the answer would be an error. */
  @Test
  void aListThatWasDeletedIsNotReadAgainBecauseOfAReset() {
    String list = server.list("Groceries");
    server.list("Home");
    Page page = browser.open(server.url(address(list)));
    Window window = new Window(page).titled("Groceries");
    AtomicInteger streams = new AtomicInteger();
    AtomicBoolean isDeleted = new AtomicBoolean();
    String reset = "event: reset\ndata: {\"list\": \"" + list.replaceAll(".*/", "") + "\"}\n\n";
    page.route(
        "**/api/v1/events*",
        route -> {
          if (isDeleted.get()) {
            streams.incrementAndGet();
            route.fulfill(
                new Route.FulfillOptions().setContentType("text/event-stream").setBody(reset));
          } else {
            route.resume();
          }
        });
    Locator delete = window.menuItem("Delete list");
    isDeleted.set(true);
    delete.click();
    window.titled("Home");
    page.waitForCondition(() -> streams.get() > 1);
  }

  @Test
  void theHistoryOfAnEntryIsNotShownForAnother() {
    String list = server.list("Groceries");
    server.patch(server.entry(list, "Milk"), "{\"title\": \"Oat milk\"}");
    server.entry(list, "Bread");
    browser.expectComplaints();
    Window window = new Window(browser.open(server.url(address(list)))).shows("Bread");
    window.row("Oat milk").locator("button.title").click();
    assertThat(window.page().locator(".history")).containsText("title was “Milk”");
    window.page().route("**/history*", Route::abort);
    window.row("Bread").locator("button.title").click();
    assertThat(window.page().locator(".detail textarea.title")).hasValue("Bread");
    assertThat(window.page().locator(".history")).hasCount(0);
    window.page().unroute("**/history*");
    window.add("Olives").saved();
    assertThat(window.page().locator(".history")).containsText("added");
  }

  private static void busy(Route route) {
    route.fulfill(
        new Route.FulfillOptions()
            .setStatus(503)
            .setContentType("application/problem+json")
            .setBody("{}"));
  }

  @Test
  void whereAllAreSeenTogetherOneThatCannotBeReadIsSaidToBeMissing() {
    String list = groceries();
    server.entry(server.list("Home"), "Lamp");
    browser.expectComplaints();
    Page page = browser.open(server.url("/api"));
    page.route("**" + list, PageReadingTest::busy);
    page.navigate(server.url("/all"));
    Window window = new Window(page).shows("Lamp").lacks("Milk");
    assertThat(page.getByText("Not here, for it cannot be read now: Groceries.")).isVisible();
    page.unroute("**" + list);
    window.shows("Lamp", "Milk");
    assertThat(page.getByText("Not here")).hasCount(0);
  }

  @Test
  void whereThereAreMoreListsThanAreSeenTogetherThatIsSaid() {
    for (int i = 1; i <= 102; i++) {
      server.list("List " + i);
    }
    server.entry(server.list("Zebras"), "Oats");
    Page page = browser.open(server.url("/all"));
    assertThat(page.getByText("Of 103 lists only 100 are seen together here.")).isVisible();
    Window window = new Window(page).lacks("Oats");
    window.link("Zebras").click();
    window.titled("Zebras").shows("Oats");
    assertThat(window.link("Zebras")).containsText("1");
    window.link("All").click();
    window.titled("All").lacks("Oats");
    assertThat(page.getByText("Of 103 lists only 100 are seen together here.")).isVisible();
    assertThat(window.link("Zebras")).not().containsText("1");
  }

  @Test
  void deletedListsThatWereWantedOfflineAreReadOnceThereIsAWay() {
    String list = groceries();
    server.delete(server.list("Home"));
    browser.expectComplaints();
    Window window = new Window(browser.open(server.url(address(list))));
    window.shows("Milk").saved().page().context().setOffline(true);
    Locator deleted = window.menuItem("Deleted lists");
    List<String> failed = new ArrayList<>();
    window.page().onRequestFailed(request -> failed.add(request.url()));
    deleted.click();
    window
        .page()
        .waitForCondition(() -> failed.stream().anyMatch(url -> url.contains("deleted=true")));
    window.page().context().setOffline(false);
    assertThat(window.page().locator(".deleted li")).containsText("Home");
  }

  @Test
  void deletedListsThatCannotBeReadAreNotSaidToBeNone() {
    String list = groceries();
    server.delete(server.list("Home"));
    browser.expectComplaints();
    Page page = browser.open(server.url(address(list)));
    Window window = new Window(page).shows("Milk");
    page.route("**/lists?deleted=true*", PageReadingTest::busy);
    Locator deleted = window.menuItem("Deleted lists");
    page.waitForResponse(answer -> answer.status() == 503, deleted::click);
    page.unroute("**/lists?deleted=true*");
    assertThat(page.locator(".deleted li")).containsText("Home");
  }
}
