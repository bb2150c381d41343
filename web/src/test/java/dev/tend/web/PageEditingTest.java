package dev.tend.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.tend.otp.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Titles, names, dates and places of entries, changed with the pointer or the keyboard. */
class PageEditingTest {
  @RegisterExtension final TestServer server = new TestServer();
  @RegisterExtension final Browser browser = new Browser();

  private String list;

  @BeforeEach
  void makeAList() {
    list = server.list("Groceries");
  }

  private Window open(String... titles) {
    for (String title : titles) {
      server.entry(list, title);
    }
    String url = server.url(list.replace("/api/v1", ""));
    return new Window(browser.open(url)).titled("Groceries").shows(titles);
  }

  private JsonNode stored(int place) {
    return server.get(list + "/entries").json().get("entries").get(place);
  }

  private String storedTitle() {
    return stored(0).get("title").stringValue();
  }

  private static Locator title(Window window, String title) {
    return window.row(title).locator("button.title");
  }

  /** In a title, or beside the list; offline one is asked first. */
  @ParameterizedTest
  @CsvSource({"title, true", "notes, true", "notes, false"})
  void whatIsBeingTypedOutlivesTheWindow(String field, boolean online) {
    String milk = server.entry(list, "Milk");
    browser.expectComplaints();
    Window window = new Window(browser.open(server.url(list.replace("/api/v1", ""))));
    Page page = window.page();
    window.at("Milk").press(field.equals("title") ? "Enter" : "o");
    window
        .the(AriaRole.TEXTBOX, field.equals("title") ? "Title" : "Notes")
        .fill("oats, two litres");
    List<String> asked = new ArrayList<>();
    page.onDialog(dialog -> asked.add(dialog.type()));
    page.context().setOffline(!online);
    page.waitForFunction("online => navigator.onLine === online", online);

    page.close(new Page.CloseOptions().setRunBeforeUnload(true));

    page.context().waitForCondition(page::isClosed);
    assertThat(asked).isEqualTo(online ? List.of() : List.of("beforeunload"));
    if (online) {
      eventually(() -> assertThat(server.get(milk).text(field)).isEqualTo("oats, two litres"));
    }
  }

  @Test
  void aTitleIsEditedByTwoClicksAndLeavingItSaves() {
    Window window = open("Milk", "Bread");
    title(window, "Milk").dblclick();
    window.page().locator(".row input").fill("Oat milk");
    window.addField().click();
    window.shows("Oat milk").saved();
    assertThat(storedTitle()).isEqualTo("Oat milk");
  }

  @ParameterizedTest
  @CsvSource({"Enter, Errands", "Tab, Errands", "Escape, Groceries"})
  void aNameIsSavedUnlessOneEscapes(String key, String name) {
    Window window = open();
    window.menuItem("Rename").click();
    window.type("Errands").press(key).titled(name).saved();
    assertThat(window.the(AriaRole.TEXTBOX, "Name of the list")).hasCount(0);
    eventually(() -> assertThat(server.get(list).text("name")).isEqualTo(name));
  }

  @ParameterizedTest
  @CsvSource({"Title, title, Milk", "Notes, notes, two litres"})
  void whatIsTypedBesideIsLeftAsItWasByEscape(String field, String member, String before) {
    server.post(list + "/entries", "{\"title\": \"Milk\", \"notes\": \"two litres\"}");
    Window window = open();
    title(window, "Milk").click();
    window.the(AriaRole.TEXTBOX, field).fill("Nothing");
    window.press("Escape");
    assertThat(window.the(AriaRole.TEXTBOX, field)).hasValue(before);
    assertThat(window.page().getByRole(AriaRole.COMPLEMENTARY)).isVisible();
    window.the(AriaRole.TEXTBOX, field).fill("Changed");
    window.addField().click();
    window.saved();
    eventually(() -> assertThat(stored(0).get(member).stringValue()).isEqualTo("Changed"));
    assertThat(server.get(list + "/entries/1/history").json().get("records")).hasSize(2);
  }

  @Test
  void whatIsTypedBesideIsNotDisturbed() {
    browser.expectComplaints();
    Window window = open("Milk");
    title(window, "Milk").click();
    Locator field = window.the(AriaRole.TEXTBOX, "Title");
    field.fill("Oat mi");
    server.patch(list + "/entries/1", "{\"title\": \"Theirs\"}");
    window.shows("Theirs");
    assertThat(field).hasValue("Oat mi");
    window.type("lk").press("Enter");
    assertThat(window.page().locator(".versions")).containsText("Oat milk");
  }

