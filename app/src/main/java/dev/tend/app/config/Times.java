package dev.tend.app.config;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: a whole number and a unit. */
final class Times {
  private static final Pattern TIME = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");

  private Times() {}

  static Optional<Duration> read(String text) {
    Matcher time = TIME.matcher(text);
    return time.matches()
        ? Optional.of(unit(time.group(2)).multipliedBy(Long.parseLong(time.group(1))))
        : Optional.empty();
  }

  private static Duration unit(String name) {
    return switch (name) {
      case "ms" -> Duration.ofMillis(1);
      case "s" -> Duration.ofSeconds(1);
      case "m" -> Duration.ofMinutes(1);
      case "h" -> Duration.ofHours(1);
      default -> Duration.ofDays(1);
    };
  }

  /** In the largest unit that does it exactly. */
  static String shown(Duration time) {
    for (String name : new String[] {"d", "h", "m", "s"}) {
      Duration unit = unit(name);
      if (!time.isZero() && time.toMillis() % unit.toMillis() == 0) {
        return time.dividedBy(unit) + name;
      }
    }
    return time.toMillis() + "ms";
  }
}
