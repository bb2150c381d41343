package dev.tend.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is half typed where one adds, and goes nowhere else. */
class PageDraftsTest {
  @RegisterExtension final TestServer server = new TestServer();
  @RegisterExtension final Browser browser = new Browser();

  private String groceries;
  private String home;

  @BeforeEach
  void makeLists() {
    groceries = server.list("Groceries");
    home = server.list("Home");
  }

  private Window open() {
    Page page = browser.open(server.url(groceries.replace("/api/v1", "")));
    return new Window(page).titled("Groceries");
  }

  private static void goTo(Window window, String place) {
    window.link(place).click();
    window.titled(place);
  }

  @Test
  void itStaysWithItsList() {
    Window window = open();
    window.addField().fill("Two loaves of");
    goTo(window, "Home");
    assertThat(window.addField()).hasValue("");
    window.addField().press("Enter");
    window.addField().fill("Lamp");
    goTo(window, "All");
    assertThat(window.addField()).hasValue("");
    window.addField().fill("Some day");
    goTo(window, "Groceries");
    assertThat(window.addField()).hasValue("Two loaves of");
    window.addField().focus();
    window.press("End").type(" bread").press("Enter").shows("Two loaves of bread");
    assertThat(window.addField()).hasValue("");
    goTo(window, "Home");
    assertThat(window.addField()).hasValue("Lamp");
    goTo(window, "Groceries");
    assertThat(window.addField()).hasValue("");
    window.saved();
    assertThat(server.titles(groceries)).containsExactly("Two loaves of bread");
    assertThat(server.titles(home)).isEmpty();
  }

  @Test
  void itStaysWithItsListWhereOneGoesBackAndForward() {
    Window window = open();
    window.addField().fill("Bread");
    goTo(window, "Home");
    window.addField().fill("Lamp");
    window.page().goBack();
    assertThat(window.titled("Groceries").addField()).hasValue("Bread");
    window.page().goForward();
    assertThat(window.titled("Home").addField()).hasValue("Lamp");
    window.addField().press("Enter");
    window.saved().page().goBack();
    assertThat(window.titled("Groceries").addField()).hasValue("Bread");
    window.addField().press("Enter");
    window.saved();
    assertThat(server.titles(groceries)).containsExactly("Bread");
    assertThat(server.titles(home)).containsExactly("Lamp");
  }

  @Test
  void itIsThereAgainWhereOneHasLookedAtTheStatus() {
    Window window = open();
    window.addField().fill("Bread");
    window.page().getByText("Status").click();
    assertThat(window.page()).hasTitle("Everything runs — Tend");
    window.page().goBack();
    assertThat(window.titled("Groceries").addField()).hasValue("Bread");
    goTo(window, "Home");
    window.page().reload();
    assertThat(window.titled("Home").addField()).hasValue("");
    goTo(window, "Groceries");
    assertThat(window.addField()).hasValue("Bread");
  }

  /** Else the answer would add them to the list that is shown by then. */
  @Test
  void theQuestionAboutWhatWasPastedStaysToo() {
    Window window = open();
    window.paste("Bread\nOlives");
    Locator add = window.the(AriaRole.BUTTON, "Add 2 tasks");
    assertThat(add).isFocused();
    goTo(window, "Home");
    assertThat(add).hasCount(0);
    goTo(window, "Groceries");
    add.click();
    window.shows("Bread", "Olives").saved();
    assertThat(server.titles(groceries)).containsExactly("Bread", "Olives");
  }

  @Test
  void whatIsWrongWithItIsNotSaidOfAnother() {
    Window window = open();
    window.addField().fill("x".repeat(1_001));
    window.addField().press("Enter");
    assertThat(window.page().locator(".problem")).isVisible();
    goTo(window, "Home");
    assertThat(window.page().locator(".problem")).hasCount(0);
    assertThat(window.addField()).hasAttribute("aria-invalid", "false");
  }

  @Test
  void theNameOfANewListStaysWhereOneLooksAwayForAMoment() {
    Window window = open();
    window.the(AriaRole.BUTTON, "New list").click();
    window.type("Gard");
    window.addField().click();
    Locator name = window.the(AriaRole.TEXTBOX, "Name of the new list");
    assertThat(name).hasValue("Gard");
    goTo(window, "Home");
    name.click();
    window.press("End").type("en").press("Enter").titled("Garden");
    assertThat(name).hasCount(0);
    window.the(AriaRole.BUTTON, "New list").click();
    assertThat(name).hasValue("");
    window.addField().click();
    assertThat(name).hasCount(0);
  }

  @Test
  void itGoesWithAListThatGetsItsNumber() {
    List<Route> held = new ArrayList<>();
    Window window = open();
    window.page().route("**/api/v1/events*", Route::abort);
    browser.expectComplaints();
    window.page().route("**/api/v1/lists", held::add);
    window.the(AriaRole.BUTTON, "New list").click();
    window.type("Garden").press("Enter").titled("Garden");
    assertThat(window.addField()).isFocused();
    window.type("Tul");
    goTo(window, "Home");
    assertThat(window.addField()).hasValue("");
    window.page().waitForCondition(() -> !held.isEmpty());
    held.getFirst().resume();
    assertThat(window.page().locator(".side a[href*=new-]")).hasCount(0);
    goTo(window, "Garden");
    assertThat(window.addField()).hasValue("Tul");
  }
}
