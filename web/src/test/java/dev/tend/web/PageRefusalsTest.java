package dev.tend.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.tend.otp.testkit.Eventually.eventually;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What the server does not take is said where one looks, and nothing that was typed is lost. */
class PageRefusalsTest {
  private static final String NAME_TAKEN = "Not saved: there is a list of this name already.";

  @RegisterExtension final TestServer server = new TestServer();
  @RegisterExtension final Browser browser = new Browser();

  private String list;

  @BeforeEach
  void makeAList() {
    list = server.list("Groceries");
    browser.expectComplaints();
  }

  private Window open() {
    return new Window(browser.open(server.url(list.replace("/api/v1", "")))).titled("Groceries");
  }

  /** A window that hears of nothing that happens elsewhere. */
  private Window openDeaf() {
    Page page = browser.open(server.url("/api"));
    page.route("**/api/v1/events*", Route::abort);
    page.navigate(server.url(list.replace("/api/v1", "")));
    return new Window(page).titled("Groceries");
  }

  private static Locator cards(Window window) {
    return window.page().locator(".trouble");
  }

  private static Window sayOtherwise(Window window, String before, String now) {
    Locator field = window.the(AriaRole.TEXTBOX, "Say it otherwise");
    assertThat(field).hasValue(before);
    field.fill(now);
    window.the(AriaRole.BUTTON, "Save").click();
    return window;
  }

  @Test
  void aNewListWhoseNameIsTakenGetsAnotherAndWhatWasTypedIntoIt() {
    server.list("Home");
    Window window = open();
    window.the(AriaRole.BUTTON, "New list").click();
    window.type("Home").press("Enter");
    assertThat(cards(window)).containsText(NAME_TAKEN);
    window.add("Lamp");
    Browser.shot(window.page(), "name-taken");
    sayOtherwise(window, "Home", "House").titled("House").saved().shows("Lamp");
    assertThat(cards(window)).hasCount(0);
    assertThat(window.link("House")).hasAttribute("aria-current", "page");
    String house = window.page().url().replaceAll(".*/", "");
    assertThat(server.titles("/api/v1/lists/" + house)).containsExactly("Lamp");
  }

  @Test
  void aNewListWhoseNameIsTakenCanBeGivenUp() {
    server.list("Home");
    Window window = open();
    window.the(AriaRole.BUTTON, "New list").click();
    window.type("Home").press("Enter");
    window.the(AriaRole.BUTTON, "Discard").click();
    window.titled("Groceries").add("Milk").saved();
    assertThat(window.link("Home")).hasCount(1);
    assertThat(cards(window)).hasCount(0);
  }

  @Test
  void aListIsNotRenamedToANameThatIsTaken() {
    server.list("Home");
    Window window = open();
    window.menuItem("Rename").click();
    window.type("Home").press("Enter");
    assertThat(cards(window)).containsText(NAME_TAKEN);
    sayOtherwise(window.titled("Groceries"), "Home", "House").titled("House");
    eventually(() -> assertThat(server.get(list).text("name")).isEqualTo("House"));
    assertThat(cards(window)).hasCount(0);
  }

  @Test
  void whereSomethingWasNotTakenIsSaidInOtherListsToo() {
    server.list("Home");
    Window window = open();
    window.menuItem("Rename").click();
    window.type("Home").press("Enter");
    assertThat(cards(window)).containsText(NAME_TAKEN);
    window.link("Home").click();
    window.titled("Home");
    assertThat(cards(window)).hasCount(0);
    assertThat(window.page().locator(".troubles")).hasText("Something in Groceries was not saved.");
    Browser.shot(window.page(), "not-saved-elsewhere");
    window.page().locator(".troubles").getByText("Groceries").click();
    assertThat(cards(window.titled("Groceries"))).containsText(NAME_TAKEN);
    window.the(AriaRole.BUTTON, "Discard").click();
    window.link("Home").click();
    assertThat(window.titled("Home").page().locator(".troubles")).hasText("");
  }

