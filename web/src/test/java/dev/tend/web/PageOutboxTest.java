package dev.tend.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.tend.otp.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/**
 * What waits in the page, where the server takes it otherwise than hoped or the browser is full.
 */
class PageOutboxTest {
  private static final List<String> TITLES =
      List.of("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten");

  @RegisterExtension final TestServer server = new TestServer();
  @RegisterExtension final Browser browser = new Browser();

  /** How many commands each batch had. */
  private final List<Integer> batches = new ArrayList<>();

  private Window open(String list) {
    browser.expectComplaints();
    Window window = new Window(browser.open(server.url(list.replace("/api/v1", ""))));
    assertThat(window.page().locator(".foot")).containsText("Saved");
    return window;
  }

  /** Answers a batch of so many with a status, or lets it pass at 200. */
  private void answerBatches(Page page, IntFunction<Integer> status) {
    page.route(
        "**/batch",
        route -> {
          int commands =
              JsonMapper.shared().readTree(route.request().postData()).get("commands").size();
          batches.add(commands);
          if (status.apply(commands) == 200) {
            route.resume();
          } else {
            route.fulfill(
                new Route.FulfillOptions()
                    .setStatus(status.apply(commands))
                    .setContentType("application/problem+json")
                    .setBody("{\"detail\": \"Not like this.\"}"));
          }
        });
  }

  private static void paste(Window window, List<String> lines) {
    window
        .page()
        .evaluate(
            """
            (text) => {
              const data = new DataTransfer();
              data.setData('text', text);
              document.querySelector('add-field input').dispatchEvent(
                new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
            }\
            """,
            String.join("\n", lines));
    window.the(AriaRole.BUTTON, "Add " + lines.size() + " tasks").click();
  }

  @Test
  void aBatchSaysUntilWhenAListRests() {
    Window window = open(server.list("Groceries"));
    Page page = window.page();
    page.clock().setFixedTime(at("12:00:45"));
    String resting =
        """
        {"status": 503, "retryAfter": 30, "problem": {"hindrance": "quarantined"}}\
        """;
    page.route(
        "**/batch",
        route ->
            route.fulfill(
                new Route.FulfillOptions()
                    .setContentType("application/json")
                    .setBody("{\"results\": [%s, %s]}".formatted(resting, resting))));
    paste(window, TITLES.subList(0, 2));
    assertThat(page.getByText("keeps failing and rests until")).containsText("12:01");
  }

  private static long at(String time) {
    return LocalDate.EPOCH
        .atTime(LocalTime.parse(time))
        .atZone(ZoneId.systemDefault())
        .toInstant()
        .toEpochMilli();
  }

  @Test
  void whatIsTooMuchAtOnceGoesInHalves() {
    String list = server.list("Groceries");
    Window window = open(list);
    answerBatches(window.page(), commands -> commands > 3 ? 413 : 200);
    paste(window, TITLES);
    window.saved().shows(TITLES.toArray(String[]::new));
    assertThat(window.page().locator(".trouble")).hasCount(0);
    assertThat(server.titles(list)).isEqualTo(TITLES);
    assertThat(batches).startsWith(10, 5, 2).hasSizeLessThan(8);
  }

  /** Else the page stands still while it writes all of them again for each of them. */
  @Test
  void whatIsAddedTogetherIsKeptTogether() {
    String list = server.list("Groceries");
    Window window = open(list);
    window
        .page()
        .evaluate(
            """
            () => {
              const { setItem } = Storage.prototype;
              window.kept = 0;
              Storage.prototype.setItem = function (name, value) {
                if (this === sessionStorage) window.kept++;
                return setItem.call(this, name, value);
              };
            }\
            """);
    List<Route> held = new ArrayList<>();
    window.page().route("**/batch", held::add);
    paste(window, IntStream.rangeClosed(1, 1_000).mapToObj(i -> "entry " + i).toList());
    window.page().waitForCondition(() -> !held.isEmpty());
    assertThat((int) window.page().evaluate("kept")).isLessThan(10);
    window.page().unrouteAll();
    held.forEach(Route::resume);
    window.saved();
    assertThat(server.titles(list)).hasSize(1_000);
  }

