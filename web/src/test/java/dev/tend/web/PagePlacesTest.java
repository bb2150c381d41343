package dev.tend.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.tend.otp.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.microsoft.playwright.Clock;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.KeyboardModifier;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Where one is, how one gets elsewhere, and in which order things are there. */
class PagePlacesTest {
  @RegisterExtension final TestServer server = new TestServer();
  @RegisterExtension final Browser browser = new Browser();

  private Window open(String path) {
    return new Window(browser.open(server.url(path.replace("/api/v1", ""))));
  }

  private void dated(String list, String title, LocalDate date) {
    server.post(list + "/entries", "{\"title\": \"%s\", \"date\": \"%s\"}".formatted(title, date));
  }

  private static Locator beside(Window window) {
    return window.page().getByRole(AriaRole.COMPLEMENTARY);
  }

  @Test
  void oneComesBackToTheListOneWasAtLast() {
    server.list("Groceries");
    String home = server.list("Home");
    Window window = open(home).titled("Home");
    assertThat(window.page()).hasTitle("Home — Tend");
    window.link("All").click();
    window.titled("All");
    assertThat(window.page()).hasTitle("All — Tend");
    window.page().navigate(server.url("/"));
    window.titled("Home");
    assertThat(window.page()).hasURL(server.url(home.replace("/api/v1", "")));
  }

  @Test
  void anEntryHasAnAddressAndIsLeftByIt() {
    String list = server.list("Groceries");
    server.entry(list, "Milk");
    server.entry(list, "Bread");
    Window window = open(list + "/entries/1");
    assertThat(window.the(AriaRole.TEXTBOX, "Title")).hasValue("Milk");
    beside(window).getByLabel("Close").click();
    assertThat(beside(window)).hasCount(0);
    assertThat(window.page()).hasURL(server.url(list.replace("/api/v1", "")));
    window.row("Milk").locator("button.title").click();
    window.row("Bread").locator("button.title").click();
    assertThat(window.the(AriaRole.TEXTBOX, "Title")).hasValue("Bread");
    window.page().goBack();
    assertThat(beside(window)).hasCount(0);
  }

  /** Also for whoever has deleted the only one. */
  @Test
  void whereThereIsNoListDeletedOnesAreOffered() {
    String list = server.list("Groceries");
    server.entry(list, "Milk");
    Window window = open(list).shows("Milk");
    window.menuItem("Delete list").click();
    window.the(AriaRole.BUTTON, "Deleted lists").click();
    window.the(AriaRole.BUTTON, "Restore Groceries").click();
    window.titled("Groceries").shows("Milk");
  }

  @Test
  void backClosesWhatIsOverThePage() {
    String list = server.list("Groceries");
    server.list("Home");
    Window window = open(list).titled("Groceries");
    window.link("Home").click();
    window.titled("Home").press("?");
    assertThat(window.page().getByRole(AriaRole.DIALOG)).isVisible();
    window.page().goBack();
    window.titled("Groceries");
    assertThat(window.page().getByRole(AriaRole.DIALOG)).hasCount(0);
  }

  @Test
  void anEntryThatIsNotThereIsSaidSo() {
    String list = server.list("Groceries");
    String milk = server.entry(list, "Milk");
    Window window = open(list + "#entry-1");
    assertThat(window.the(AriaRole.TEXTBOX, "Title")).hasValue("Milk");
    server.delete(milk);
    assertThat(beside(window)).containsText("This task is not there any more.");
    beside(window).getByLabel("Close").click();
    assertThat(beside(window)).hasCount(0);
  }

  @Test
  void whatWasSoughtIsForgottenInAnotherList() {
    String list = server.list("Groceries");
    server.entry(list, "Milk");
    server.entry(server.list("Home"), "Lamp");
    Window window = open(list).shows("Milk").press("/").type("milk");
    window.link("Home").click();
    window.titled("Home").shows("Lamp");
    assertThat(window.page().getByRole(AriaRole.SEARCHBOX)).hasValue("");
  }

  @Test
  void aLinkIsALinkAlsoForWhoWantsANewWindow() {
    String list = server.list("Groceries");
    server.list("Home");
    Window window = open(list).titled("Groceries");
    Page other =
        window
            .page()
            .context()
            .waitForPage(() ->
                window
                    .link("Home")
                    .click(
                        new Locator.ClickOptions()
                            .setModifiers(List.of(KeyboardModifier.CONTROL))));
    new Window(other).titled("Home");
    window.titled("Groceries").page().getByText("Status").click();
    window.titled("Everything runs");
  }

