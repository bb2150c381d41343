package dev.tend.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.tend.otp.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What someone does with an entry while the server has not heard of what was done with it before.
 */
class PagePendingTest {
  private static final String ELSEWHERE = "was changed elsewhere while you were editing";

  private static final String IS_LAMP_DONE =
      """
      import(document.querySelector('script[src*="tend-app"]').src.replace('tend-app', 'tend'))
        .then(({ store, ui }) => [...store.entries(ui.place.list).values()].find(({ title }) => title === 'Lamp').done)\
      """;

  @RegisterExtension final TestServer server = new TestServer();
  @RegisterExtension final Browser browser = new Browser();

  private final HeldRequests held = new HeldRequests();
  private String list;

  @BeforeEach
  void makeAList() {
    list = server.list("Groceries");
    browser.expectComplaints();
  }

  private Window open() {
    return new Window(browser.open(server.url(list.replace("/api/v1", "")))).titled("Groceries");
  }

  private static int waiting(Page page) {
    return (int)
        page.evaluate(
            """
            import(document.querySelector('script[src*="tend-app"]').src.replace('tend-app', 'tend'))
              .then(({ store }) => store.outbox.changes.length)\
            """);
  }

  // ---- a move ----

  private String twoListsOfTwo() {
    String home = server.list("Home");
    server.entry(list, "Bread");
    server.entry(list, "Lamp");
    server.entry(home, "Table");
    server.entry(home, "Chair"); // in its list of the number that the lamp has in the other
    return home;
  }

  @ParameterizedTest
  @ValueSource(strings = {"ticked", "deleted", "moved on"})
  void whatIsDoneWithAnEntryThatIsAboutToMoveIsDoneWithThatEntry(String what) {
    String home = twoListsOfTwo();
    String attic = server.list("Attic");
    Window window = open();
    held.hold(window, "POST", "**/move");
    window.at("Lamp").move("hom", "Home");
    window.link("Home").click();
    window.titled("Home").shows("Table", "Chair", "Lamp");
    switch (what) {
      case "ticked" -> window.row("Lamp").getByRole(AriaRole.CHECKBOX).click();
      case "deleted" -> window.at("Lamp").press("Delete");
      default -> window.at("Lamp").move("att", "Attic");
    }
    window.add("Rug").shows("Rug"); // which need not wait
    eventually(() -> assertThat(server.titles(home)).containsExactly("Table", "Chair", "Rug"));
    held.letGo(window);
    window.saved();

    assertThat(server.titles(list)).containsExactly("Bread");
    assertThat(server.titles(attic))
        .isEqualTo(what.equals("moved on") ? List.of("Lamp") : List.of());
    assertThat(server.titles(home))
        .startsWith("Table", "Chair", "Rug")
        .hasSize(what.equals("ticked") ? 4 : 3);
    server
        .get(home + "/entries")
        .json()
        .get("entries")
        .forEach(entry ->
            assertThat(entry.get("done").booleanValue())
                .isEqualTo(entry.get("title").stringValue().equals("Lamp")));
  }

  @Test
  void whatIsDoneWithAnEntryWhoseMoveIsRefusedIsDoneWhereItIs() {
    String home = twoListsOfTwo();
    Window window = open();
    held.hold(window, "POST", "**/move");
    window.at("Lamp").move("hom", "Home");
    window.link("Home").click();
    window.titled("Home").at("Lamp").press("Delete");
    held.first(window)
        .fulfill(
            new Route.FulfillOptions()
                .setStatus(409)
                .setContentType("application/problem+json")
                .setBody("{\"detail\": \"That list is full.\"}"));

    window.page().waitForCondition(() -> server.titles(list).equals(List.of("Bread")));
    assertThat(server.titles(home)).containsExactly("Table", "Chair");
  }