  @Test
  void whereBatchesAreNotTakenAtAllEachGoesByItself() {
    String list = server.list("Groceries");
    Window window = open(list);
    answerBatches(window.page(), commands -> 422);
    paste(window, TITLES);
    window.saved().shows(TITLES.toArray(String[]::new));
    assertThat(window.page().locator(".trouble")).hasCount(0);
    assertThat(server.titles(list)).isEqualTo(TITLES);
    assertThat(batches).containsExactly(10, 5, 2);
  }

  @Test
  void whereTheListIsGoneAllOfItIsSaidAtOnce() {
    Window window = open(server.list("Groceries"));
    answerBatches(window.page(), commands -> 404);
    paste(window, TITLES);
    assertThat(window.page().locator(".trouble")).hasCount(10);
    assertThat(batches).containsExactly(10);
  }

  /** The server has done it, and its answer is lost on the way. */
  @ParameterizedTest
  @CsvSource({"entries, 1", "batch, 10"})
  void whatIsSentTwiceActsOnce(String path, int many) {
    String list = server.list("Groceries");
    Window window = open(list);
    List<String> titles = TITLES.subList(0, many);
    List<String> lost = new ArrayList<>();
    window
        .page()
        .route(
            "**" + list + "/" + path,
            route -> {
              if (lost.isEmpty()) {
                lost.add(route.fetch().text());
                route.abort();
              } else {
                route.resume();
              }
            });
    if (many == 1) {
      window.add(titles.getFirst());
    } else {
      paste(window, titles);
    }
    window.page().waitForCondition(() -> !lost.isEmpty());
    window.saved().shows(titles.toArray(String[]::new));
    assertThat(window.rows()).hasCount(many);
    assertThat(server.titles(list)).isEqualTo(titles);
  }

