package dev.tend.app.client;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How things are said to a person. */
final class Words {
  private static final DateTimeFormatter THIS_YEAR =
      DateTimeFormatter.ofPattern("EEE d MMM", Locale.ROOT);
  private static final DateTimeFormatter OTHER_YEAR =
      DateTimeFormatter.ofPattern("d MMM uuuu", Locale.ROOT);
  private static final int FIRST_CONTROL_PICTURE = 0x2400;
  private static final int DELETE = 0x7f;
  private static final int DELETE_PICTURE = 0x2421;

  private Words() {}

  /** Of a day, seen from today; nothing for no day. */
  static String day(@Nullable LocalDate day, LocalDate today) {
    if (day == null) {
      return "";
    }
    long ahead = ChronoUnit.DAYS.between(today, day);
    if (ahead >= -1 && ahead <= 1) {
      return ahead == 0 ? "today" : ahead > 0 ? "tomorrow" : "yesterday";
    }
    return day.format(day.getYear() == today.getYear() ? THIS_YEAR : OTHER_YEAR);
  }

  static String count(long number, String one, String many) {
    return String.format(Locale.ROOT, "%,d %s", number, number == 1 ? one : many);
  }

  /** Of anybody's text: on one line, and without what would steer a terminal. */
  static String shown(String text) {
    return text.codePoints()
        .mapToObj(c -> Character.toString(harmless(c)))
        .collect(Collectors.joining());
  }

  private static int harmless(int c) {
    if (c < ' ') {
      return FIRST_CONTROL_PICTURE + c;
    }
    if (c == DELETE) {
      return DELETE_PICTURE;
    }
    return steers(c) ? 0xfffd : c;
  }

  /** Whether it does something to a terminal or to the text around it. */
  static boolean steers(int c) {
    return Character.getType(c) == Character.CONTROL
        || (c >= 0x202a && c <= 0x202e)
        || (c >= 0x2066 && c <= 0x2069);
  }

  /** Of an exception, in whatever words it has; some of files have none but the file's name. */
  static String of(Exception thrown) {
    @Nullable String message =
        switch (thrown) {
          case NoSuchFileException _ -> "there is no such file or folder";
          case AccessDeniedException _ -> "that is not allowed";
          case FileSystemException it when it.getReason() != null -> it.getReason();
          default -> thrown.getMessage();
        };
    return message == null ? thrown.getClass().getSimpleName() : message;
  }
}
