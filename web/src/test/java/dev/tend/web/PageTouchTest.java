package dev.tend.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.BoundingBox;
import dev.tend.web.Browser.Look;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A phone, and a thumb. */
class PageTouchTest {
  @RegisterExtension final TestServer server = new TestServer();
  @RegisterExtension final Browser browser = new Browser();

  private Window open(String... titles) {
    String list = server.list("Groceries");
    for (String title : titles) {
      server.entry(list, title);
    }
    String url = server.url(list.replace("/api/v1", ""));
    return new Window(browser.open(url, Look.PHONE)).shows(titles);
  }

  /** Drags a finger from the middle of a row, in steps. */
  private static void swipe(Window window, String title, int across, int down) {
    BoundingBox box = window.row(title).boundingBox();
    double x = box.x + box.width / 2;
    double y = box.y + box.height / 2;
    CDPSession session = window.page().context().newCDPSession(window.page());
    double begin = System.currentTimeMillis() / 1_000.0 - 3;
    touch(session, "touchStart", x, y, begin);
    for (int step = 1; step <= 8; step++) {
      touch(
          session, "touchMove", x + across * step / 8.0, y + down * step / 8.0, begin + step / 8.0);
    }
    // The finger comes to rest: a tap while something is flung would only stop that.
    touch(session, "touchMove", x + across, y + down, begin + 2);
    touch(session, "touchEnd", -1, -1, begin + 2.1);
    session.detach();
  }

  private static void touch(CDPSession session, String type, double x, double y, double at) {
    JsonArray points = new JsonArray();
    if (x >= 0) {
      JsonObject point = new JsonObject();
      point.addProperty("x", x);
      point.addProperty("y", y);
      points.add(point);
    }
    JsonObject event = new JsonObject();
    event.addProperty("type", type);
    event.addProperty("timestamp", at);
    event.add("touchPoints", points);
    session.send("Input.dispatchTouchEvent", event);
  }

  private static Locator action(Window window, String name) {
    return window.the(AriaRole.BUTTON, name);
  }

  @Test
  void aSwipeToTheLeftShowsWhatCanBeDoneAndBackHidesIt() {
    Window window = open("Milk", "Bread");
    assertThat(action(window, "Delete Milk")).isHidden();
    swipe(window, "Milk", -120, 0);
    assertThat(action(window, "Delete Milk")).isVisible();
    assertThat(action(window, "Delete Bread")).isHidden();
    Browser.shot(window.page(), "swiped");
    for (String name : new String[] {"Date of Milk", "Move Milk", "Delete Milk"}) {
      BoundingBox box = action(window, name).boundingBox();
      assertThat(Math.min(box.width, box.height)).as(name).isGreaterThanOrEqualTo(44);
    }
    swipe(window, "Milk", 120, 0);
    assertThat(action(window, "Delete Milk")).isHidden();
    assertThat(window.page().getByRole(AriaRole.COMPLEMENTARY)).hasCount(0);
  }

  @Test
  void eachOfThemIsDoneByATap() {
    server.list("Home");
    Window window = open("Milk", "Bread", "Lamp");
    swipe(window, "Milk", -120, 0);
    action(window, "Delete Milk").tap();
    window.lacks("Milk");
    swipe(window, "Bread", -120, 0);
    action(window, "Date of Bread").tap();
    window.type("tomorrow").press("Enter").showsUnder("Tomorrow", "Bread");
    swipe(window, "Lamp", -120, 0);
    action(window, "Move Lamp").tap();
    window.the(AriaRole.MENUITEM, "Home").tap();
    window.lacks("Lamp").shows("Bread");
    assertThat(window.page().locator(".swiped")).hasCount(0);
  }

  @Test
  void anotherTouchHidesIt() {
    Window window = open("Milk", "Bread");
    swipe(window, "Milk", -120, 0);
    assertThat(window.page().locator(".swiped")).hasCount(1);
    swipe(window, "Bread", -120, 0);
    assertThat(action(window, "Delete Milk")).isHidden();
    assertThat(action(window, "Delete Bread")).isVisible();
    window.addField().tap();
    assertThat(window.page().locator(".swiped")).hasCount(0);
  }

  @Test
  void scrollingAndASmallSlipAreNoSwipes() {
    String[] titles = new String[40];
    for (int i = 0; i < titles.length; i++) {
      titles[i] = "entry " + (i + 1);
    }
    String list = server.list("Groceries");
    for (String title : titles) {
      server.entry(list, title);
    }
    Window window =
        new Window(browser.open(server.url(list.replace("/api/v1", "")), Look.PHONE))
            .shows("entry 9");
    swipe(window, "entry 9", -20, 0);
    swipe(window, "entry 9", -60, -200);
    assertThat(window.page().locator(".swiped")).hasCount(0);
    window
        .page()
        .waitForCondition(() -> (Integer) window.page().evaluate("Math.round(scrollY)") > 50);
    assertThat(window.page().locator(".swiped")).hasCount(0);
  }

  @Test
  void thatASearchLeavesSomethingOutIsSeenWithoutItsField() {
    Window window = open("Milk", "Oat milk", "Bread");
    window.the(AriaRole.BUTTON, "All lists").tap();
    window.page().getByRole(AriaRole.SEARCHBOX).fill("milk");
    window.page().getByRole(AriaRole.SEARCHBOX).press("Enter");
    window.lacks("Bread");
    assertThat(window.page().getByText("2 here have “milk” in them.")).isVisible();
    Browser.shot(window.page(), "found");
    window.the(AriaRole.BUTTON, "Show all").tap();
    window.shows("Milk", "Oat milk", "Bread");
    assertThat(window.page().getByText("in them.")).hasCount(0);
  }

  /**
   * What a swipe shows is in reach without one: in the entry, where a screen reader finds it too.
   */
  @Test
  void allOfItIsAlsoInTheEntry() {
    server.list("Home");
    Window window = open("Milk");
    window.row("Milk").locator("button.title").tap();
    Locator entry = window.page().getByRole(AriaRole.COMPLEMENTARY);
    assertThat(entry.getByText("No date")).isVisible();
    assertThat(entry.getByText("Groceries")).isVisible();
    entry.getByText("Delete").tap();
    window.lacks("Milk");
  }
}
