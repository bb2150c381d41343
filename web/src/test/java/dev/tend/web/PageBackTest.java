package dev.tend.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The ways back and forward that a browser has, through what the page has shown. */
class PageBackTest {
  @RegisterExtension final TestServer server = new TestServer();
  @RegisterExtension final Browser browser = new Browser();

  private String groceries;

  @BeforeEach
  void makeLists() {
    groceries = server.list("Groceries");
    server.entry(groceries, "Milk");
    server.entry(groceries, "Bread");
    server.entry(server.list("Home"), "Lamp");
  }

  private Window open() {
    Page page = browser.open(server.url(groceries.replace("/api/v1", "")));
    return new Window(page).shows("Milk", "Bread");
  }

  private static Locator title(Window window, String title) {
    return window.row(title).locator("button.title");
  }

  private static Locator beside(Window window) {
    return window.page().getByRole(AriaRole.COMPLEMENTARY);
  }

  private static void closeEntry(Window window) {
    beside(window).getByLabel("Close").click();
    assertThat(beside(window)).hasCount(0);
  }

  @Test
  void aLinkToWhereOneIsIsNoStepOfThem() {
    Window window = open();
    for (int i = 0; i < 3; i++) {
      window.link("Home").click();
      window.titled("Home");
    }
    window.page().goBack();
    window.titled("Groceries").shows("Milk");
  }

  @Test
  void anEntryThatWasClosedIsNoStepOfThem() {
    Window window = open();
    window.link("Home").click();
    window.titled("Home");
    for (int i = 0; i < 3; i++) {
      title(window, "Lamp").click();
      closeEntry(window);
    }
    window.link("All").click();
    window.titled("All");
    window.page().goBack();
    window.titled("Home");
    window.page().goBack();
    window.titled("Groceries");
    window.page().goForward();
    window.titled("Home");
    window.page().goForward();
    window.titled("All");
    assertThat(beside(window)).hasCount(0);
  }

  @Test
  void whatIsOpenedWhereAnotherWasClosedIsAStepOfThem() {
    Window window = open();
    title(window, "Milk").click();
    closeEntry(window);
    title(window, "Bread").click();
    assertThat(window.the(AriaRole.TEXTBOX, "Title")).hasValue("Bread");
    window.page().goBack();
    assertThat(beside(window)).hasCount(0);
    window.titled("Groceries").page().goForward();
    assertThat(window.the(AriaRole.TEXTBOX, "Title")).hasValue("Bread");
    window.page().reload();
    closeEntry(window);
    window.link("Home").click();
    window.titled("Home").page().goBack();
    window.titled("Groceries");
  }

  @Test
  void theyCloseAnEntryAlsoWhereOneHadNoNumberBefore() {
    Window window = open();
    browser.expectComplaints();
    window.page().route("**/api/v1/lists/*/entries", route -> {});
    window.add("Olives");
    title(window, "Olives").click();
    title(window, "Milk").click();
    assertThat(window.the(AriaRole.TEXTBOX, "Title")).hasValue("Milk");
    window.page().goBack();
    assertThat(beside(window)).hasCount(0);
    window.titled("Groceries");
  }

  @Test
  void theyLeadToAListThatGotItsNumberMeanwhile() {
    List<Route> held = new ArrayList<>();
    Window window = open();
    browser.expectComplaints();
    window.page().route("**/api/v1/events*", Route::abort);
    window.page().route("**/api/v1/lists", held::add);
    window.the(AriaRole.BUTTON, "New list").click();
    window.type("Garden").press("Enter").titled("Garden");
    window.link("Home").click();
    window.titled("Home");
    window.page().waitForCondition(() -> !held.isEmpty());
    held.getFirst().resume();
    assertThat(window.page().locator(".side a[href*=new-]")).hasCount(0);
    window.page().goBack();
    window.titled("Garden").add("Tulips").saved();
    window.page().unrouteAll();
    window.page().reload();
    window.titled("Garden").shows("Tulips");
  }

  @Test
  void theKeyboardThatWasInAListIsAtTheNameOfTheOther() {
    Window window = open().at("Bread").press("]").titled("Home");
    Locator name = window.page().locator("h1");
    assertThat(name).isFocused();
    window.press("j");
    assertThat(title(window, "Lamp")).isFocused();
    window.page().goBack();
    window.titled("Groceries");
    assertThat(name).isFocused();
    window.press("Tab");
    assertThat(window.the(AriaRole.BUTTON, "List menu")).isFocused();
    window.page().goForward();
    window.titled("Home").press("n");
    window.page().goBack();
    window.titled("Groceries");
    assertThat(window.addField()).isFocused();
  }

  @Test
  void theKeyboardIsAtTheRowWhereBackClosesKeysThatWereOverItsEntry() {
    Browser.Look narrow = new Browser.Look(800, 900, ColorScheme.LIGHT);
    Page page = browser.open(server.url(groceries.replace("/api/v1", "")), narrow);
    Window window = new Window(page).shows("Milk");
    title(window, "Milk").click();
    assertThat(page.getByRole(AriaRole.COMPLEMENTARY).getByLabel("Close")).isFocused();
    window.press("?");
    assertThat(page.getByRole(AriaRole.DIALOG)).isVisible();
    page.goBack();
    assertThat(page.getByRole(AriaRole.DIALOG)).hasCount(0);
    assertThat(title(window, "Milk")).isFocused();
  }
}
