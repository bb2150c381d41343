package dev.tend.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.tend.otp.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is done is taken back, wherever it is by then. */
class PageUndoTest {
  private static final String ANY = "**/api/v1/lists/**";

  @RegisterExtension final TestServer server = new TestServer();
  @RegisterExtension final Browser browser = new Browser();

  private final HeldRequests held = new HeldRequests();
  private String list;

  @BeforeEach
  void makeAList() {
    list = server.list("Groceries");
  }

  private Window open() {
    return new Window(browser.open(server.url(list.replace("/api/v1", "")))).titled("Groceries");
  }

  private List<String> kinds() {
    List<String> kinds = new ArrayList<>();
    server
        .get(list + "/history")
        .json()
        .get("records")
        .forEach(record -> kinds.add(record.get("kind").stringValue()));
    return kinds.reversed();
  }

  @Test
  void itIsOfferedShortlyForAWhileAndLongerWhereSomeonePointsAtIt() {
    server.entry(list, "Milk " + "x".repeat(100));
    Window window = open();
    assertThat(window.rows()).hasCount(1);
    window.press("j");
    window.timeStops();
    window.press("Delete");
    Locator bar = window.page().locator(".undo");
    assertThat(bar).hasText("Deleted “Milk " + "x".repeat(34) + "…”Undo");
    window.page().clock().runFor(7_900);
    assertThat(bar).isVisible();
    bar.hover();
    window.page().clock().runFor(20_000);
    assertThat(bar).isVisible();
    window.page().mouse().move(5, 5);
    window.page().clock().runFor(7_900);
    assertThat(bar).isVisible();
    window.page().clock().runFor(200);
    assertThat(bar).hasCount(0);
  }

  @ParameterizedTest
  @CsvSource({
    "milk, 'Added 3 tasks, 2 of which the search does not show'",
    "eggs, 'Added 3 tasks, which the search does not show'"
  })
  void ofWhatIsPastedHowMuchTheSearchHidesIsSaidAndAllOfItIsTakenBack(String query, String said) {
    server.entry(list, "Eggs");
    Window window = open().shows("Eggs").press("/").type(query);
    window.paste("Milk\nBread\nOlives").the(AriaRole.BUTTON, "Add 3 tasks").click();
    assertThat(window.page().locator(".undo span")).hasText(said);
    window.saved().undo().saved();
    eventually(() -> assertThat(server.titles(list)).containsExactly("Eggs"));
  }

  @Test
  void ofWhatIsPastedTogetherWhatWasNotTakenNeedNotBeTakenBack() {
    browser.expectComplaints();
    Window window = open();
    window.paste("Milk\n\u001f\nOlives").the(AriaRole.BUTTON, "Add 3 tasks").click();
    assertThat(window.page().getByText("Not saved:")).isVisible();
    window.shows("Milk", "Olives").the(AriaRole.BUTTON, "Discard").click();
    window.saved().press("z").lacks("Milk", "Olives").saved();
    assertThat(window.page().getByText("Not undone")).hasCount(0);
    eventually(() -> assertThat(server.titles(list)).isEmpty());
  }

  @Test
  void whatHasNotLeftIsTakenBackWithoutTheServer() {
    server.entry(list, "Milk");
    Window window = open();
    held.hold(window, "POST", ANY);
    window.add("Bread").at("Milk").press("Delete").lacks("Milk").undo().shows("Milk");
    held.letGo(window);
    window.saved().shows("Milk", "Bread");
    assertThat(kinds()).containsExactly("added", "added");
  }

  @Test
  void whatIsOnItsWayIsTakenBackWhenItHasArrived() {
    server.entry(list, "Milk");
    Window window = open();
    held.hold(window, "DELETE", ANY);
    window.at("Milk").press("Delete").lacks("Milk");
    held.first(window);
    window.undo().shows("Milk");
    held.letGo(window);
    window.saved().shows("Milk");
    eventually(() -> assertThat(kinds()).containsExactly("added", "deleted", "restored"));
  }

  @Test
  void aListGetsItsNameBack() {
    Window window = open();
    window.menuItem("Rename").click();
    window.type("Errands").press("Enter").titled("Errands");
    assertThat(window.link("Errands")).isVisible();
    eventually(() -> assertThat(server.get(list).text("name")).isEqualTo("Errands"));
    window.undo().titled("Groceries");
    eventually(() -> assertThat(server.get(list).text("name")).isEqualTo("Groceries"));
  }

  @Test
  void aListThatWasRestoredGoesBackIntoTheTrash() {
    String home = server.list("Home");
    server.delete(home);
    server.entry(list, "Milk");
    Window window = open().at("Milk").press("Delete").lacks("Milk");
    window.menuItem("Deleted lists").click();
    window.the(AriaRole.BUTTON, "Restore Home").click();
    window.titled("Home").saved();
    assertThat(window.page().locator(".undo span")).hasText("Restored the list “Home”");
    window.press("z").titled("Groceries").saved().lacks("Milk");
    eventually(() -> assertThat(server.get(home).status()).isEqualTo(404));
    window.press("z").shows("Milk");
  }

