package dev.tend.app.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The reports of {@code otp}, taken to pieces: a title, below it a line for each item, and below an
 * item perhaps further ones. Their values have no line breaks, so that nothing in one can pass for
 * another item.
 */
final class ReportText {
  private static final String LOGGER = "dev.tend.otp";
  private static final String ITEM = "  ";
  private static final String BELOW = "    ";

  private ReportText() {}

  static boolean isReport(ILoggingEvent event) {
    return event.getLoggerName().equals(LOGGER)
        && event.getFormattedMessage().contains("\n" + ITEM);
  }

  /** The title as message, the items as members of {@code report}, a reason's stack beside it. */
  static void put(String text, ObjectNode line) {
    List<String> lines = text.lines().toList();
    line.put("message", lines.getFirst());
    ObjectNode report = line.putObject("report");
    String name = "";
    Optional<ArrayNode> below = Optional.empty();
    for (String one : lines.subList(1, lines.size())) {
      if (one.startsWith(BELOW)) {
        ArrayNode more = below.isPresent() ? below.get() : array(name, line, report);
        more.add(one.strip());
        below = Optional.of(more);
      } else {
        int colon = one.indexOf(": ");
        name = key(one.substring(ITEM.length(), colon));
        report.put(name, one.substring(colon + 2));
        below = Optional.empty();
      }
    }
  }

  private static String key(String name) {
    return name.replaceAll("([a-z])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT).replace(' ', '_');
  }

  private static ArrayNode array(String name, ObjectNode line, ObjectNode report) {
    if (report.path(name).asString("").isEmpty()) {
      return report.putArray(name);
    }
    return name.equals("reason") ? line.putArray("stack") : report.putArray(name + "_stack");
  }
}
