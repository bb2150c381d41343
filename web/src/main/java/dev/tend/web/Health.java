package dev.tend.web;

import dev.tend.todo.Database;
import java.time.Duration;
import java.util.List;

/** What a supervisor outside of this JVM asks. */
final class Health {
  private Health() {}

  /** The JVM runs, and answers. */
  static Answer live(Exchange exchange) {
    exchange.query();
    return Answer.json(200, Json.object().put("status", "live"));
  }

  /** Requests would be served. */
  static Answer ready(Exchange exchange) {
    exchange.query();
    List<String> reasons = Database.unavailable();
    if (reasons.isEmpty()) {
      return Answer.json(200, Json.object().put("status", "ready"));
    }
    throw Refusal.unavailable(
        OwnHindrance.NOT_READY, String.join("; ", reasons), Duration.ofSeconds(1));
  }
}
