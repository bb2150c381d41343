package dev.tend.app.shell;

import dev.tend.otp.process.ProcessInfo;
import dev.tend.otp.process.Processes;
import dev.tend.todo.Catalog;
import dev.tend.todo.Command;
import dev.tend.todo.Stored;
import dev.tend.todo.journal.CatalogEntry;
import dev.tend.todo.journal.CatalogPlace;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How what stands before the cursor can go on: Java by what JShell knows of it, the shell's own
 * commands, and in the text that {@code serverProcess} or {@code whereis} is given the names there
 * are.
 */
final class Suggestions {
  /** Which the shell itself understands. */
  private static final List<String> COMMANDS = List.of("/exit", "/help");

  private static final int MOST = 1_000;

  /** A text that is not closed, as the first argument of a method; what it is so far is group 2. */
  private static final Pattern NAME =
      Pattern.compile("\\b(serverProcess|whereis)\\s*\\(\\s*\"((?:[^\"\\\\\\n]|\\\\.)*)$");

  private Suggestions() {}

  /** Where that begins which is completed. */
  static int start(String line, int cursor) {
    String before = line.substring(0, cursor);
    Matcher name = NAME.matcher(before);
    if (name.find()) {
      return name.start(2);
    }
    if (COMMANDS.stream().anyMatch(it -> it.startsWith(before))) {
      return 0;
    }
    int start = cursor;
    while (start > 0 && Character.isJavaIdentifierPart(line.charAt(start - 1))) {
      start--;
    }
    return start;
  }

  /** What can stand from {@link #start} on. */
  static List<String> of(String line, int cursor, Snippets snippets) {
    String before = line.substring(0, cursor);
    Matcher name = NAME.matcher(before);
    if (name.find()) {
      String typed = name.group(2);
      Stream<String> names = name.group(1).equals("whereis") ? processes() : lists(typed);
      return names
          .map(it -> escaped(it) + "\"")
          .filter(it -> it.startsWith(typed))
          .distinct()
          .sorted()
          .toList();
    }
    if (before.startsWith("/")) {
      return COMMANDS.stream().filter(it -> it.startsWith(before)).toList();
    }
    return snippets.completions(line, cursor, start(line, cursor));
  }

  /**
   * From where the typed beginning stands in the catalogue; what has escapes may stand anywhere.
   */
  private static Stream<String> lists(String typed) {
    CatalogPlace from = typed.contains("\\") ? CatalogPlace.BEGIN : new CatalogPlace(typed, "");
    return Catalog.page(Command.LOCAL, false, from, MOST)
            instanceof Stored.Done<List<CatalogEntry>>(long _, List<CatalogEntry> entries)
        ? entries.stream().map(CatalogEntry::name)
        : Stream.empty();
  }

  private static Stream<String> processes() {
    return Processes.snapshot().processes().stream()
        .map(ProcessInfo::name)
        .filter(Objects::nonNull)
        .map(Object::toString);
  }

  /** As Java writes it between quotes. */
  private static String escaped(String text) {
    return text.chars().mapToObj(c -> escaped((char) c)).collect(Collectors.joining());
  }

  private static String escaped(char c) {
    return switch (c) {
      case '"', '\\' -> "\\" + c;
      case '\n' -> "\\n";
      case '\t' -> "\\t";
      default -> {
        boolean steers =
            Character.getType(c) == Character.CONTROL || Character.getType(c) == Character.FORMAT;
        yield steers ? String.format(Locale.ROOT, "\\u%04x", (int) c) : String.valueOf(c);
      }
    };
  }
}