  @Test
  void listsAreInTheOrderOfTheirNamesWithTheNumberOfWhatIsToDo() {
    for (String name : List.of("List 10", "list 2", "Apples")) {
      server.list(name);
    }
    String list = server.list("List 3");
    server.entry(list, "Milk");
    server.patch(server.entry(list, "Bread"), "{\"done\": true}");
    dated(list, "Late", LocalDate.now(ZoneId.systemDefault()).minusDays(1));
    Window window = open(list);
    assertThat(window.page().locator(".lists .name"))
        .hasText(new String[] {"Apples", "list 2", "List 3", "List 10"});
    assertThat(window.link("List 3").locator(".n")).hasText("2");
    assertThat(window.page().locator(".head .n")).hasText("2");
    assertThat(window.link("Today").locator(".n.late")).hasText("1");
    assertThat(window.row("Late").locator("time.late")).isVisible();
  }

  @Test
  void listsComeAPageAtATime() {
    for (int i = 1; i <= 5; i++) {
      server.list("List " + i);
    }
    Page page = browser.open(server.url("/api"));
    page.route("**/api/v1/lists?limit=1000*", PagePlacesTest::twoAtATime);
    page.navigate(server.url("/"));
    assertThat(page.locator(".lists .name")).hasCount(5);
  }

  private static void twoAtATime(Route route) {
    String url = route.request().url().replaceAll("limit=[0-9]+", "limit=2");
    route.resume(new Route.ResumeOptions().setUrl(url));
  }

  @Test
  void deletedListsComeAPageAtATime() {
    for (int i = 1; i <= 5; i++) {
      server.delete(server.list("List " + i));
    }
    Window window = open(server.list("Groceries")).titled("Groceries");
    window.page().route("**/lists?deleted=true&limit=1000*", PagePlacesTest::twoAtATime);
    window.menuItem("Deleted lists").click();
    assertThat(window.page().locator(".deleted .name"))
        .hasText(new String[] {"List 1", "List 2", "List 3", "List 4", "List 5"});
  }

  @Test
  void theHistoryOfAnEntryComesAPageAtATime() {
    String milk = server.entry(server.list("Groceries"), "Milk");
    for (int i = 1; i <= 4; i++) {
      server.patch(milk, "{\"title\": \"Milk %d\"}".formatted(i));
    }
    Page page = browser.open(server.url("/api"));
    page.route("**/history?limit=*", PagePlacesTest::twoAtATime);
    page.navigate(server.url(milk.replace("/api/v1", "")));
    assertThat(page.locator(".history li")).hasCount(5);
    assertThat(page.locator(".history")).containsText("title was “Milk”");
  }

  @Test
  void whatIsForTodayIsAddedToTheListOneChooses() {
    server.list("Groceries");
    String home = server.list("Home");
    Window window = open("/today");
    assertThat(window.page().getByText("Nothing for these days.")).isVisible();
    window.page().getByLabel("in which list").selectOption("Home");
    window.add("Lamp").showsUnder("Today", "Lamp");
    assertThat(window.row("Lamp")).containsText("Home");
    eventually(() -> {
      JsonNode entries = server.get(home + "/entries").json().get("entries");
      assertThat(entries).hasSize(1);
      assertThat(entries.get(0).get("date").stringValue())
          .isEqualTo(LocalDate.now(ZoneId.systemDefault()).toString());
    });
  }

  @Test
  void whatIsTypedWhereThereIsNoListStaysWhereOneTypes() {
    Window window = open("/all");
    assertThat(window.page().getByText("Nothing here.")).isVisible();
    window.add("Milk");
    assertThat(window.page().getByRole(AriaRole.ALERT).getByText("There is no list yet"))
        .isVisible();
    assertThat(window.addField()).hasValue("Milk");
    server.list("Groceries");
    assertThat(window.link("Groceries")).isVisible();
    window.addField().press("Enter");
    window.shows("Milk");
  }

  /** They are on AltGr, which Windows calls Control and Alt, or on Option. */
  @ParameterizedTest
  @ValueSource(strings = {"Control+Alt+", "Alt+", ""})
  void bracketsWalkTheListsWhereverAKeyboardHasThem(String modifiers) {
    server.list("Attic");
    Window window = open(server.list("Zebras")).titled("Zebras");
    window.press(modifiers + "[").titled("Attic");
    window.press(modifiers + "]").titled("Zebras");
    window.press("Control+[", "Alt+n").titled("Zebras");
    assertThat(window.addField()).not().isFocused();
  }

