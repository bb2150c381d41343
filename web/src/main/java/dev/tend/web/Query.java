package dev.tend.web;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Fields;
import org.eclipse.jetty.util.UrlEncoded;

/** What stands behind the question mark: known parameters, each at most once. */
final class Query {
  private final Fields fields;

  private Query(Fields fields) {
    this.fields = fields;
  }

  /**
   * @throws Refusal if it is malformed, or has a parameter that is not known
   */
  static Query of(Request request, Set<String> known) {
    Fields fields = fields(request);
    for (Fields.Field field : fields) {
      if (!known.contains(field.getName())) {
        throw bad(field.getName(), "There is no such parameter here.");
      }
      if (field.hasMultipleValues()) {
        throw bad(field.getName(), "A parameter is given once.");
      }
    }
    return new Query(fields);
  }

  /**
   * All values of the one parameter that there may be, in order.
   *
   * @throws Refusal if the query is malformed, or has another parameter
   */
  static List<String> each(Request request, String name) {
    Fields fields = fields(request);
    for (Fields.Field field : fields) {
      if (!name.equals(field.getName())) {
        throw bad(field.getName(), "There is no such parameter here.");
      }
    }
    return fields.getValuesOrEmpty(name);
  }

  private static Fields fields(Request request) {
    Fields fields = new Fields(true);
    try {
      // Strictly, which Jetty is not where it lets through any path.
      UrlEncoded.decodeUtf8To(
          Objects.requireNonNullElse(request.getHttpURI().getQuery(), ""), fields);
      return fields;
    } catch (IllegalArgumentException e) {
      throw new Refusal(Problem.MALFORMED, "The query is not properly encoded.");
    }
  }

  private static Refusal bad(String name, String detail) {
    return new Refusal(Problem.MALFORMED, detail).about(name);
  }

  Optional<String> text(String name) {
    return Optional.ofNullable(fields.getValue(name));
  }

  /** How many things a page has at most: {@code limit}. */
  int limit(int usual, int most) {
    return text("limit")
        .map(text -> {
          if (!text.matches("[0-9]{1,9}")
              || Integer.parseInt(text) < 1
              || Integer.parseInt(text) > most) {
            throw bad("limit", "A number from 1 to " + most + " is expected.");
          }
          return Integer.parseInt(text);
        })
        .orElse(usual);
  }

  Optional<Boolean> truth(String name) {
    return text(name)
        .map(text ->
            switch (text) {
              case "true" -> true;
              case "false" -> false;
              default -> throw bad(name, "true or false is expected.");
            });
  }

  /** A positive number. */
  Optional<Long> number(String name) {
    return text(name)
        .map(text -> {
          if (!text.matches("[1-9][0-9]{0,17}")) {
            throw bad(name, "A positive number is expected.");
          }
          return Long.parseLong(text);
        });
  }

  /** A moment, with its offset from UTC. */
  Optional<Instant> instant(String name) {
    return text(name)
        .map(text -> {
          try {
            // A plus that is not encoded has come as a space.
            return OffsetDateTime.parse(text.replace(' ', '+')).toInstant();
          } catch (DateTimeException e) {
            throw new Refusal(
                    Problem.INVALID,
                    "A time is written 2026-11-27T18:00:00Z, or with an offset as +01:00.")
                .about(name);
          }
        });
  }

  Optional<LocalDate> date(String name) {
    return text(name).map(text -> Dates.read(name, text));
  }

  /** Where the page before ended: {@code after}. */
  Optional<String> after() {
    return text("after").map(Cursor::read);
  }
}
