package dev.tend.app.client;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Days as people type them. */
final class Day implements ITypeConverter<LocalDate> {
  static final String FORMS = "2026-12-04, today, tomorrow, or a weekday: friday, fri";
  private static final int SHORTEST = 3;

  @Override
  public LocalDate convert(String text) {
    return of(text, LocalDate.now(ZoneId.systemDefault()))
        .orElseThrow(
            () -> new TypeConversionException("'%s' is no day; write %s".formatted(text, FORMS)));
  }

  /** The day that a text means; a weekday is the next of its name, never today. */
  static Optional<LocalDate> of(String text, LocalDate today) {
    String word = text.strip().toLowerCase(Locale.ROOT);
    return switch (word) {
      case "today" -> Optional.of(today);
      case "tomorrow" -> Optional.of(today.plusDays(1));
      case "yesterday" -> Optional.of(today.minusDays(1));
      default ->
          weekday(word).map(day -> today.with(TemporalAdjusters.next(day))).or(() -> iso(word));
    };
  }

  private static Optional<DayOfWeek> weekday(String word) {
    return word.length() < SHORTEST
        ? Optional.empty()
        : Stream.of(DayOfWeek.values())
            .filter(day -> day.name().toLowerCase(Locale.ROOT).startsWith(word))
            .findFirst();
  }

  static Optional<LocalDate> iso(String text) {
    try {
      return text.matches("[0-9]{4}-[0-9]{2}-[0-9]{2}")
          ? Optional.of(LocalDate.parse(text))
          : Optional.empty();
    } catch (DateTimeException noSuchDay) {
      return Optional.empty();
    }
  }
}