  @Test
  void aWindowInWhichSomethingWasNotTakenIsNotClosedWithoutAWord() {
    server.list("Home");
    Window window = open();
    window.menuItem("Rename").click();
    window.type("Home").press("Enter");
    assertThat(cards(window)).containsText("Not saved: ");
    List<String> asked = new ArrayList<>();
    window.page().onDialog(dialog -> asked.add(dialog.type()));

    window.page().close(new Page.CloseOptions().setRunBeforeUnload(true));

    window.page().context().waitForCondition(window.page()::isClosed);
    assertThat(asked).containsExactly("beforeunload");
  }

  @Test
  void aListDoesNotComeBackToANameThatIsTaken() {
    server.delete(list);
    list = server.list("Groceries");
    Window window = open();
    window.menuItem("Deleted lists").click();
    window.the(AriaRole.BUTTON, "Restore Groceries").click();
    assertThat(cards(window)).containsText(NAME_TAKEN);
    Browser.shot(window.page(), "not-restored");
    window.the(AriaRole.BUTTON, "Discard").click();
    window.titled("There is no such list, or it is not yours.");
    window.link("Groceries").click();
    window.titled("Groceries").add("Milk").saved();
    assertThat(window.page()).hasURL(server.url(list.replace("/api/v1", "")));
  }

  /** Where long texts are typed; what they are too long for, and what is found there afterwards. */
  enum Place {
    ROW(1_000) {
      @Override
      void type(Window window, String text) {
        window.row("Milk").locator("button.title").dblclick();
        window.page().locator(".row input").fill(text);
        window.press("Enter");
      }
    },
    DETAIL(1_000) {
      @Override
      void type(Window window, String text) {
        window.row("Milk").locator("button.title").click();
        window.the(AriaRole.TEXTBOX, "Title").fill(text);
        window.press("Enter", "Escape");
      }
    },
    NOTES(20_000) {
      @Override
      void type(Window window, String text) {
        window.row("Milk").locator("button.title").click();
        window.the(AriaRole.TEXTBOX, "Notes").fill(text);
        window.the(AriaRole.TEXTBOX, "Title").focus();
        window.press("Escape");
      }
    },
    NAME(255) {
      @Override
      void type(Window window, String text) {
        window.menuItem("Rename").click();
        window.the(AriaRole.TEXTBOX, "Name of the list").fill(text);
        window.press("Enter");
      }
    },
    NEW_LIST(255) {
      @Override
      void type(Window window, String text) {
        window.the(AriaRole.BUTTON, "New list").click();
        window.the(AriaRole.TEXTBOX, "Name of the new list").fill(text);
        window.press("Enter");
      }
    };

    final int limit;

    Place(int limit) {
      this.limit = limit;
    }

    abstract void type(Window window, String text);
  }

  @ParameterizedTest
  @EnumSource
  void whatIsTooLongIsNotCutButRefusedAndCanBeMadeShorter(Place place) {
    server.entry(list, "Milk");
    Window window = open().shows("Milk");
    String most = "🚀".repeat(place.limit);
    place.type(window, most + "x");
    assertThat(cards(window)).containsText("may have at most");
    assertThat(window.page().locator(".foot")).containsText("1 not saved");
    Browser.shot(window.page(), "too-long-" + place);
    sayOtherwise(window, most + "x", most).saved();
    assertThat(cards(window)).hasCount(0);
    eventually(() -> assertThat(everything()).contains('"' + most + '"'));
  }

  private String everything() {
    return server.get("/api/v1/lists").response().body()
        + server.get(list + "/entries").response().body();
  }

  @ParameterizedTest
  @CsvSource({"Keep mine, Mine", "Take theirs, Theirs"})
  void ofTwoVersionsTheChosenOneStays(String choice, String title) {
    String milk = server.entry(list, "Milk");
    Window window = open().at("Milk").press("Enter").type("Mine");
    server.patch(milk, "{\"title\": \"Theirs\"}");
    window.press("Enter");
    assertThat(cards(window)).containsText("was changed elsewhere while you were editing");
    window.the(AriaRole.BUTTON, choice).click();
    window.shows(title).saved();
    assertThat(cards(window)).hasCount(0);
    assertThat(server.titles(list)).containsExactly(title);
  }