  /** With its key it has to be the same request, alone or among others. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void whatIsSentTwiceActsOnceThoughMoreWaitsBehindIt(int many) {
    String list = server.list("Groceries");
    Window window = open(list);
    // Else the stream tells that it has happened.
    window.page().route("**/api/v1/events*", Route::abort);
    List<String> titles = TITLES.subList(0, many);
    List<Route> made = new ArrayList<>();
    window
        .page()
        .route(
            "**" + list + (many == 1 ? "/entries" : "/batch"),
            route -> {
              if (made.isEmpty()) {
                route.fetch();
                made.add(route);
              } else {
                route.resume();
              }
            });
    if (many == 1) {
      window.add(titles.getFirst());
    } else {
      paste(window, titles);
    }
    window.page().waitForCondition(() -> !made.isEmpty());
    window.add("One more");
    made.getFirst().abort();
    List<String> all = new ArrayList<>(titles);
    all.add("One more");
    window.saved().shows(all.toArray(String[]::new));
    assertThat(window.page().locator(".trouble")).hasCount(0);
    assertThat(server.titles(list)).isEqualTo(all);
  }

  @Test
  void whatIsTypedIntoAListThatIsNotMadeYetFollowsIt() {
    Window window = open(server.list("Groceries"));
    // Else the stream may say that the list is up, and what waits is sent for that.
    window.page().route("**/api/v1/events*", Route::abort);
    List<Route> held = new ArrayList<>();
    window.page().route("**/api/v1/lists", held::add);
    window.the(AriaRole.BUTTON, "New list").click();
    window.type("Home").press("Enter").titled("Home").add("Lamp").shows("Lamp");
    window.page().waitForCondition(() -> !held.isEmpty());
    held.getFirst().resume();
    window.saved().shows("Lamp");
    String home = window.page().url().replaceAll(".*/", "");
    assertThat(server.titles("/api/v1/lists/" + home)).containsExactly("Lamp");
  }

  @Test
  void whatIsMovedToAListThatIsNotMadeYetFollowsIt() {
    String list = server.list("Groceries");
    server.entry(list, "Lamp");
    Window window = open(list);
    window.page().route("**/api/v1/events*", Route::abort);
    List<Route> held = new ArrayList<>();
    window.page().route("**/api/v1/lists", held::add);
    window.the(AriaRole.BUTTON, "New list").click();
    window.type("Home").press("Enter").titled("Home");
    window.link("Groceries").click();
    window.at("Lamp").move("home", "Home").lacks("Lamp");
    window.page().waitForCondition(() -> !held.isEmpty());
    held.getFirst().resume();
    window.link("Home").click();
    window.titled("Home").shows("Lamp").saved();
    assertThat(window.page().locator(".trouble")).hasCount(0);
    eventually(() -> assertThat(server.titles(list)).isEmpty());
  }

  /** The page gets the answer later than the stream tells what came of the request. */
  private static Runnable hold(Window window, String requests) {
    List<Runnable> held = new ArrayList<>();
    window
        .page()
        .route(
            requests,
            route -> {
              APIResponse answer = route.fetch();
              held.add(() -> route.fulfill(new Route.FulfillOptions().setResponse(answer)));
            });
    return () -> {
      window.page().waitForCondition(() -> !held.isEmpty());
      held.forEach(Runnable::run);
    };
  }

  @Test
  void aListThatTheStreamTellsOfBeforeItsAnswerComesIsThereOnce() {
    Window window = open(server.list("Groceries"));
    Runnable letGo = hold(window, "**/api/v1/lists");
    window.the(AriaRole.BUTTON, "New list").click();
    window.type("Home").press("Enter").titled("Home");
    server.list("Later");
    assertThat(window.link("Later")).isVisible();
    assertThat(window.link("Home")).hasCount(1);
    letGo.run();
    window.saved();
    assertThat(window.link("Home")).hasCount(1);
  }

  @Test
  void anEntryThatIsMovedIsWhereItGoesToUntilTheAnswerComesAndFromThenOn() {
    String list = server.list("Groceries");
    String home = server.list("Home");
    server.entry(list, "Lamp");
    Window window = open(list).shows("Lamp");
    window.link("Home").click();
    window.titled("Home").saved();
    server.entry(home, "Table");
    window.shows("Table"); // the stream tells of both lists before time stops
    window.link("Groceries").click();
    Runnable letGo = hold(window, "**/move");
    window.timeStops();
    window.at("Lamp").move("home", "Home").lacks("Lamp");
    eventually(() -> assertThat(server.titles(list)).isEmpty());
    server.entry(list, "Milk");
    server.entry(home, "Chair");
    window.shows("Milk").lacks("Lamp").link("Home").click();
    window.shows("Chair", "Lamp");
    assertThat(window.row("Chair")).containsText("from another window");
    assertThat(window.row("Lamp")).not().containsText("from another window");
    window.page().clock().resume();
    letGo.run();
    window.saved().shows("Lamp", "Chair", "Table");
    assertThat(window.rows()).hasCount(3);
  }

  /** What is between the page and the server says that it has no way on, or too much to do. */
  @ParameterizedTest
  @ValueSource(ints = {429, 502})
  void whatSomethingOnTheWayAnswersIsNoAnswer(int status) {
    String list = server.list("Groceries");
    Window window = open(list);
    List<Route> asked = new ArrayList<>();
    window
        .page()
        .route(
            "**" + list + "/entries",
            route -> {
              asked.add(route);
              if (asked.size() > 2) {
                route.resume();
              } else {
                route.fulfill(
                    new Route.FulfillOptions()
                        .setStatus(status)
                        .setContentType("text/html")
                        .setBody("<h1>Not now</h1>"));
              }
            });
    window.add("Milk").shows("Milk");
    window.page().waitForCondition(() -> asked.size() > 2);
    window.saved().shows("Milk");
    assertThat(window.page().locator(".trouble")).hasCount(0);
    assertThat(server.titles(list)).containsExactly("Milk");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aWindowInWhichSomethingWaitsIsNotClosedWithoutAWord(boolean waits) {
    String list = server.list("Groceries");
    Window window = open(list);
    Page page = window.page();
    List<Route> held = new ArrayList<>();
    if (waits) {
      page.route("**" + list + "/entries", held::add);
      window.add("Milk");
      page.waitForCondition(() -> !held.isEmpty());
    } else {
      window.add("Milk").shows("Milk").saved();
    }
    List<String> asked = new ArrayList<>();
    page.onDialog(dialog -> asked.add(dialog.type()));

    page.close(new Page.CloseOptions().setRunBeforeUnload(true));

    page.context().waitForCondition(page::isClosed);
    assertThat(asked).isEqualTo(waits ? List.of("beforeunload") : List.of());
  }

  @Test
  void aListThatIsNotMadeYetOutlivesAReloadOfThePage() {
    Window window = open(server.list("Groceries"));
    window.page().route("**/api/v1/lists", Route::abort);
    window.the(AriaRole.BUTTON, "New list").click();
    window.type("Home").press("Enter").titled("Home").add("Lamp");
    assertThat(window.page().getByText("2 changes wait here.")).isVisible();
    window.page().reload();
    window.titled("Home").shows("Lamp");
    assertThat(window.link("Home")).isVisible();
    assertThat(window.link("Groceries")).isVisible();
    window.page().unroute("**/api/v1/lists");
    window.saved().titled("Home").shows("Lamp");
    String home = window.page().url().replaceAll(".*/", "");
    assertThat(server.titles("/api/v1/lists/" + home)).containsExactly("Lamp");
  }

  @Test
  void whereTheBrowserIsFullNothingTypedIsLostAndOneIsToldSo() {
    String list = server.list("Groceries");
    Window window = open(list);
    window
        .page()
        .evaluate(
            """
            () => {
              let text = 'x'.repeat(1 << 22);
              for (let i = 0; text; i++) {
                try {
                  sessionStorage.setItem(`full ${i}`, text);
                } catch {
                  text = text.slice(0, text.length >> 1);
                }
              }
            }\
            """);
    window.page().route("**/api/v1/lists/*/entries", Route::abort);
    window.add("Milk");
    assertThat(window.page().getByText("This browser has no room to keep what waits")).isVisible();
    window.add("Bread").shows("Milk", "Bread");
    Browser.shot(window.page(), "no-room");
    window.page().unroute("**/api/v1/lists/*/entries");
    window.saved().shows("Milk", "Bread");
    assertThat(window.page().getByText("This browser has no room")).hasCount(0);
    assertThat(server.titles(list)).containsExactly("Milk", "Bread");
  }

  @Test
  void whatIsTypedWhileItsListIsMadeIsNotDisturbed() {
    List<Route> held = new ArrayList<>();
    Window window = withHomeOnItsWay(held).add("Lamp").shows("Lamp");
    window.at("Lamp").press("Enter").type("Red la");
    letThrough(window, held);
    window.type("mp").press("Enter").shows("Red lamp").saved();
    String home = window.page().url().replaceAll(".*/", "");
    assertThat(server.titles("/api/v1/lists/" + home)).containsExactly("Red lamp");
  }

  @Test
  void whatFloatsStaysWhileItsListIsMade() {
    List<Route> held = new ArrayList<>();
    Window window = withHomeOnItsWay(held).add("Lamp").shows("Lamp");
    window.at("Lamp").press("d").type("tomor");
    letThrough(window, held);
    window.type("row").press("Enter").showsUnder("Tomorrow", "Lamp").saved();
  }

  @Test
  void aListThatIsDeletedBeforeItIsMadeComesBack() {
    List<Route> held = new ArrayList<>();
    Window window = withHomeOnItsWay(held);
    window.page().waitForCondition(() -> !held.isEmpty());
    window.menuItem("Delete list").click();
    window.titled("Groceries");
    window.page().locator(".undo").hover();
    held.getFirst().resume();
    eventually(
        () -> assertThat(server.get("/api/v1/lists?deleted=true").json().get("lists")).hasSize(1));
    window.saved().undo().titled("Home");
    eventually(() -> assertThat(server.get("/api/v1/lists").json().get("lists")).hasSize(2));
  }

  /** The list Home is made in a window, and what tells the server of it is held up. */
  private Window withHomeOnItsWay(List<Route> held) {
    Window window = open(server.list("Groceries"));
    window.page().route("**/api/v1/events*", Route::abort);
    window.page().route("**/api/v1/lists", held::add);
    window.the(AriaRole.BUTTON, "New list").click();
    return window.type("Home").press("Enter").titled("Home");
  }

  private static void letThrough(Window window, List<Route> held) {
    window.page().waitForCondition(() -> !held.isEmpty());
    held.getFirst().resume();
    window.page().waitForURL(url -> !url.contains("new-"));
  }
}
