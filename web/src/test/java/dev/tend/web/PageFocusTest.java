package dev.tend.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows come, go and change places; the keyboard stays among them. */
class PageFocusTest {
  /** As where a desk's window is magnified. */
  private static final Browser.Look NARROW = new Browser.Look(800, 900, ColorScheme.LIGHT);

  @RegisterExtension final TestServer server = new TestServer();
  @RegisterExtension final Browser browser = new Browser();

  private Window open(String list) {
    return new Window(browser.open(server.url(list.replace("/api/v1", ""))));
  }

  private String groceries(String... titles) {
    String list = server.list("Groceries");
    for (String title : titles) {
      server.entry(list, title);
    }
    return list;
  }

  private static Locator title(Window window, String title) {
    return window.row(title).locator("button.title");
  }

  @Test
  void afterATickItIsAtTheNext() {
    Window window = open(groceries("Milk", "Bread", "Olives")).at("Milk").press("Space");
    window.lacks("Milk");
    assertThat(title(window, "Bread")).isFocused();
    window.press("j");
    assertThat(title(window, "Olives")).isFocused();
    window.press("Space").lacks("Olives");
    assertThat(title(window, "Bread")).isFocused();
    window.press("Space").lacks("Bread").press("n");
    assertThat(window.addField()).isFocused();
  }

  @Test
  void afterWhatWasTakenBackByTheBarItIsAtTheRowsAgain() {
    Window window = open(groceries("Milk", "Bread")).at("Milk").press("Delete").lacks("Milk");
    window.the(AriaRole.BUTTON, "Undo").focus();
    window.press("Enter").shows("Milk");
    assertThat(title(window, "Bread")).isFocused();
  }

  @Test
  void afterATickItIsAtTheNextAlsoWhereWhatIsDoneIsSeen() {
    Window window = open(groceries("Milk", "Bread", "Olives"));
    window.at("Olives").press("Space").lacks("Olives");
    window.page().locator(".fold").click();
    window.at("Milk").press("Space").showsUnder("Done · 2", "Milk");
    assertThat(title(window, "Bread")).isFocused();
  }

  @Test
  void itGoesWithAnEntryToItsNewDay() {
    Window window = open(groceries("Milk", "Bread")).at("Milk").press("d");
    window.type("tomorrow").press("Enter").showsUnder("Tomorrow", "Milk");
    assertThat(title(window, "Milk")).isFocused();
    window.press("j");
    assertThat(title(window, "Bread")).isFocused();
  }

  /** Moved to another list, or to a day that is not shown. */
  @ParameterizedTest
  @CsvSource({"Milk, Bread", "Bread, Olives", "Olives, Bread"})
  void whereAnEntryIsTakenElsewhereItIsAtTheNext(String moved, String next) {
    server.list("Home");
    String list = groceries("Milk", "Bread", "Olives");
    for (int id = 1; id <= 3; id++) {
      server.patch(list + "/entries/" + id, "{\"date\": \"2020-01-0%d\"}".formatted(id));
    }
    Window window = open(list).at(moved).move("hom", "Home").lacks(moved);
    assertThat(title(window, next)).isFocused();
    window.press("z").shows(moved).link("Today").click();
    window.titled("Today").at(moved).press("d").type("tomorrow").press("Enter").lacks(moved);
    assertThat(title(window, next)).isFocused();
    window.press("Delete").lacks(next);
  }

  @Test
  void whatAnotherDeletesLeavesItAtTheNext() {
    String list = groceries("Milk", "Bread", "Olives");
    Window window = open(list).at("Bread");
    server.delete(list + "/entries/2");
    window.lacks("Bread");
    assertThat(title(window, "Olives")).isFocused();
    window.press("k");
    assertThat(title(window, "Milk")).isFocused();
  }

  @Test
  void aTickByPointerChoosesNoOtherRow() {
    Window window = open(groceries("Milk", "Bread"));
    window.row("Milk").locator(".check").click();
    window.page().mouse().move(5, 5);
    window.lacks("Milk");
    assertThat(window.row("Bread").locator(".check")).isFocused();
    assertThat(window.page().locator(".row.on")).hasCount(0);
  }