  /** The server said that it has changed, and cannot say to what. */
  @Test
  void whatCannotBeComparedYetIsComparedLater() {
    String milk = server.entry(list, "Milk");
    Window window = open().at("Milk").press("Enter").type("Mine");
    server.patch(milk, "{\"title\": \"Theirs\"}");
    window.page().route("**" + milk, PageRefusalsTest::busyForReaders);
    window.page().waitForResponse(answer -> answer.status() == 503, () -> window.press("Enter"));
    window.page().unroute("**" + milk);
    window.the(AriaRole.BUTTON, "Keep mine").click();
    window.shows("Mine").saved();
    assertThat(server.titles(list)).containsExactly("Mine");
  }

  private static void busyForReaders(Route route) {
    if (route.request().method().equals("GET")) {
      route.fulfill(new Route.FulfillOptions().setStatus(503).setBody("{}"));
    } else {
      route.resume();
    }
  }

  @Test
  void whatCouldNotBeComparedIsComparedAfterAReload() {
    String milk = server.entry(list, "Milk");
    Window window = open().at("Milk").press("Enter").type("Mine");
    server.patch(milk, "{\"title\": \"Theirs\"}");
    window.page().route("**" + milk, PageRefusalsTest::busyForReaders);
    window.page().waitForResponse(answer -> answer.status() == 503, () -> window.press("Enter"));
    window.page().unroute("**" + milk);
    window.page().reload();
    window.the(AriaRole.BUTTON, "Keep mine").click();
    window.shows("Mine").saved();
  }

  @Test
  void whatIsDeletedBeforeItIsComparedCanBecomeANewEntry() {
    String milk = server.entry(list, "Milk");
    Window window = open().at("Milk").press("Enter").type("Mine");
    server.patch(milk, "{\"title\": \"Theirs\"}");
    window
        .page()
        .route(
            "**" + milk,
            route -> {
              if (route.request().method().equals("GET")) {
                server.delete(milk);
              }
              route.resume();
            });
    window.press("Enter");
    sayOtherwise(window, "Mine", "Mine after all").shows("Mine after all").saved();
    assertThat(server.titles(list)).containsExactly("Mine after all");
  }

  @Test
  void whatIsRefusedCanBeGivenUp() {
    String milk = server.entry(list, "Milk");
    Window window = openDeaf().at("Milk");
    server.delete(milk);
    window.press("Enter").type("Oat milk").press("Enter");
    assertThat(cards(window)).containsText("Not saved: this was deleted elsewhere.");
    window.the(AriaRole.BUTTON, "Discard").click();
    assertThat(cards(window)).hasCount(0);
    assertThat(server.titles(list)).isEmpty();
  }

  @Test
  void notesTypedIntoWhatWasDeletedBecomeAnEntryOfItsTitle() {
    String milk = server.entry(list, "Milk");
    Window window = openDeaf();
    window.row("Milk").locator("button.title").click();
    window.the(AriaRole.TEXTBOX, "Notes").fill("two litres");
    server.delete(milk);
    window.the(AriaRole.BUTTON, "Close").click();
    sayOtherwise(window, "two litres", "three litres").shows("Milk").saved();
    assertThat(cards(window)).hasCount(0);
    assertThat(everything()).contains("\"title\":\"Milk\"").contains("three litres");
  }

  @Test
  void whatIsTypedIntoOneCardStaysWhenAnotherGoes() {
    Window window = open();
    window
        .page()
        .route(
            "**" + list + "/entries",
            route -> {
              if (route.request().method().equals("POST")) {
                route.fulfill(new Route.FulfillOptions().setStatus(422).setBody("{}"));
              } else {
                route.resume();
              }
            });
    window.add("one");
    assertThat(cards(window)).hasCount(1);
    window.add("two");
    assertThat(cards(window)).hasCount(2);
    cards(window).nth(1).locator("input").fill("two, but otherwise");
    cards(window).nth(0).getByText("Discard").click();
    assertThat(cards(window)).hasCount(1);
    assertThat(cards(window).locator("input")).hasValue("two, but otherwise");
  }

  @ParameterizedTest
  @CsvSource({"Keep mine", "Take theirs"})
  void theKeyboardIsNotLostWithACard(String choice) {
    String milk = server.entry(list, "Milk");
    Window window = open().at("Milk").press("Enter").type("Mine");
    server.patch(milk, "{\"title\": \"Theirs\"}");
    window.press("Enter");
    window.the(AriaRole.BUTTON, choice).focus();
    window.press("Enter");
    assertThat(cards(window)).hasCount(0);
    assertThat(window.rows().locator("button.title")).isFocused();
  }