  @Test
  void theListWhereOneIsIsSeenAmongMany() {
    for (int i = 1; i <= 60; i++) {
      server.list("List " + i);
    }
    Window window = open(server.list("Zebras")).titled("Zebras");
    assertThat(window.link("Zebras")).isInViewport();
    window.press("]").titled("All");
    assertThat(window.link("All")).isInViewport();
    window.press("[").titled("Zebras");
    assertThat(window.link("Zebras")).isInViewport();
  }

  @Test
  void whatIsLaterIsInTheOrderOfItsDays() {
    String list = server.list("Groceries");
    LocalDate today = LocalDate.now(ZoneId.systemDefault());
    dated(list, "last", today.plusDays(40));
    dated(list, "first", today.plusDays(10));
    dated(list, "second", today.plusDays(20));
    dated(list, "also second", today.plusDays(20));
    assertThat(open(list).rows().locator("button.title"))
        .hasText(new String[] {"first", "second", "also second", "last"});
  }

  @Test
  void whatIsDoneIsFoundAndStaysOpenOnceItWasOpened() {
    String list = server.list("Groceries");
    server.patch(server.entry(list, "Milk"), "{\"done\": true}");
    Window window = open(list);
    assertThat(window.the(AriaRole.BUTTON, "Done · 1")).isVisible();
    window.lacks("Milk").press("/").type("milk").showsUnder("Done · 1", "Milk");
    window.press("Escape").lacks("Milk");
    window.the(AriaRole.BUTTON, "Done · 1").click();
    window.shows("Milk").page().reload();
    window.showsUnder("Done · 1", "Milk");
  }

  @Test
  void whatIsTypedUnderUpcomingIsSeenThere() {
    String list = server.list("Groceries");
    Window window = open("/upcoming").titled("Upcoming").add("Milk");
    window.showsUnder("Tomorrow", "Milk");
    assertThat(window.page().locator(".row.pending")).hasCount(0);
    assertThat(server.get(list + "/entries").json().get("entries").get(0).get("date").stringValue())
        .isEqualTo(LocalDate.now(ZoneId.systemDefault()).plusDays(1).toString());
  }

  @Test
  void aListIsSeenFromItsBeginning() {
    String list = server.list("Groceries");
    String home = server.list("Home");
    for (int i = 1; i <= 60; i++) {
      server.entry(list, "milk " + i);
      server.entry(home, "lamp " + i);
    }
    Window window = open(list).shows("milk 1");
    window.page().evaluate("scrollTo(0, document.body.scrollHeight)");
    window.shows("milk 60").link("Home").click();
    window.titled("Home").shows("lamp 1");
    assertThat(window.page().evaluate("scrollY")).isEqualTo(0);
  }

  @Test
  void atMidnightWhatWasForTodayIsLate() {
    LocalDate today = LocalDate.now(ZoneId.systemDefault());
    String list = server.list("Groceries");
    dated(list, "Milk", today);
    Page page = browser.open(server.url("/api"));
    page.clock().install(new Clock.InstallOptions().setTime(time(today, 12)));
    page.navigate(server.url(list.replace("/api/v1", "")));
    Window window = new Window(page).showsUnder("Today", "Milk").saved();
    page.clock().setSystemTime(time(today.plusDays(1), 0));
    page.clock().fastForward(11_000);
    window.showsUnder("Overdue", "Milk");
  }

  private static long time(LocalDate day, int hour) {
    return day.atTime(hour, 0).atZone(ZoneId.systemDefault()).toInstant().toEpochMilli();
  }

  @Test
  void aListWasDeletedOnTheDayThatItWasHere() {
    String list = server.list("Groceries");
    Window window = open("/api");
    JsonObject zone = new JsonObject();
    zone.addProperty("timezoneId", "Pacific/Kiritimati");
    window
        .page()
        .context()
        .newCDPSession(window.page())
        .send("Emulation.setTimezoneOverride", zone);
    window
        .page()
        .route(
            "**/lists?deleted=true*",
            route ->
                route.fulfill(
                    new Route.FulfillOptions()
                        .setContentType("application/json")
                        .setBody(
                            "{\"lists\": [{\"id\": \"x\", \"name\": \"Home\","
                                + " \"deleted\": \"2020-05-01T20:00:00Z\"}]}")));
    window.page().navigate(server.url(list.replace("/api/v1", "")));
    window.menuItem("Deleted lists").click();
    assertThat(window.page().locator(".deleted li")).containsText("Sat 2 May 2020");
  }
}