  /** By then the stream has told that it is in the other list. */
  @ParameterizedTest
  @ValueSource(ints = {503, 504})
  void aMoveThatIsAskedForOnceMoreIsAskedForWhereTheEntryWas(int status) {
    String home = twoListsOfTwo();
    Window window = open();
    List<Route> made = new ArrayList<>();
    window
        .page()
        .route(
            "**/move",
            route -> {
              if (made.isEmpty()) {
                route.fetch();
                made.add(route);
              } else {
                route.resume();
              }
            });
    window.at("Lamp").move("hom", "Home");
    window.link("Home").click();
    window.titled("Home").shows("Table", "Chair", "Lamp");
    window
        .page()
        .waitForFunction(
            """
            () => import(document.querySelector('script[src*="tend-app"]').src.replace('tend-app', 'tend'))
              .then(({ store }) => store.outbox.changes.some((change) =>
                change.kind === 'move' && store.placeOf(change.entry).list !== change.list))\
            """);
    made.getFirst()
        .fulfill(
            new Route.FulfillOptions()
                .setStatus(status)
                .setContentType("application/problem+json")
                .setBody("{\"detail\": \"Not now.\"}"));
    window.saved();
    assertThat(window.page().locator(".trouble")).hasCount(0);
    window.press("z").lacks("Lamp").saved();
    assertThat(server.titles(home)).containsExactly("Table", "Chair");
    assertThat(server.titles(list)).containsExactly("Bread", "Lamp");
  }

