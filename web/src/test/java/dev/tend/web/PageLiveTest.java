package dev.tend.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.AriaRole;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is done in one window appears in the others. */
class PageLiveTest {
  private static final String HAS_A_LIST =
      """
      () => import(document.querySelector('script[src*="tend-app"]').src.replace('tend-app', 'tend'))
        .then(({ store }) => store.shownLists().length > 0)\
      """;

  @RegisterExtension final TestServer server = new TestServer();
  @RegisterExtension final Browser browser = new Browser();

  private Window open(String list) {
    return new Window(browser.open(server.url(list.replace("/api/v1", ""))));
  }

  @Test
  void whatOneWindowDoesTheOtherShows() {
    String list = server.list("Groceries");
    Window mine = open(list);
    Window theirs = open(list).saved();
    mine.add("Milk");
    assertThat(theirs.row("Milk")).containsText("from another window");
    Browser.shot(theirs.page(), "glow");
    assertThat(theirs.row("Milk")).not().containsText("from another window");
    theirs.at("Milk").press("Enter").type("Oat milk").press("Enter");
    mine.shows("Oat milk");
    mine.row("Oat milk").getByRole(AriaRole.CHECKBOX).click();
    assertThat(theirs.the(AriaRole.BUTTON, "Done · 1")).isVisible();
    mine.page().keyboard().press("Escape");
    mine.press("z");
    theirs.showsUnder("No date", "Oat milk");
    mine.at("Oat milk").press("Delete");
    theirs.lacks("Oat milk");
    mine.undo();
    theirs.shows("Oat milk");
  }

  @Test
  void theFirstListIsThereInEveryWindow() {
    Window mine = new Window(browser.open(server.url("/")));
    Window theirs = new Window(browser.open(server.url("/")));
    Window other = new Window(browser.open(server.url("/")));
    for (Window window : List.of(mine, theirs, other)) {
      assertThat(window.the(AriaRole.TEXTBOX, "Name of your first list")).isFocused();
    }
    other.type("Hom");
    mine.type("Groceries").press("Enter").titled("Groceries").add("Milk");
    theirs.titled("Groceries").shows("Milk");
    other.page().waitForFunction(HAS_A_LIST);
    other.type("e").press("Enter").titled("Home");
    assertThat(theirs.link("Home")).isVisible();
    assertThat(other.link("Groceries")).isVisible();
  }

  @Test
  void listsComeGoAndAreRenamedInEveryWindow() {
    String list = server.list("Groceries");
    Window mine = open(list);
    Window theirs = open(list).titled("Groceries");
    mine.menuItem("Rename").click();
    mine.type("Errands").press("Enter");
    theirs.titled("Errands");
    mine.the(AriaRole.BUTTON, "New list").click();
    mine.type("Home").press("Enter").titled("Home").add("Lamp");
    theirs.link("Home").click();
    theirs.titled("Home").shows("Lamp");
    mine.menuItem("Delete list").click();
    theirs.titled("There is no such list, or it is not yours.");
    assertThat(theirs.link("Home")).hasCount(0);
    mine.undo();
    theirs.titled("Home").shows("Lamp");
  }

  @Test
  void whatSomeoneTypesIsNotDisturbed() {
    String list = server.list("Groceries");
    String milk = server.entry(list, "Milk");
    browser.expectComplaints();
    Window window = open(list).at("Milk").press("Enter").type("Oat mi");
    server.patch(milk, "{\"done\": true}");
    server.entry(list, "Bread");
    window.shows("Bread").type("lk").press("Enter");
    window.the(AriaRole.BUTTON, "Done · 1").click();
    window.showsUnder("Done · 1", "Oat milk");
  }

  @Test
  void whatSomeoneTypesIntoWhatIsDeletedMeanwhileIsNotLost() {
    String list = server.list("Groceries");
    String milk = server.entry(list, "Milk");
    browser.expectComplaints();
    Window window = open(list).at("Milk").press("Enter").type("Oat mi");
    server.delete(milk);
    server.entry(list, "Bread");
    window.shows("Bread").type("lk").press("Enter");
    assertThat(window.the(AriaRole.TEXTBOX, "Say it otherwise")).hasValue("Oat milk");
    Browser.shot(window.page(), "not-saved");
    window.the(AriaRole.BUTTON, "Save").click();
    window.shows("Oat milk").saved();
  }

  /** As of an import: each drawn by itself would keep the page still for as long. */
  @Test
  void manyChangesAtOnceAreDrawnTogether() {
    String list = server.list("Groceries");
    Window window = open(list).saved();
    window
        .page()
        .evaluate(
            """
            import(document.querySelector('script[src*="tend-app"]').src.replace('tend-app', 'tend'))
              .then(({ store }) => {
                window.told = 0;
                store.addEventListener('change', () => window.told++);
              })\
            """);
    String adds =
        IntStream.rangeClosed(1, 1_000)
            .mapToObj("{\"key\": \"%1$d\", \"add\": {\"title\": \"task %1$d\"}}"::formatted)
            .collect(Collectors.joining(","));
    server.post(list + "/batch", "{\"commands\": [" + adds + "]}");
    assertThat(window.link("Groceries")).containsText("1000");
    assertThat((int) window.page().evaluate("window.told")).isLessThan(500);
  }

  @Test
  void eightWindowsShowTheSame() {
    String list = server.list("Groceries");
    List<Window> windows = new ArrayList<>();
    List<String> titles = new ArrayList<>();
    for (int i = 1; i <= 8; i++) {
      windows.add(open(list));
      titles.add("from window " + i);
    }
    for (int i = 0; i < 8; i++) {
      windows.get(i).add(titles.get(i));
    }
    for (Window window : windows) {
      window.shows(titles.toArray(String[]::new)).saved();
      assertThat(window.rows()).hasCount(8);
    }
  }
}
