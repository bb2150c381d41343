package dev.tend.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ForcedColors;
import com.microsoft.playwright.options.ReducedMotion;
import dev.tend.web.Browser.Look;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How the page looks, kept as pictures; and whether everyone can use it, as axe sees it. */
class PageLooksTest {
  @RegisterExtension final TestServer server = new TestServer();
  @RegisterExtension final Browser browser = new Browser();

  static Stream<Arguments> looks() {
    return Stream.of(
        Arguments.of("desk", Look.DESK),
        Arguments.of("desk-dark", Look.DARK),
        Arguments.of("tablet", new Look(768, 1_024, ColorScheme.LIGHT)),
        Arguments.of("phone", Look.PHONE),
        Arguments.of("narrow", new Look(320, 640, ColorScheme.LIGHT)),
        Arguments.of("phone-dark", Look.DARK_PHONE));
  }

  private String groceries() {
    LocalDate today = LocalDate.now(ZoneId.systemDefault());
    server.entry(server.list("Home"), "Lamp");
    server.list("Bob’s list");
    String list = server.list("Groceries");
    add(
        list,
        "Milk, two litres",
        today,
        "The oat one if there is no fresh.\nGlass bottle, not carton.");
    add(list, "Pick up the parcel at the corner shop", today.minusDays(3), "");
    add(
        list,
        "Bread from the market before it closes, and ask whether they take orders for the holidays",
        today,
        "Rye");
    add(list, "Flowers for Ana", today.plusDays(1), "");
    add(list, "Candles", today.plusDays(1), "");
    add(list, "Dentist", today.plusDays(21), "");
    server.entry(list, "Good coffee");
    server.entry(list, "Batteries, the small ones");
    String tomatoes = server.entry(list, "Tomatoes");
    server.patch(tomatoes, "{\"done\": true}");
    return list.replace("/api/v1", "");
  }

  private void add(String list, String title, LocalDate date, String notes) {
    server.post(
        list + "/entries",
        Json.object()
            .put("title", title)
            .put("date", date.toString())
            .put("notes", notes)
            .toString());
  }

