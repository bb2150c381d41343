package dev.tend.web;

import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.eclipse.jetty.server.Request;

/**
 * The name of a request: the same key again is the same request.
 *
 * @param value the client's, or else one of ours
 * @param isOfAChange false for a request that may be repeated anyway
 */
record IdempotencyKey(String value, boolean isOfAChange) {
  static final String HEADER = "Idempotency-Key";
  private static final Pattern FORM = Pattern.compile("[\\x21-\\x7e]{1,255}");

  static IdempotencyKey of(Request request) {
    boolean change =
        switch (request.getMethod()) {
          case "GET", "HEAD", "OPTIONS" -> false;
          default -> true;
        };
    List<String> given = request.getHeaders().getValuesList(HEADER);
    if (given.isEmpty()) {
      return new IdempotencyKey(UUID.randomUUID().toString(), change);
    }
    return new IdempotencyKey(require(given.size() == 1 ? given.getFirst() : "", HEADER), change);
  }

  /**
   * @throws Refusal about that field if the text is no key
   */
  static String require(String text, String field) {
    if (!FORM.matcher(text).matches()) {
      throw new Refusal(
              Problem.MALFORMED, "An idempotency key has 1 to 255 visible ASCII characters.")
          .about(field);
    }
    return text;
  }
}