  @Test
  void aNameShowsBeforeTheServerHasIt() {
    Window window = open();
    held.hold(window, "PATCH", ANY);
    window.menuItem("Rename").click();
    window.type("Errands").press("Enter").titled("Errands");
    assertThat(window.link("Errands")).isVisible();
    held.letGo(window);
    eventually(() -> assertThat(server.get(list).text("name")).isEqualTo("Errands"));
    window.titled("Errands");
  }

  @Test
  void whatIsOfferedIsWhatIsTakenBack() {
    server.entry(list, "Milk");
    Window window = open().at("Milk").press("Delete").lacks("Milk");
    window.page().locator(".undo").hover();
    window.add("Bread").saved();
    assertThat(window.page().locator(".undo")).containsText("Deleted “Milk”");
    window.undo().shows("Milk", "Bread").saved();
    assertThat(kinds()).containsExactly("added", "deleted", "added", "restored");
  }

  /** Back in its list it has another number there. */
  @ParameterizedTest
  @CsvSource({"dated, false", "dated, true", "added, false", "added, true"})
  void whatWasDoneBeforeAMoveIsTakenBackAfterIt(String what, boolean atOnce) {
    server.entry(list, "Bread");
    String home = server.list("Home");
    Window window = open().shows("Bread");
    window.add("Lamp").saved();
    if (what.equals("dated")) {
      window.at("Lamp").press("d").type("tomorrow").press("Enter");
      window.showsUnder("Tomorrow", "Lamp").saved();
    }
    window.at("Lamp").move("hom", "Home").lacks("Lamp").saved();
    eventually(() -> assertThat(server.titles(home)).containsExactly("Lamp"));
    window.press("z").shows("Lamp");
    if (!atOnce) {
      window.saved();
      eventually(() -> assertThat(server.titles(list)).containsExactly("Bread", "Lamp"));
    }
    window.press("z");
    if (what.equals("dated")) {
      window.showsUnder("No date", "Lamp").saved();
      eventually(() ->
          assertThat(server.get(list + "/entries?undated=true").json().get("entries")).hasSize(2));
    } else {
      window.lacks("Lamp").saved();
      eventually(() -> assertThat(server.titles(list)).containsExactly("Bread"));
    }
    assertThat(server.titles(home)).isEmpty();
    assertThat(window.page().locator(".trouble")).hasCount(0);
  }

  @Test
  void anEntryDoesNotComeBackToAListThatWasDeletedMeanwhile() {
    server.entry(list, "Lamp");
    String home = server.list("Home");
    browser.expectComplaints();
    Window window = open().at("Lamp").move("hom", "Home").lacks("Lamp").saved();
    window.link("Home").click();
    window.titled("Home").shows("Lamp").saved();
    server.delete(list);
    assertThat(window.link("Groceries")).hasCount(0);
    window.press("z");
    Locator card = window.the(AriaRole.REGION, "Not undone");
    assertThat(card).containsText("Not undone: the list was deleted. Nothing was lost.");
    window.shows("Lamp").saved().the(AriaRole.BUTTON, "OK").click();
    assertThat(card).hasCount(0);
    assertThat(server.titles(home)).containsExactly("Lamp");
  }

  @Test
  void whatCannotBeTakenBackIsSaidAndNothingIsLost() {
    server.entry(list, "Milk");
    browser.expectComplaints();
    Window window = open().at("Milk").press("Enter").type("Oat milk").press("Enter").saved();
    assertThat(server.post(list + "/undo", "{\"revision\": 2}").status()).isEqualTo(200);
    window.shows("Milk");
    server.delete(list + "/entries/1");
    window.lacks("Milk").undo();
    Locator card = window.the(AriaRole.REGION, "Not undone");
    assertThat(card).containsText("Not undone: There is nothing to take back");
    assertThat(card).containsText("Nothing was lost.");
    Browser.shot(window.page(), "not-undone");
    window.saved().the(AriaRole.BUTTON, "OK").click();
    assertThat(card).hasCount(0);
  }

  @Test
  void whatIsRefusedAfterItWasTakenBackNeedsNoWord() {
    server.entry(list, "Milk");
    browser.expectComplaints();
    Window window = open();
    held.hold(window, "PATCH", ANY);
    window.at("Milk").press("Enter");
    window.page().keyboard().insertText("x".repeat(1_001));
    window.press("Enter");
    held.first(window);
    window.undo().shows("Milk");
    window.page().waitForResponse(answer -> answer.status() == 422, () -> held.letGo(window));
    window.add("Bread").saved().shows("Milk", "Bread");
    assertThat(window.page().locator(".trouble")).hasCount(0);
    assertThat(kinds()).containsExactly("added", "added");
  }

  @Test
  void aTitleIsNotCutWithinACharacter() {
    server.entry(list, "🎉".repeat(60));
    Window window = open();
    assertThat(window.rows()).hasCount(1);
    window.press("j", "Delete");
    assertThat(window.page().locator(".undo")).hasText("Deleted “" + "🎉".repeat(39) + "…”Undo");
  }
}
