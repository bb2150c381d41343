package dev.tend.otp.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One report: a title and what is to be said, a line each. With the system property {@code
 * dev.tend.otp.report.singleLine=true} it is all on one line, for logs that are read by machines.
 *
 * <p>No throwable is given to the log: the stack is part of the report, and would be there twice.
 */
public final class Report {
  private static final String SINGLE_LINE = "dev.tend.otp.report.singleLine";
  private static final int VALUE = 1_000;

  private final String title;
  private final List<Item> items = new ArrayList<>();

  private record Item(String name, String value, List<String> lines) {}

  /** The title is bounded and escaped, as values are: a kind, or a name in it, may be anybody's. */
  public Report(String title) {
    this.title = Text.within(VALUE, title);
  }

  /** Whether a report of this level would be seen by anyone: else it need not be made. */
  public static boolean isWanted(System.Logger.Level level) {
    return Log.isWanted(level);
  }

  /** One line; the value is bounded and escaped. */
  public Report with(String name, @Nullable Object value) {
    items.add(new Item(name, Text.within(VALUE, value), List.of()));
    return this;
  }

  /** One line, where there is a value. */
  public Report withAny(String name, Optional<?> value) {
    value.ifPresent(present -> with(name, present));
    return this;
  }

  /** One line and others below it, such as those of a stack. */
  public Report with(String name, @Nullable Object value, List<String> below) {
    items.add(new Item(name, Text.within(VALUE, value), below));
    return this;
  }

  /** Makes and logs a report, if it would be seen by anyone. */
  public static void log(System.Logger.Level level, Supplier<Report> report) {
    if (isWanted(level)) {
      made(report).log(level);
    }
  }

  /** Whatever the code of a program does that has a part in it. */
  private static Report made(Supplier<Report> report) {
    try {
      return report.get();
    } catch (RuntimeException | Error e) {
      return new Report("a report could not be made").with("over", e);
    }
  }

  public void log(System.Logger.Level level) {
    if (isWanted(level)) {
      Log.write(level, Boolean.getBoolean(SINGLE_LINE) ? onOneLine() : onLines());
    }
  }

  /** The title, and below it a line or more for each item. */
  public String onLines() {
    StringBuilder text = new StringBuilder(title);
    for (Item item : items) {
      text.append("\n  ").append(item.name()).append(": ").append(item.value());
      item.lines().forEach(line -> text.append("\n    ").append(line));
    }
    return text.toString();
  }

  private String onOneLine() {
    return items.stream()
        .map(item ->
            item.name()
                + ": "
                + item.value()
                + (item.lines().isEmpty() ? "" : " [" + String.join(", ", item.lines()) + "]"))
        .collect(Collectors.joining(". ", title + ". ", "."));
  }
}
