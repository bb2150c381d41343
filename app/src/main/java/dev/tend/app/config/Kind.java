package dev.tend.app.config;

import java.net.InetAddress;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which values a setting may have, and how they are written.
 *
 * @param expected ends the sentence "is to be …"
 * @param form how TOML and JSON write it
 * @param reader from the text of an option, of an environment variable or of the file; empty for a
 *     text that is no such value
 */
public record Kind<T>(String expected, Form form, Function<String, Optional<T>> reader) {
  private static final String LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?";
  private static final Pattern HOST =
      Pattern.compile(
          "(?<name>%1$s(?:\\.%1$s)*|\\[[0-9A-Fa-f:.]+])(?::(?<port>[0-9]{1,5}))?".formatted(LABEL));

  /** What ends in a number is an address to browsers, of which they send the usual form alone. */
  private static final Pattern NUMERIC = Pattern.compile("(?:.*\\.)?(?:[0-9]+|0[xX][0-9A-Fa-f]*)");

  private static final Pattern USUAL = Pattern.compile("(?:(?:0|[1-9][0-9]{0,2})(?:\\.|$)){4}");
  private static final int LAST_PORT = 65_535;

  /** How a value is written where values have types. */
  public enum Form {
    TEXT,
    /** In the file it may be relative to the file's folder. */
    PATH,
    NUMBER,
    /** Elsewhere they are separated by commas. */
    TEXTS
  }

  public static Kind<Integer> number(int least, int most) {
    return new Kind<>(
        "a whole number from %d to %d".formatted(least, most),
        Form.NUMBER,
        text -> whole(text).filter(number -> number >= least && number <= most));
  }

  private static Optional<Integer> whole(String text) {
    try {
      return Optional.of(Integer.valueOf(text));
    } catch (NumberFormatException notOne) {
      return Optional.empty();
    }
  }

  public static Kind<Duration> time(Duration least, Duration most) {
    return new Kind<>(
        "a time from %s to %s, such as 90s, 10m, 2h or 1d"
            .formatted(Times.shown(least), Times.shown(most)),
        Form.TEXT,
        text ->
            Times.read(text)
                .filter(time -> time.compareTo(least) >= 0 && time.compareTo(most) <= 0));
  }

  /** The constants' names in lower case. */
  public static <E extends Enum<E>> Kind<E> oneOf(Class<E> type) {
    List<E> all = List.of(type.getEnumConstants());
    List<String> words = all.stream().map(Kind::word).toList();
    String last = words.getLast();
    return new Kind<>(
        String.join(", ", words.subList(0, words.size() - 1)) + " or " + last,
        Form.TEXT,
        text -> all.stream().filter(one -> word(one).equals(text)).findFirst());
  }

  private static String word(Enum<?> one) {
    return one.name().toLowerCase(Locale.ROOT);
  }

  public static Kind<Path> folder() {
    return new Kind<>("the path of a folder", Form.PATH, Kind::path);
  }

  private static Optional<Path> path(String text) {
    try {
      return text.isBlank() ? Optional.empty() : Optional.of(Path.of(text));
    } catch (InvalidPathException notOne) {
      return Optional.empty();
    }
  }

  /** No names: to look one up is to ask somebody. Without the brackets that it has in a URL. */
  public static Kind<String> address() {
    return new Kind<>(
        "an IP address, such as 127.0.0.1, ::1 or 0.0.0.0",
        Form.TEXT,
        text -> isAddress(text) ? Optional.of(text) : Optional.empty());
  }

  private static boolean isAddress(String text) {
    try {
      InetAddress.ofLiteral(text);
      return !text.startsWith("[");
    } catch (IllegalArgumentException notOne) {
      return false;
    }
  }

  public static Kind<List<String>> hosts() {
    return new Kind<>(
        "names or whole IP addresses of hosts, each alone or with a :port from 1 to 65535, such as"
            + " tend.example.org",
        Form.TEXTS,
        text -> {
          List<String> all =
              Arrays.stream(text.split(",", -1))
                  .map(String::strip)
                  .filter(host -> !host.isEmpty())
                  .toList();
          return all.stream().allMatch(Kind::isHost) ? Optional.of(all) : Optional.empty();
        });
  }

  private static boolean isHost(String text) {
    Matcher host = HOST.matcher(text);
    return host.matches() && isName(host.group("name")) && isPort(host.group("port"));
  }

  private static boolean isName(String name) {
    if (name.startsWith("[")) {
      return name.contains(":") && isAddress(name.substring(1, name.length() - 1));
    }
    return !NUMERIC.matcher(name).matches() || (USUAL.matcher(name).matches() && isAddress(name));
  }

  private static boolean isPort(@Nullable String digits) {
    int port = digits == null ? LAST_PORT : Integer.parseInt(digits);
    return port >= 1 && port <= LAST_PORT;
  }

  /** The same, or a word that says: none. */
  public Kind<Optional<T>> or(String word) {
    return new Kind<>(
        expected + ", or " + word,
        form,
        text -> text.equals(word) ? Optional.of(Optional.empty()) : whole(reader.apply(text)));
  }

  private static <T> Optional<Optional<T>> whole(Optional<T> value) {
    return value.isPresent() ? Optional.of(value) : Optional.empty();
  }
}
