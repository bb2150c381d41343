package dev.tend.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import dev.tend.web.Browser.Look;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The API's description, as a page. */
class ApiPageTest {
  @RegisterExtension final TestServer server = new TestServer();
  @RegisterExtension final Browser browser = new Browser();

  @ParameterizedTest
  @CsvSource({"1440, LIGHT", "1440, DARK", "360, LIGHT"})
  void everyOperationIsThereToRead(int width, com.microsoft.playwright.options.ColorScheme scheme) {
    Page page = browser.open(server.url("/api#undo"), new Look(width, 900, scheme));
    assertThat(page.locator("#undo")).isInViewport();
    int operations = server.get("/api/v1/openapi.json").json().findValues("operationId").size();
    assertThat(page.locator("article")).hasCount(operations);
    assertThat(page.locator("#addEntry pre")).containsText("\"title\":\"Milk\"");
    Browser.shot(page, "api-" + width + "-" + scheme);
    assertThat(new AxeBuilder(page).analyze().getViolations()).isEmpty();
    assertThat((int) page.evaluate("document.documentElement.scrollWidth"))
        .isLessThanOrEqualTo(width);
  }
}