  /** The move is through when both lists have been read. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatIsDoneAfterAMoveStaysWhileTheListItLeftIsBeingRead(boolean back) {
    String home = twoListsOfTwo();
    Window window = open();
    if (back) {
      window.at("Lamp").move("hom", "Home").lacks("Lamp").saved();
      window.page().waitForCondition(() -> waiting(window.page()) == 0);
    }
    held.hold(window, "GET", "**" + (back ? home : list) + "/entries*");
    if (back) {
      window.press("z").shows("Lamp");
    } else {
      window.at("Lamp").move("hom", "Home");
      window.link("Home").click();
    }
    held.first(window);
    window.shows("Lamp").row("Lamp").getByRole(AriaRole.CHECKBOX).click();
    String now = back ? list : home;
    eventually(
        () -> assertThat(server.get(now + "/entries?done=true").json().get("entries")).hasSize(1));
    window.page().waitForCondition(() -> waiting(window.page()) == 1);
    assertThat(window.page().evaluate(IS_LAMP_DONE)).isEqualTo(true);
    held.letGo(window);
    window.page().waitForCondition(() -> waiting(window.page()) == 0);
    assertThat(window.page().locator(".fold")).hasText("Done · 1");
  }

  @Test
  void anEntryThatIsAboutToMoveIsOpenedAsItself() {
    twoListsOfTwo();
    Window window = open();
    held.hold(window, "POST", "**/move");
    window.at("Lamp").move("hom", "Home");
    window.link("Home").click();
    window.titled("Home").row("Lamp").locator("button.title").click();
    assertThat(window.the(AriaRole.TEXTBOX, "Title")).hasValue("Lamp");
    window.the(AriaRole.TEXTBOX, "Notes").fill("for the hall");
    window.the(AriaRole.BUTTON, "Close").click();
    held.letGo(window);
    window.saved();
    assertThat(window.row("Chair")).not().containsText("hall");
    window.row("Lamp").locator("button.title").click();
    assertThat(window.the(AriaRole.TEXTBOX, "Notes")).hasValue("for the hall");
  }

  @Test
  void ofTwoVersionsTheChosenOneStaysWhereTheEntryIsByThen() {
    String home = server.list("Home");
    server.entry(list, "Bread");
    String milk = server.entry(list, "Milk");
    Window window = open().at("Milk").press("Enter").type("Mine");
    server.patch(milk, "{\"title\": \"Theirs\"}");
    window.press("Enter");
    assertThat(window.page().locator(".trouble")).containsText(ELSEWHERE);
    window.at("Theirs").move("hom", "Home");
    window.page().waitForCondition(() -> server.titles(home).equals(List.of("Theirs")));
    window.the(AriaRole.BUTTON, "Keep mine").click();

    window.page().waitForCondition(() -> server.titles(home).equals(List.of("Mine")));
    window.saved();
    assertThat(server.titles(list)).containsExactly("Bread");
    assertThat(window.page().locator(".trouble")).hasCount(0);
  }

  // ---- edits ----

  @Test
  void anEditOfWhatIsBeingSavedDoesNotOverwriteWhatOthersDidMeanwhile() {
    String milk = server.entry(list, "Milk");
    Window window = open().shows("Milk");
    held.hold(window, "PATCH", "**" + milk);
    window.row("Milk").getByRole(AriaRole.CHECKBOX).click();
    window.the(AriaRole.BUTTON, "Done · 1").click();
    window.at("Milk").press("Enter").type("Mine").press("Enter").shows("Mine");
    server.patch(milk, "{\"title\": \"Theirs\"}");
    held.letGo(window);
    assertThat(window.page().locator(".trouble")).containsText(ELSEWHERE);
    assertThat(server.titles(list)).containsExactly("Theirs");
  }

  @Test
  void ofTwoEditsOfOnesOwnTheFirstIsNotTakenForAnothers() {
    String milk = server.entry(list, "Milk");
    Window window = open().shows("Milk");
    held.hold(window, "PATCH", "**" + milk);
    window.at("Milk").press("Enter").type("Oat milk").press("Enter");
    window.at("Oat milk").press("Enter").type("Soy milk").press("Enter").shows("Soy milk");
    server.patch(milk, "{\"done\": true}");
    held.letGo(window);
    window.page().waitForCondition(() -> server.titles(list).equals(List.of("Soy milk")));
    window.saved();
    assertThat(window.page().locator(".trouble")).hasCount(0);
  }

  @Test
  void anEditThatWentTogetherWithAnothersIsTakenBackAsAnyOther() {
    String milk = server.entry(list, "Milk");
    Window window = open();
    window.add("Bread").saved();
    window.at("Milk").press("Enter").type("Oat milk");
    server.patch(milk, "{\"notes\": \"two litres\"}");
    window.press("Enter");
    window.page().waitForCondition(() -> server.titles(list).contains("Oat milk"));
    window.saved();
    assertThat(window.page().locator(".undo")).containsText("Changed “Oat milk”");
    window.press("z");
    window.page().waitForCondition(() -> server.titles(list).contains("Milk"));
    window.saved().shows("Milk", "Bread");
  }

  @Test
  void anEditThatIsNotDecidedIsTakenBackByTakingTheirs() {
    String milk = server.entry(list, "Milk");
    Window window = open().at("Milk").press("Enter").type("Mine");
    server.patch(milk, "{\"title\": \"Theirs\"}");
    window.press("Enter");
    assertThat(window.page().locator(".trouble")).containsText(ELSEWHERE);
    window.press("z").shows("Theirs").saved();
    assertThat(window.page().locator(".trouble")).hasCount(0);
    assertThat(server.titles(list)).containsExactly("Theirs");
  }

  @Test
  void whatIsTakenBackBeforeItsAnswerIsTakenBackAlsoIfTheAnswerIsLost() {
    String milk = server.entry(list, "Milk");
    Window window = open();
    held.hold(window, "DELETE", "**" + milk);
    window.at("Milk").press("Delete").press("z").shows("Milk");
    held.first(window).fetch();
    window.page().waitForCondition(() -> waiting(window.page()) == 1); // the stream has told of it
    held.first(window).abort();

    window.page().waitForCondition(() -> server.titles(list).equals(List.of("Milk")));
    window.saved().shows("Milk");
    assertThat(window.page().locator(".trouble")).hasCount(0);
  }
}
