package dev.tend.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The API in the words of OpenAPI 3.1. */
final class Description {
  private static final String TEXT = read();
  private static final String ETAG = Exchange.hash(TEXT).substring(0, 16);
  private static final Answer WHOLE = Answer.text(200, "application/json", TEXT).withTag(ETAG);

  private Description() {}

  static Answer read(Exchange exchange) {
    exchange.query();
    return Tags.isKnown(exchange.request(), ETAG) ? Entries.unchanged(ETAG) : WHOLE;
  }

  private static String read() {
    try (InputStream in = Description.class.getResourceAsStream("openapi.json")) {
      if (in == null) {
        throw new IllegalStateException("the program is incomplete: no openapi.json");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
