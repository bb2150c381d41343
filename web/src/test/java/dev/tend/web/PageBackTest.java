package dev.tend.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
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
}
