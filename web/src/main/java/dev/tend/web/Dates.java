package dev.tend.web;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.regex.Pattern;

/** Days, as {@code YYYY-MM-DD}. */
final class Dates {
  private static final Pattern FORM = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");

  private Dates() {}

  /**
   * @throws Refusal if it is of another form, or no day of the calendar
   */
  static LocalDate read(String field, String text) {
    if (FORM.matcher(text).matches()) {
      try {
        return LocalDate.parse(text);
      } catch (DateTimeException e) {
        throw new Refusal(Problem.INVALID, "There is no such day in the calendar.").about(field);
      }
    }
    throw new Refusal(Problem.INVALID, "A day is written YYYY-MM-DD.").about(field);
  }
}