  private static void isForEveryone(Page page, String state) {
    List<Rule> violations = new AxeBuilder(page).analyze().getViolations();
    assertThat(violations)
        .as(state)
        .extracting(rule -> rule.getId() + ": " + rule.getNodes().getFirst().getHtml())
        .isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("looks")
  void everyoneCanUseIt(String name, Look look) {
    Window window = new Window(browser.open(server.url(groceries()), look)).shows("Good coffee");
    boolean phone = look.width() < 900;
    Browser.shot(window.page(), "list-" + name);
    isForEveryone(window.page(), "the list");
    window.row("Milk, two litres").locator("button.title").click();
    assertThat(window.page().locator(".history li")).not().hasCount(0);
    Browser.shot(window.page(), "detail-" + name);
    isForEveryone(window.page(), "an entry");
    window.page().locator(".detail .fact").first().click();
    Browser.shot(window.page(), "dates-" + name);
    isForEveryone(window.page(), "dates");
    window.press("Escape", "Escape");
    if (phone) {
      window.the(AriaRole.BUTTON, "All lists").click();
      Browser.shot(window.page(), "lists-" + name);
      isForEveryone(window.page(), "the lists");
      window.press("Escape");
    }
    window.menuItem("Keys").click();
    isForEveryone(window.page(), "the keys");
    window.press("Escape");
    window.the(AriaRole.CHECKBOX, "Done: Dentist").click();
    Browser.shot(window.page(), "undo-" + name);
    isForEveryone(window.page(), "undo");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("looks")
  void nothingIsWiderThanTheWindow(String name, Look look) {
    Window window = new Window(browser.open(server.url(groceries()), look)).shows("Good coffee");
    assertThat(wider(window)).isZero();
    window.page().evaluate("document.documentElement.style.fontSize = '200%'");
    assertThat(wider(window)).isZero();
    Browser.shot(window.page(), "large-" + name);
  }

  /** As where someone magnifies four times. */
  @Test
  void whatFloatsIsNoHigherThanTheWindow() {
    Look magnified = new Look(320, 256, ColorScheme.LIGHT);
    Window window = new Window(browser.open(server.url(groceries()), magnified));
    window.row("Dentist").locator("button.title").click();
    window.page().locator(".detail .fact").first().click();
    assertThat(window.the(AriaRole.TEXTBOX, "Date")).isFocused();
    Browser.shot(window.page(), "dates-magnified");
    assertThat(window.page().locator(".floating").boundingBox().height).isLessThanOrEqualTo(256);
    window.the(AriaRole.BUTTON, "No date").last().click();
    assertThat(window.page().locator(".detail .fact").first()).hasText("No date");
  }

  private static int wider(Window window) {
    return (Integer)
        window
            .page()
            .evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth");
  }

  @Test
  void nothingJumpsWhenTheDataArrives() {
    Window window = new Window(browser.open(server.url(groceries()))).shows("Good coffee");
    Object shifts =
        window
            .page()
            .evaluate(
                """
                () => new Promise((told) => {
                  const observer = new PerformanceObserver((list) => told(list.getEntries()
                    .map((shift) => shift.sources.map(({ node }) => node?.outerHTML.slice(0, 80)).join())));
                  observer.observe({ type: 'layout-shift', buffered: true });
                  setTimeout(() => told([]), 300);
                })\
                """);
    assertThat((List<?>) shifts).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {900, 1_199})
  void anEntryIsBesideItsListAndNeverOverIt(int width) {
    Page page = browser.open(server.url(groceries()), new Look(width, 800, ColorScheme.LIGHT));
    Window window = new Window(page).shows("Good coffee");
    window.row("Good coffee").locator("button.title").click();
    assertThat(page.locator(".detail")).isVisible();
    assertThat(
            (boolean)
                page.evaluate(
                    "document.querySelector('.col').getBoundingClientRect().right <="
                        + " document.querySelector('.detail').getBoundingClientRect().left"))
        .isTrue();
    assertThat((boolean) page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
        .isTrue();
    Browser.shot(page, "beside-" + width);
    window.row("Candles").locator("button.title").click();
    assertThat(window.the(AriaRole.TEXTBOX, "Title")).hasValue("Candles");
  }

  @ParameterizedTest
  @EnumSource(
      value = ColorScheme.class,
      names = {"LIGHT", "DARK"})
  void everyoneCanUseItInColoursOfTheirOwn(ColorScheme scheme) {
    Page page = browser.open(server.url(groceries()), new Look(1_440, 900, scheme));
    page.emulateMedia(
        new Page.EmulateMediaOptions().setForcedColors(ForcedColors.ACTIVE).setColorScheme(scheme));
    Window window = new Window(page).shows("Good coffee").at("Milk, two litres");
    assertThat(page.evaluate("matchMedia('(forced-colors: active)').matches")).isEqualTo(true);
    assertThat(style(page, ".item[aria-current]", "outlineStyle")).isEqualTo("solid");
    Browser.shot(page, "forced-" + scheme.name().toLowerCase(Locale.ROOT));
    isForEveryone(page, "the list");
    window.press("d");
    assertThat(style(page, ".days [aria-pressed=true]", "outlineStyle")).isEqualTo("solid");
    window.press("Escape").page().locator(".fold").click();
    isForEveryone(page, "what is done");
    assertThat(style(page, ".row.done .check", "backgroundColor"))
        .isNotEqualTo(style(page, "body", "backgroundColor"));
  }

  private static Object style(Page page, String selector, String property) {
    return page.evaluate(
        "([selector, property]) => getComputedStyle(document.querySelector(selector))[property]",
        List.of(selector, property));
  }

  @Test
  void nothingMovesWhereMotionIsUnwanted() {
    Window window = new Window(browser.open(server.url(groceries()))).at("Good coffee");
    window.press("Delete");
    assertThat(window.page().locator(".undo")).isVisible();
    assertThat(style(window.page(), ".undo", "animationName")).isEqualTo("none");
    assertThat(moving(window)).isZero();
    window
        .page()
        .emulateMedia(new Page.EmulateMediaOptions().setReducedMotion(ReducedMotion.NO_PREFERENCE));
    assertThat((String) style(window.page(), ".undo", "animationName"))
        .as("elsewhere it does")
        .isEqualTo("rise");
  }

  /** How many elements glide into another look. */
  private static int moving(Window window) {
    return (Integer)
        window
            .page()
            .evaluate(
                "[...document.querySelectorAll('*')].filter((element) =>"
                    + " parseFloat(getComputedStyle(element).transitionDuration) > 0.001).length");
  }

  @ParameterizedTest
  @CsvSource({
    "שלום עולם, rtl",
    "مهمة جديدة, rtl",
    "Milk, ltr",
    "Milk שלום, ltr",
    "e\u0301\u0301\u0301, ltr"
  })
  void whatSomeoneWroteReadsInItsOwnDirection(String text, String direction) {
    String list = server.list(text);
    server.entry(list, text);
    Window window = new Window(browser.open(server.url(list.replace("/api/v1", "")))).shows(text);
    assertThat(style(window.page(), ".row .title", "direction")).isEqualTo(direction);
    assertThat(style(window.page(), "h1", "direction")).isEqualTo(direction);
    assertThat(style(window.page(), ".side .name", "direction")).isEqualTo(direction);
    assertThat(wider(window)).isZero();
    Browser.shot(window.page(), "direction-" + direction);
  }

  @Test
  void theFirstStartIsForEveryone() {
    Window window = new Window(browser.open(server.url("/")));
    assertThat(window.the(AriaRole.TEXTBOX, "Name of your first list")).isVisible();
    isForEveryone(window.page(), "the first start");
  }
}
