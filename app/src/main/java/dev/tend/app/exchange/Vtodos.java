package dev.tend.app.exchange;

import dev.tend.todo.list.Draft;
import dev.tend.todo.list.InvalidField;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.fortuna.ical4j.data.ContentHandler;
import org.jspecify.annotations.Nullable;

/** Takes the VTODOs out of a calendar while it is read. */
final class Vtodos implements ContentHandler {
  private static final String VTODO = "VTODO";
  private static final Pattern ESCAPED = Pattern.compile("\\\\(.)");
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss");

  private final ZoneId zone;
  private final Counting lines;
  private final Consumer<Item> to;
  private final Deque<String> within = new ArrayDeque<>();
  private final Map<String, String> properties = new HashMap<>();
  private String property = "";
  private long begun;
  private boolean whole;

  /**
   * @param lines what is being read
   */
  Vtodos(ZoneId zone, Counting lines, Consumer<Item> to) {
    this.zone = zone;
    this.lines = lines;
    this.to = to;
  }

  /** Whether a calendar has been read to its end. */
  boolean isWhole() {
    return whole;
  }

  @Override
  public void startCalendar() {
    whole = false;
  }

  @Override
  public void endCalendar() {
    whole = true;
  }

  @Override
  public void startComponent(String name) {
    within.push(name.toUpperCase(Locale.ROOT));
    long here = lines.line() - 1; // its first line has been read
    lines.begin(here);
    if (VTODO.equals(within.peek())) {
      begun = here;
      properties.clear();
    }
  }

  @Override
  public void endComponent(String name) {
    lines.begin(lines.line());
    if (VTODO.equals(within.poll())) {
      to.accept(
          isStatus("CANCELLED") ? new Item.Cancelled(begun) : Judged.item(begun, this::draft));
    }
  }

  @Override
  public void startProperty(String name) {
    property = name.toUpperCase(Locale.ROOT);
  }

  /** In other letters' case ical4j takes the bounds of a component for properties. */
  @Override
  public void propertyValue(String value) {
    switch (property) {
      case "BEGIN" -> startComponent(value);
      case "END" -> endComponent(value);
      default -> {
        if (VTODO.equals(within.peek())) {
          properties.putIfAbsent(property, value);
        }
      }
    }
  }

  @Override
  public void endProperty(String name) {
    property = "";
  }

  @Override
  public void parameter(String name, String value) {
    // TZID and VALUE say nothing that the value itself does not, for a day.
  }

  private Draft draft() {
    @Nullable String due = properties.get("DUE");
    boolean done = isStatus("COMPLETED") || properties.containsKey("COMPLETED");
    return new Draft(due == null ? null : day(due), text("SUMMARY"), done, text("DESCRIPTION"));
  }

  private boolean isStatus(String status) {
    return status.equalsIgnoreCase(properties.getOrDefault("STATUS", "").strip());
  }

  /** By ourselves: ical4j's own decoder takes an escaped backslash before an n for a line break. */
  private String text(String name) {
    return ESCAPED
        .matcher(properties.getOrDefault(name, ""))
        .replaceAll(escaped ->
            Matcher.quoteReplacement(
                escaped.group(1).equalsIgnoreCase("n") ? "\n" : escaped.group(1)));
  }

  private LocalDate day(String due) {
    try {
      if (due.matches("[0-9]{8}")) {
        return LocalDate.parse(due, DateTimeFormatter.BASIC_ISO_DATE);
      }
      boolean utc = due.endsWith("Z");
      LocalDateTime time =
          LocalDateTime.parse(utc ? due.substring(0, due.length() - 1) : due, TIME);
      Instant instant = time.toInstant(ZoneOffset.UTC);
      return utc ? LocalDate.ofInstant(instant, zone) : time.toLocalDate();
    } catch (DateTimeException e) {
      throw new InvalidField("DUE", "is '" + Judged.start(due) + "', which is no day");
    }
  }
}
