package dev.tend.web;

import dev.tend.todo.Hindrance;
import dev.tend.todo.list.InvalidField;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** A problem on its way to be the answer, as {@code application/problem+json} (RFC 9457). */
final class Refusal extends RuntimeException {
  private final int status;
  private String hindrance = Hindrance.Kind.OTHER.word();
  private final transient ObjectNode body;
  private final transient Map<String, String> headers = new HashMap<>();

  Refusal(Problem problem, String detail) {
    this(problem.status(), problem.type(), problem.title(), detail);
  }

  private Refusal(int status, String type, String title, @Nullable String detail) {
    super(detail, null, false, false);
    this.status = status;
    this.body = Json.object().put("type", type).put("title", title).put("status", status);
    if (detail != null) {
      body.put("detail", detail);
    }
  }

  /** A problem of which only the HTTP status is known, and how HTTP calls it. */
  static Refusal of(int status, String title, @Nullable String detail) {
    return Arrays.stream(Problem.values())
        .filter(problem -> problem.status() == status)
        .findFirst()
        .map(problem -> new Refusal(status, problem.type(), problem.title(), detail))
        .orElseGet(() -> new Refusal(status, "about:blank", title, detail));
  }

  /** Nothing happened. */
  static Refusal unavailable(Hindrance why, Duration retryAfter) {
    return unavailable(why.kind().word(), why.sentence(), retryAfter);
  }

  /** Nothing happened, for a reason that is the server's own. */
  static Refusal unavailable(OwnHindrance kind, String sentence, Duration retryAfter) {
    return unavailable(kind.word(), sentence, retryAfter);
  }

  private static Refusal unavailable(String hindrance, String sentence, Duration retryAfter) {
    Refusal refusal = new Refusal(Problem.UNAVAILABLE, "Not now: " + sentence + ".");
    refusal.hindrance = hindrance;
    return refusal.with("hindrance", hindrance).retryAfter(retryAfter);
  }

  /** What kind of reason, where nothing happened. */
  String hindrance() {
    return hindrance;
  }

  /** All that {@link #hindrance} may be. */
  static Stream<String> hindrances() {
    return Stream.concat(
        Stream.of(Hindrance.Kind.values()).map(Hindrance.Kind::word),
        Stream.of(OwnHindrance.values()).map(OwnHindrance::word));
  }

  /** Nobody knows what happened. */
  static Refusal unknown(String reason) {
    return new Refusal(
        Problem.UNKNOWN,
        reason + ". Send the same request with the same Idempotency-Key: it acts once.");
  }

  /** A header of the answer, if it has that. */
  @Nullable String header(String name) {
    return headers.get(name);
  }

  /** Adds a member of the body. */
  Refusal with(String member, String value) {
    body.put(member, value);
    return this;
  }

  /** Names the one field that is to blame. */
  Refusal about(String field) {
    return with("field", field);
  }

  /** In whole seconds, at least one. */
  Refusal retryAfter(Duration time) {
    return header("Retry-After", Long.toString(seconds(time)));
  }

  static long seconds(Duration retryAfter) {
    return Math.max(1, retryAfter.plusMillis(999).toSeconds());
  }

  Refusal header(String name, String value) {
    headers.put(name, value);
    return this;
  }

  /** What a person has typed is not taken. */
  static Refusal of(InvalidField invalid) {
    return new Refusal(Problem.INVALID, invalid.field() + " " + invalid.getMessage())
        .about(invalid.field());
  }

  int status() {
    return status;
  }

  ObjectNode body() {
    return body;
  }

  Answer answer() {
    Answer answer = Answer.text(status, "application/problem+json", body.toString());
    for (Map.Entry<String, String> header : headers.entrySet()) {
      answer = answer.with(header.getKey(), header.getValue());
    }
    return answer;
  }
}