  @Test
  void scrollingAwayDoesNotPullBack() {
    String[] titles = new String[80];
    for (int i = 0; i < titles.length; i++) {
      titles[i] = "entry " + (i + 1);
    }
    Window window = open(groceries(titles)).at("entry 1");
    window.page().evaluate("scrollTo(0, document.body.scrollHeight)");
    window.shows("entry 80").lacks("entry 1");
    window.page().evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done)))");
    assertThat(window.row("entry 80")).isInViewport();
    window.press("j");
    assertThat(title(window, "entry 2")).isFocused();
  }

  @ParameterizedTest
  @CsvSource({"d, Date", "m, Move to which list", "Enter, Title"})
  void whatAKeyOpensIsSeenAlsoWhereItsRowWasScrolledAway(String key, String field) {
    String[] titles = new String[80];
    for (int i = 0; i < titles.length; i++) {
      titles[i] = "entry " + (i + 1);
    }
    Window window = open(groceries(titles)).at("entry 1");
    window.page().evaluate("scrollTo(0, document.body.scrollHeight)");
    window.shows("entry 80").lacks("entry 1").press(key);
    assertThat(window.the(AriaRole.TEXTBOX, field)).isFocused();
    assertThat(window.page().locator("[aria-posinset='1']")).isInViewport();
    assertThat(window.the(AriaRole.TEXTBOX, field)).isInViewport();
  }

  @Test
  void aKeyForAnEntryThatOnlyIsBesideOpensItThere() {
    String list = groceries("Milk");
    server.patch(list + "/entries/1", "{\"done\": true}");
    Window window = open(list + "#entry-1");
    assertThat(window.the(AriaRole.TEXTBOX, "Notes")).isVisible();
    window.lacks("Milk").press("d");
    assertThat(window.the(AriaRole.TEXTBOX, "Date")).isFocused();
    window.press("Escape", "Enter");
    assertThat(window.the(AriaRole.TEXTBOX, "Title")).isFocused();
  }

  @Test
  void itComesBackFromBesideToItsRow() {
    Window window = open(groceries("Milk", "Bread", "Olives"));
    title(window, "Bread").click();
    beside(window).getByLabel("Close").click();
    assertThat(title(window, "Bread")).isFocused();
    title(window, "Bread").click();
    beside(window).getByText("Delete").click();
    window.lacks("Bread");
    assertThat(title(window, "Olives")).isFocused();
  }

  @Test
  void itStaysBesideWhereADayIsChosenThere() {
    Window window = open(groceries("Milk", "Bread"));
    title(window, "Bread").click();
    beside(window).getByText("No date").click();
    window.type("tomorrow").press("Enter").showsUnder("Tomorrow", "Bread");
    assertThat(window.the(AriaRole.BUTTON, "Tomorrow")).isFocused();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Enter", "Escape"})
  void itIsWhereOneBeganToRenameAList(String key) {
    Window window = open(groceries("Milk")).shows("Milk");
    window.menuItem("Rename").click();
    window.type("Errands").press(key);
    assertThat(window.the(AriaRole.BUTTON, "List menu")).isFocused();
    assertThat(window.page().locator(".more:focus-visible")).hasCount(1);
    window.press("j");
    assertThat(title(window, "Milk")).isFocused();
  }

  @Test
  void itIsWhereOneAddsToAListThatOneMakes() {
    Window window = new Window(browser.open(server.url("/")));
    assertThat(window.the(AriaRole.TEXTBOX, "Name of your first list")).isFocused();
    window.type("Groceries").press("Enter").titled("Groceries");
    assertThat(window.addField()).isFocused();
    Locator make = window.the(AriaRole.BUTTON, "New list");
    make.press("Enter");
    assertThat(window.the(AriaRole.TEXTBOX, "Name of the new list")).isFocused();
    window.press("Escape");
    assertThat(make).isFocused();
    make.press("Enter");
    assertThat(window.the(AriaRole.TEXTBOX, "Name of the new list")).isFocused();
    window.type("Home").press("Enter").titled("Home");
    assertThat(window.addField()).isFocused();
  }

  @Test
  void itIsAtTheMenuAgainWhereAListWasRestored() {
    server.delete(server.list("Home"));
    Window window = open(groceries("Milk")).shows("Milk");
    window.menuItem("Deleted lists").press("Enter");
    window.the(AriaRole.BUTTON, "Restore Home").press("Enter");
    window.titled("Home");
    assertThat(window.the(AriaRole.BUTTON, "List menu")).isFocused();
  }

  private static Locator beside(Window window) {
    return window.page().getByRole(AriaRole.COMPLEMENTARY);
  }

  @Test
  void itGoesIntoTheListsWhereTheyAreASheetAndComesBack() {
    Page page = browser.open(server.url(groceries("Milk").replace("/api/v1", "")), NARROW);
    Window window = new Window(page).shows("Milk");
    Locator menu = window.the(AriaRole.BUTTON, "All lists");
    assertThat(menu).hasAttribute("aria-expanded", "false");
    menu.press("Enter");
    assertThat(menu).hasAttribute("aria-expanded", "true");
    assertThat(window.the(AriaRole.BUTTON, "Close")).isFocused();
    window.press("Escape");
    assertThat(page.getByRole(AriaRole.NAVIGATION)).isHidden();
    assertThat(menu).isFocused();
  }

  private Window openNarrow(String... titles) {
    String url = server.url(groceries(titles).replace("/api/v1", ""));
    return new Window(browser.open(url, NARROW)).shows(titles);
  }

  /** Whatever one does to close it; Enter presses what the keyboard is at. */
  @ParameterizedTest
  @ValueSource(strings = {"Escape", "Enter", "Back"})
  void itGoesIntoAnEntryThatIsOverItsListAndComesBack(String key) {
    Window window = openNarrow("Milk", "Bread");
    title(window, "Bread").click();
    assertThat(beside(window).getByLabel("Close")).isFocused();
    if (key.equals("Back")) {
      window.page().goBack();
    } else {
      window.press(key);
    }
    assertThat(beside(window)).hasCount(0);
    assertThat(title(window, "Bread")).isFocused();
  }

  @Test
  void whatAnEntryCoversIsOutOfReach() {
    Window window = openNarrow("Milk", "Bread");
    title(window, "Milk").click();
    assertThat(beside(window).getByLabel("Close")).isFocused();
    for (int i = 0; i < 20; i++) {
      window.press("Tab");
      assertThat(window.page().locator("main :focus")).hasCount(0);
    }
    window.press("j", "Delete").lacks("Milk").shows("Bread");
    assertThat(beside(window)).containsText("This task is not there any more.");
    assertThat(window.the(AriaRole.BUTTON, "Undo")).isVisible();
    window.undo();
    assertThat(window.the(AriaRole.TEXTBOX, "Title")).hasValue("Milk");
    beside(window).getByLabel("Close").click();
    window.shows("Milk", "Bread");
  }

  @Test
  void whatTheListsCoverIsOutOfReach() {
    Window window = openNarrow("Milk", "Bread");
    window.the(AriaRole.BUTTON, "All lists").click();
    assertThat(window.the(AriaRole.BUTTON, "Close")).isFocused();
    for (int i = 0; i < 12; i++) {
      window.press("Tab");
      assertThat(window.page().locator("main :focus")).hasCount(0);
    }
  }

  @Test
  void anOpenEntryThatTheListsCoverIsOutOfReachOfItsKeys() {
    Window window = openNarrow("Milk", "Bread").at("Milk").press("o");
    window.page().locator(".detail .close").focus();
    window.press("/");
    assertThat(window.page().getByRole(AriaRole.SEARCHBOX)).isFocused();
    window.page().locator(".side .close").focus();
    window.press("Delete", "Escape", "Escape").shows("Milk", "Bread");
    assertThat(window.page().locator(".undo")).hasCount(0);
  }

  @Test
  void aKeySearchesAlsoWhereTheListsAreASheet() {
    Page page = browser.open(server.url(groceries("Milk", "Bread").replace("/api/v1", "")), NARROW);
    Window window = new Window(page).shows("Milk", "Bread").press("/");
    assertThat(page.getByRole(AriaRole.SEARCHBOX)).isFocused();
    window.type("bread").lacks("Milk").press("Enter");
    assertThat(page.getByRole(AriaRole.NAVIGATION)).isHidden();
    window.shows("Bread").lacks("Milk").press("j");
    assertThat(title(window, "Bread")).isFocused();
  }
}
