package dev.tend.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the page reads as a date; seen from Saturday, 28 November 2026. */
class PageDatesTest {
  private static final String CASES =
      """
      today       2026-11-28
      Tomorrow    2026-11-29
      yesterday   2026-11-27
      sat         2026-12-05
      fri         2026-12-04
      next monday 2026-11-30
      sunday      2026-11-29
      on thurs    2026-12-03
      monkey      -
      fries       -
      +3d         2026-12-01
      +3          2026-12-01
      in 2 weeks  2026-12-12
      +1m         2026-12-28
      19 dec      2026-12-19
      dec 19      2026-12-19
      Sat 19 Dec  2026-12-19
      1. march    2027-03-01
      1 sept 2027 2027-09-01
      the 19 dec  2026-12-19
      dec 19 2027 2027-12-19
      box 19 dec  -
      19 decals   -
      28 nov      2026-11-28
      27 nov      2027-11-27
      29 feb      2028-02-29
      29 feb 2027 -
      31 apr      -
      2026-12-19  2026-12-19
      2026-2-30   -
      2026-13-01  -
      someday     -
      ma          -
      12/19       -
      next month  2026-12-28
      +99999d     -
      in 2 weeks  2026-12-12
      +1month     2026-12-28
      in 5 min    -
      in 3 hours  -
      +5000y      7026-11-28
      +9999y      -
      """;

  @RegisterExtension final TestServer server = new TestServer();
  @RegisterExtension final Browser browser = new Browser();
  private Page page;

  @BeforeEach
  void open() {
    page = browser.open(server.url("/"));
  }

  private Object call(String expression) {
    return page.evaluate(
        """
        import(document.querySelector('script[src*=\"tend-app\"]').src.replace('tend-app', 'dates'))
          .then((dates) => (%s))\
        """
            .formatted(expression));
  }

  @Test
  void itIsReadAsPeopleSayIt() {
    for (String line : CASES.lines().toList()) {
      String said = line.substring(0, 12).strip();
      String expected = line.substring(12).strip();
      assertThat(call("dates.parseDay('%s', '2026-11-28') ?? '-'".formatted(said)))
          .as(said)
          .isEqualTo(expected);
    }
  }

  @Test
  void noneIsADateToo() {
    assertThat(call("['', 'none', ' No date '].map((said) => dates.parseDay(said))"))
        .isEqualTo(java.util.Arrays.asList(null, null, null));
  }

  @Test
  void itIsToldShortly() {
    assertThat(
            call(
                "['2026-11-28', '2026-11-29', '2026-12-19', '2027-01-01']"
                    + ".map((day) => dates.spokenDay(day, '2026-11-28'))"))
        .isEqualTo(List.of("Today", "Tomorrow", "Sat 19 Dec", "Fri 1 Jan 2027"));
  }

  @Test
  void aMonthIsWholeWeeksFromMondayOn() {
    assertThat(call("dates.weeksOf('2026-11-28').map((week) => week[0])"))
        .isEqualTo(
            List.of(
                "2026-10-26",
                "2026-11-02",
                "2026-11-09",
                "2026-11-16",
                "2026-11-23",
                "2026-11-30"));
  }

  @Test
  void aMonthThatEndsWithTheYearsEndsToo() {
    assertThat(call("dates.weeksOf('9999-12-01').length")).isEqualTo(5);
    assertThat(call("dates.weeksOf('0001-01-01').length")).isEqualTo(5);
    assertThat(call("dates.plusMonths('9999-12-01', 1)")).isEqualTo("9999-12-31");
  }

  /** To JavaScript they are of the last century, where one does not take care. */
  @Test
  void aYearBelowAHundredIsThatYear() {
    assertThat(call("dates.plusMonths('0050-03-31', 1)")).isEqualTo("0050-04-30");
  }
}
