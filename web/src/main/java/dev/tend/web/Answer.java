package dev.tend.web;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import tools.jackson.databind.JsonNode;

/** What a request is answered with. Immutable. */
record Answer(int status, Map<String, String> headers, String body) {

  static Answer empty(int status) {
    return new Answer(status, Map.of(), "");
  }

  static Answer json(int status, JsonNode body) {
    return text(status, "application/json", body.toString());
  }

  static Answer text(int status, String type, String body) {
    return new Answer(status, Map.of("Content-Type", type), body);
  }

  Answer with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new Answer(status, Map.copyOf(more), body);
  }

  /** With a validator: it may be kept, and must be asked about. */
  Answer withTag(String etag) {
    return with("ETag", Tags.quoted(etag));
  }

  /** Writes it. A body of which not all has come is not waited for: the connection closes. */
  void send(Request request, Response response, Callback callback) {
    HttpFields.Mutable fields = response.getHeaders();
    response.setStatus(status);
    fields.put(HttpHeader.CACHE_CONTROL, headers.containsKey("ETag") ? "no-cache" : "no-store");
    fields.put("X-Content-Type-Options", "nosniff");
    fields.put("Cross-Origin-Resource-Policy", "same-origin");
    headers.forEach(fields::put);
    if (!request.consumeAvailable()) {
      fields.put(HttpHeader.CONNECTION, "close");
    }
    response.write(true, ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8)), callback);
  }
}