  @Test
  void anEntryIsTickedAndDeletedBeside() {
    Window window = open("Milk");
    title(window, "Milk").click();
    Locator beside = window.page().getByRole(AriaRole.COMPLEMENTARY);
    beside.getByRole(AriaRole.CHECKBOX).click();
    assertThat(beside.getByRole(AriaRole.CHECKBOX)).isChecked();
    window.saved();
    eventually(() -> assertThat(stored(0).get("done").booleanValue()).isTrue());
    beside.getByText("Delete").click();
    assertThat(beside).hasCount(0);
    eventually(() -> assertThat(server.get(list + "/entries/1").status()).isEqualTo(404));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Delete", "Backspace"})
  void theKeyboardIsAtTheNextWhereOneIsDeletedAndElseAtTheOneBefore(String key) {
    Window window = open("Milk", "Bread", "Olives").at("Bread").press(key).lacks("Bread");
    assertThat(title(window, "Olives")).isFocused();
    window.press(key).lacks("Olives");
    assertThat(title(window, "Milk")).isFocused();
    window.press(key).lacks("Milk").press("n");
    assertThat(window.addField()).isFocused();
  }

  @Test
  void theKeyboardComesBackFromBesideToTheNextWhereOneIsDeleted() {
    Window window = open("Milk", "Bread", "Olives");
    title(window, "Bread").click();
    window.page().getByRole(AriaRole.COMPLEMENTARY).getByLabel("Close").focus();
    window.press("Delete").lacks("Bread");
    assertThat(title(window, "Olives")).isFocused();
    window.press("Delete").lacks("Olives").shows("Milk");
  }

  @Test
  void whatIsOverThePageHasTheKeys() {
    Window window = open("Milk").at("Milk").press("?");
    Locator keys = window.page().getByRole(AriaRole.DIALOG);
    assertThat(keys).containsText("New task");
    window.press("Delete").shows("Milk");
    keys.getByText("New task").click();
    assertThat(keys).isVisible();
    window.press("Delete").shows("Milk");
    window.page().mouse().click(3, 3);
    assertThat(keys).hasCount(0);
    assertThat(title(window, "Milk")).isFocused();
  }

  @Test
  void aDayIsChosenInTheCalendarAndTakenAway() {
    LocalDate next = LocalDate.now(ZoneId.systemDefault()).plusMonths(1).withDayOfMonth(15);
    Window window = open("Milk").at("Milk").press("d");
    window.the(AriaRole.BUTTON, "Month after").click();
    window.page().locator(".days button:not(.other)").getByText("15").click();
    eventually(() -> assertThat(stored(0).path("date").asString("")).isEqualTo(next.toString()));
    assertThat(title(window, "Milk")).isFocused();
    window.press("d", "Enter").saved();
    assertThat(server.get(list + "/entries/1/history").json().get("records")).hasSize(2);
    window.press("d");
    window.the(AriaRole.BUTTON, "No date").click();
    window.showsUnder("No date", "Milk").saved();
  }

  @Test
  void aPlaceIsChosenByArrowsAndIsNotTheSame() {
    server.list("Home");
    String party = server.list("Party");
    Window window = open("Lamp").at("Lamp").press("m").type("groc");
    assertThat(window.page().getByText("There is no other list of that name.")).isVisible();
    window.press("Escape");
    assertThat(window.page().locator(".floating")).hasCount(0);
    assertThat(title(window, "Lamp")).isFocused();
    window.press("m");
    assertThat(window.page().getByRole(AriaRole.MENUITEM)).hasText(new String[] {"Home", "Party"});
    window.press("ArrowDown", "ArrowDown", "ArrowDown", "ArrowUp", "Enter").lacks("Lamp");
    eventually(() -> assertThat(server.get(party + "/entries/1").status()).isEqualTo(200));
  }

  @Test
  void whatFloatsGoesAwayWhereOneClicksElsewhere() {
    Window window = open("Milk", "Bread").at("Milk").press("d");
    assertThat(window.page().locator(".floating")).isVisible();
    window.page().locator("h1").click();
    assertThat(window.page().locator(".floating")).hasCount(0);
  }

  @Test
  void aNewListIsNotMadeWhereOneEscapes() {
    Window window = open();
    window.menuItem("Deleted lists").click();
    assertThat(window.page().getByRole(AriaRole.DIALOG)).containsText("None.");
    window.press("Escape");
    window.the(AriaRole.BUTTON, "New list").click();
    window.type("Home").press("Escape");
    assertThat(window.the(AriaRole.BUTTON, "New list")).isVisible();
    assertThat(server.get("/api/v1/lists").json().get("lists")).hasSize(1);
  }

  @Test
  void aTitleHasAsManyCharactersAsOneCountsAndWhatIsWrongIsSaidUntilItIsMended() {
    String faces = "😀".repeat(1_000);
    Window window = open().add(faces + "!");
    Locator problem = window.page().getByText("A title has up to 1,000 characters");
    assertThat(problem).containsText("this one has 1,001");
    window.addField().fill(faces);
    assertThat(problem).hasCount(0);
    window.press("Enter").shows(faces).saved();
    assertThat(storedTitle()).isEqualTo(faces);
  }

  @Test
  void whatIsTypedIsSavedAlsoWhereOneGoesBack() {
    Window window = open("Milk");
    window.link("All").click();
    window.titled("All").shows("Milk");
    window.press("j", "Enter").type("Oat milk");
    window.page().goBack();
    window.titled("Groceries").shows("Oat milk").saved();
    assertThat(storedTitle()).isEqualTo("Oat milk");
  }

  @Test
  void whatIsTypedOutlivesAReloadOfThePage() {
    Window window = open("Milk");
    title(window, "Milk").click();
    window.the(AriaRole.TEXTBOX, "Notes").fill("two litres");
    window.page().reload();
    assertThat(window.the(AriaRole.TEXTBOX, "Notes")).hasValue("two litres");
    window.saved();
    eventually(() -> assertThat(stored(0).get("notes").stringValue()).isEqualTo("two litres"));
  }

  @Test
  void whatSomeoneTypesIntoAListThatGoesIsThereWhenItIsBack() {
    browser.expectComplaints(); // The page may be about to read the list as it goes: 404.
    server.list("Home");
    Window window = open("Milk");
    window.addField().fill("Two loaves of");
    server.delete(list);
    window.titled("There is no such list, or it is not yours.");
    server.post(list + "/restore", null);
    window.titled("Groceries").shows("Milk");
    assertThat(window.addField()).hasValue("Two loaves of");
  }

  @Test
  void aNameThatSomeoneTypesIsNotDisturbed() {
    Window window = open();
    window.menuItem("Rename").click();
    window.type("Mi");
    server.patch(list, "{\"name\": \"Theirs\"}");
    assertThat(window.link("Theirs")).isVisible();
    window.type("ne");
    assertThat(window.the(AriaRole.TEXTBOX, "Name of the list")).hasValue("Mine");
    window.press("Enter").titled("Mine");
    eventually(() -> assertThat(server.get(list).text("name")).isEqualTo("Mine"));
  }

  @Test
  void notesThatOnlyHadTheKeyboardAreAsTheyWere() {
    server.post(list + "/entries", "{\"title\": \"Milk\", \"notes\": \"one\\r\\ntwo\"}");
    Window window = open().shows("Milk");
    title(window, "Milk").click();
    window.the(AriaRole.TEXTBOX, "Notes").focus();
    window.addField().focus();
    window.add("Bread").saved();
    assertThat(server.get(list + "/entries/1/history").json().get("records")).hasSize(1);
  }

  /** Programs write such titles and names; fields of one line cannot show them as they are. */
  @Test
  void aTitleThatOnlyHadTheKeyboardIsAsItWas() {
    server.entry(list, "two\nlines ");
    Window window = open();
    assertThat(window.rows()).hasCount(1);
    window.press("j", "Enter");
    assertThat(window.the(AriaRole.TEXTBOX, "Title")).hasValue("two lines ");
    window.press("Enter").add("Bread").saved();
    assertThat(server.get(list + "/entries/1/history").json().get("records")).hasSize(1);
  }

  @Test
  void aNameThatOnlyHadTheKeyboardIsAsItWas() {
    server.patch(list, "{\"name\": \" Two\\nlines\"}");
    Window window = new Window(browser.open(server.url(list.replace("/api/v1", ""))));
    window.menuItem("Rename").click();
    assertThat(window.the(AriaRole.TEXTBOX, "Name of the list")).hasValue(" Two lines");
    window.press("Enter").add("Bread").saved();
    assertThat(server.get(list).text("name")).isEqualTo(" Two\nlines");
  }

  @Test
  void aDayThatNobodyWillSeeIsNoDate() {
    Window window = open("Milk").at("Milk").press("d");
    window.the(AriaRole.TEXTBOX, "Date").fill("+9999y");
    assertThat(window.page().locator("#date-says")).containsText("Say it like");
    window.the(AriaRole.TEXTBOX, "Date").fill("31 dec 9999");
    window.the(AriaRole.BUTTON, "Month after").click();
    assertThat(window.page().locator(".month")).containsText("Dec 9999");
  }

  @Test
  void theKeyboardOpensAnEntryAtItsNotes() {
    Window window = open("Milk", "Bread");
    window.press("j", "o");
    assertThat(window.the(AriaRole.TEXTBOX, "Notes")).isFocused();
    window.type("two litres").press("Escape", "Escape");
    assertThat(window.page().getByRole(AriaRole.COMPLEMENTARY)).hasCount(0);
    assertThat(title(window, "Milk")).isFocused();
  }

  @Test
  void aKeyDeletesNothingThatIsNotSeen() {
    Window window = open("Milk", "Bread").at("Milk");
    Locator search = window.page().getByLabel("Search in what is shown");
    search.fill("bread");
    window.lacks("Milk");
    search.press("Tab");
    window.press("Delete");
    search.fill("");
    window.shows("Milk", "Bread");
  }
}
