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
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The formats by the names that one types. */
enum FileFormat {
  json("json", Json::new),
  csv("csv", () -> new Csv(true)),
  book("", () -> new Csv(false)),
  todotxt("txt", TodoTxt::new),
  ics("ics", () -> new ICalendar(ZoneId.systemDefault())),
  lines("", Lines::new);

  /** What there is to say of them in a help text. */
  static final String HELP =
      "json (all there is), csv (with header date,title,done,notes), book (2018-12-19,Dentist),"
          + " todotxt, ics (iCalendar), lines (2026-12-04 Milk)";

  private final String extension;
  private final Supplier<Format> format;

  FileFormat(String extension, Supplier<Format> format) {
    this.extension = extension;
    this.format = format;
  }

  Format format() {
    return format.get();
  }

  /** The one that a file's name tells. */
  static Optional<FileFormat> of(String file) {
    String name = file.toLowerCase(Locale.ROOT);
    return Stream.of(values())
        .filter(it -> !it.extension.isEmpty() && name.endsWith("." + it.extension))
        .findFirst();
  }
}
