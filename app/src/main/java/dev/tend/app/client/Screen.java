package dev.tend.app.client;

import dev.tend.app.client.CouldNot.Because;
import java.io.PrintWriter;
import java.time.LocalDate;
import java.util.Optional;
import org.jline.utils.AttributedString;
import tools.jackson.databind.node.ObjectNode;

/** Lists and entries for a person: aligned, days in words. */
record Screen(PrintWriter out, Ink ink, LocalDate today) {
  private static final int LONGEST_DAY = 11;
  private static final int NUMBER = 5;

  /** A longer name does not push the ids of all others out of sight. */
  private static final int WIDEST_NAME = 40;

  void lists(Iterable<ListRef> lists) {
    int widest = 0;
    for (ListRef list : lists) {
      widest = Math.max(widest, Math.min(WIDEST_NAME, width(Words.shown(list.name()))));
    }
    for (ListRef list : lists) {
      String name = Words.shown(list.name());
      String gap = " ".repeat(Math.max(0, widest - width(name)) + 2);
      out.println(ink.bold(name) + gap + ink.faint(list.id()));
    }
  }

  private static int width(String text) {
    return new AttributedString(text).columnLength();
  }

  /** One line, and below it the notes. */
  void entry(ObjectNode entry) throws CouldNot {
    out.println(line(entry));
    String notes = entry.path("notes").asString("");
    notes
        .lines()
        .forEach(note -> out.println(" ".repeat(NUMBER + 5) + ink.faint(Words.shown(note))));
  }

  String line(ObjectNode entry) throws CouldNot {
    boolean done = entry.path("done").asBoolean(false);
    Optional<LocalDate> date = date(entry);
    String day = "%-" + LONGEST_DAY + "s";
    String when = day.formatted(Words.day(date.orElse(null), today));
    boolean late = !done && date.filter(it -> it.isBefore(today)).isPresent();
    String title = Words.shown(entry.path("title").asString(""));
    return ("%" + NUMBER + "d %s %s  %s")
        .formatted(
            entry.path("id").asInt(),
            done ? "[x]" : "[ ]",
            late ? ink.red(when) : when,
            done ? ink.faint(title) : title);
  }

  private static Optional<LocalDate> date(ObjectNode entry) throws CouldNot {
    if (!entry.path("date").isString()) {
      return Optional.empty();
    }
    return Optional.of(
        Day.iso(entry.path("date").stringValue())
            .orElseThrow(() ->
                new CouldNot(Because.REFUSED, "the server's answer has a date that is none")));
  }
}
