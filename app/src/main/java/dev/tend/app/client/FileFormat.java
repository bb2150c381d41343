package dev.tend.app.client;

import dev.tend.app.exchange.Csv;
import dev.tend.app.exchange.Format;
import dev.tend.app.exchange.ICalendar;
import dev.tend.app.exchange.Json;
import dev.tend.app.exchange.Lines;
import dev.tend.app.exchange.TodoTxt;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The formats by the names that one types. */
enum FileFormat {
  json("json"),
  csv("csv"),
  book(""),
  todotxt("txt"),
  ics("ics"),
  lines("");

  /** What there is to say of them in a help text. */
  static final String HELP =
      "json (all there is), csv (with header date,title,done,notes), book (2018-12-19,Dentist),"
          + " todotxt, ics (iCalendar), lines (2026-12-04 Milk)";

  private final String extension;

  FileFormat(String extension) {
    this.extension = extension;
  }

  Format format() {
    return switch (this) {
      case json -> new Json();
      case csv -> new Csv(true);
      case book -> new Csv(false);
      case todotxt -> new TodoTxt();
      case ics -> new ICalendar(ZoneId.systemDefault());
      case lines -> new Lines();
    };
  }

  /** The one that a file's name tells. */
  static Optional<FileFormat> of(String file) {
    String name = file.toLowerCase(Locale.ROOT);
    return Stream.of(values())
        .filter(it -> !it.extension.isEmpty() && name.endsWith("." + it.extension))
        .findFirst();
  }
}
