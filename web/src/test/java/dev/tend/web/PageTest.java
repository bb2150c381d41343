package dev.tend.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The page, as someone uses it. */
class PageTest {
  @RegisterExtension final TestServer server = new TestServer();
  @RegisterExtension final Browser browser = new Browser();

  @Test
  void whatIsTypedIsAddedAndIsThereAfterAReload() {
    Page page = browser.open(server.url(server.list("Groceries").replace("/api/v1", "")));
    page.getByRole(AriaRole.TEXTBOX, new Page.GetByRoleOptions().setName("Add a task"))
        .fill("Milk");
    page.keyboard().press("Enter");
    assertThat(
            page.getByRole(AriaRole.LISTITEM)
                .filter(new com.microsoft.playwright.Locator.FilterOptions().setHasText("Milk")))
        .isVisible();
    assertThat(page.getByText("saving")).hasCount(0);
    Browser.shot(page, "walk");
    page.reload();
    assertThat(page.getByText("Milk")).isVisible();
  }
}