  @Test
  void whatIsDeletedTwiceIsDeleted() {
    String milk = server.entry(list, "Milk");
    server.entry(list, "Bread");
    Window window = openDeaf().at("Milk");
    server.delete(milk);
    window.press("Delete").lacks("Milk").saved();
    assertThat(window.page().locator(".undo")).hasCount(0);
    window.add("Olives").saved().shows("Bread", "Olives");
    assertThat(cards(window)).hasCount(0);
  }

  @ParameterizedTest
  @CsvSource({
    "the entry, Not saved: this was deleted elsewhere.",
    "the other list, Not saved: The list to move it to is not there."
  })
  void whatCannotMoveStaysAndIsNotOfferedToBeTakenBack(String gone, String words) {
    String home = server.list("Home");
    String lamp = server.entry(list, "Lamp");
    Window window = open().at("Lamp");
    window
        .page()
        .route(
            "**/move",
            route -> {
              server.delete(gone.equals("the entry") ? lamp : home);
              route.resume();
            });
    window.move("hom", "Home");
    assertThat(cards(window)).containsText(words);
    Browser.shot(window.page(), "not-moved");
    assertThat(window.page().locator(".undo")).hasCount(0);
    window.the(AriaRole.BUTTON, "Discard").click();
    assertThat(cards(window)).hasCount(0);
  }

  @Test
  void whereTheListIsDeletedMeanwhileWhatWasTypedIsShown() {
    server.entry(list, "Milk");
    Window window = open().at("Milk").press("Enter").type("Oat milk");
    server.delete(list);
    window.titled("There is no such list, or it is not yours.");
    Locator typed = window.the(AriaRole.TEXTBOX, "What you typed");
    assertThat(typed).hasValue("Oat milk");
    assertThat(typed).not().isEditable();
    assertThat(cards(window)).containsText("Not saved: the list was deleted.");
    assertThat(window.the(AriaRole.BUTTON, "Save")).hasCount(0);
    Browser.shot(window.page(), "typed-into-a-deleted-list");
  }

  @Test
  void whatWasTypedIntoADeletedListCanBeSavedOnceItIsRestored() {
    server.entry(list, "Milk");
    Window window = open().at("Milk").press("Enter").type("Oat milk");
    server.delete(list);
    window.titled("There is no such list, or it is not yours.");
    assertThat(window.the(AriaRole.TEXTBOX, "What you typed")).hasValue("Oat milk");
    server.post(list + "/restore", null);
    sayOtherwise(window.titled("Groceries"), "Oat milk", "Oats").shows("Oats").saved();
    assertThat(server.titles(list)).containsExactly("Oats");
  }

  /** No stream has told that it is deleted: the refusal does. */
  @Test
  void whatIsAddedToAListThatWasDeletedMeanwhileIsShown() {
    Window window = openDeaf();
    window
        .page()
        .route(
            "**" + list + "/entries",
            route -> {
              server.delete(list);
              route.resume();
            });
    window.add("Bread").titled("There is no such list, or it is not yours.");
    assertThat(window.the(AriaRole.TEXTBOX, "What you typed")).hasValue("Bread");
    assertThat(cards(window)).containsText("Not saved: the list was deleted.");
  }

  @Test
  void whatHasNoSpacesIsNoWiderThanTheWindow() {
    String milk = server.entry(list, "M".repeat(300));
    Page page = browser.open(server.url(list.replace("/api/v1", "")), Browser.Look.PHONE);
    Window window = new Window(page).shows("M".repeat(300)).press("j", "Enter").type("Mine");
    server.patch(milk, "{\"title\": \"%s\"}".formatted("T".repeat(300)));
    window.press("Enter");
    assertThat(page.locator(".versions")).isVisible();
    assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(360);
    window.the(AriaRole.BUTTON, "Take theirs").click();
    window.the(AriaRole.BUTTON, "All lists").click();
    page.getByLabel("Search in what is shown").fill("x".repeat(300));
    assertThat(page.locator(".found")).isVisible();
    assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(360);
  }
}
