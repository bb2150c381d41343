package dev.tend.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.regex.Pattern;

/** A window on the page of lists, and what someone does there. */
record Window(Page page) {

  /** What has that role and, in full, that name. */
  Locator the(AriaRole role, String name) {
    return page.getByRole(role, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  Locator addField() {
    return the(AriaRole.TEXTBOX, "Add a task");
  }

  Window add(String... titles) {
    for (String title : titles) {
      addField().fill(title);
      addField().press("Enter");
    }
    return this;
  }

  /** Into the field where one adds. */
  Window paste(String text) {
    page.evaluate(
        """
        (text) => {
          const data = new DataTransfer();
          data.setData('text', text);
          document.querySelector('add-field input').dispatchEvent(
            new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
        }\
        """,
        text);
    return this;
  }

  Locator rows() {
    return page.locator(".row");
  }

  Locator row(String title) {
    return rows()
        .filter(
            new Locator.FilterOptions()
                .setHas(
                    page.locator(
                        "button.title", new Page.LocatorOptions().setHasText(exactly(title)))));
  }

  private static Pattern exactly(String text) {
    // A browser has no \\Q and \\E.
    return Pattern.compile(
        "^\\s*" + text.replaceAll("[\\\\^$.|?*+()\\[\\]{}]", "\\\\$0") + "\\s*$");
  }

  /** Puts the keyboard at an entry's row, and closes what opens beside. */
  Window at(String title) {
    row(title).locator("button.title").focus();
    row(title).locator("button.title").click();
    page.keyboard().press("Escape");
    return this;
  }

  Window press(String... keys) {
    for (String key : keys) {
      page.keyboard().press(key);
    }
    return this;
  }

  /** Moves the entry that the keyboard is at to the list that this finds first. */
  Window move(String typed, String list) {
    press("m");
    assertThat(the(AriaRole.TEXTBOX, "Move to which list")).isFocused();
    type(typed);
    assertThat(the(AriaRole.MENUITEM, list)).isVisible();
    return press("Enter");
  }

  Window type(String text) {
    page.keyboard().type(text);
    return this;
  }

  /** From now on no timer of the page fires by itself, until its clock is resumed. */
  Window timeStops() {
    page.clock().install();
    page.clock().pauseAt(System.currentTimeMillis() + 60_000);
    return this;
  }

  /** Waits until nothing waits. */
  Window saved() {
    assertThat(page.locator(".row.pending")).hasCount(0);
    assertThat(page.locator(".foot")).containsText("Saved");
    return this;
  }

  Window shows(String... titles) {
    for (String title : titles) {
      assertThat(row(title)).isVisible();
    }
    return this;
  }

  Window lacks(String... titles) {
    for (String title : titles) {
      assertThat(row(title)).hasCount(0);
    }
    return this;
  }

  /** Under which heading an entry's row is. */
  Window showsUnder(String heading, String title) {
    assertThat(
            page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName(heading))
                .getByText(title, new Locator.GetByTextOptions().setExact(true)))
        .isVisible();
    return this;
  }

  Window undo() {
    the(AriaRole.BUTTON, "Undo").click();
    return this;
  }

  Locator menuItem(String name) {
    the(AriaRole.BUTTON, "List menu").click();
    return the(AriaRole.MENUITEM, name);
  }

  Locator link(String list) {
    return page.locator(".side a.item", new Page.LocatorOptions().setHasText(list));
  }

  Window titled(String name) {
    assertThat(page.locator("h1")).hasText(name);
    return this;
  }
}
