package dev.tend.web;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a request is answered with. Immutable: one may be sent any number of times.
 *
 * @param body read-only
 * @param feed what writes the body instead, for as long as it goes on; or null
 */
record Answer(int status, HttpFields fields, ByteBuffer body, @Nullable Feed feed) {
  private static final HttpField MUST_BE_ASKED_ABOUT =
      new PreEncodedHttpField(HttpHeader.CACHE_CONTROL, "no-cache");
  private static final HttpFields USUAL =
      HttpFields.build()
          .add(new PreEncodedHttpField(HttpHeader.CACHE_CONTROL, "no-store"))
          .add(new PreEncodedHttpField("X-Content-Type-Options", "nosniff"))
          .add(new PreEncodedHttpField("Cross-Origin-Resource-Policy", "same-origin"))
          .asImmutable();
  private static final HttpField EVENTS =
      new PreEncodedHttpField(HttpHeader.CONTENT_TYPE, "text/event-stream");
  private static final HttpField JSON =
      new PreEncodedHttpField(HttpHeader.CONTENT_TYPE, "application/json");

  Answer(int status, HttpFields fields, ByteBuffer body) {
    this(status, fields, body, null);
  }

  /** A stream of server-sent events. */
  static Answer events(Feed feed) {
    return new Answer(
        200, HttpFields.build(USUAL).add(EVENTS).asImmutable(), ByteBuffer.allocate(0), feed);
  }

  static Answer empty(int status) {
    return new Answer(status, USUAL, ByteBuffer.allocate(0));
  }

  static Answer json(int status, JsonNode body) {
    return of(status, JSON, body.toString());
  }

  /** JSON that has been written already. */
  static Answer encoded(String json) {
    return of(200, JSON, json);
  }

  static Answer text(int status, String type, String body) {
    return of(status, new HttpField(HttpHeader.CONTENT_TYPE, type), body);
  }

  /**
   * @param body read-only
   */
  static Answer bytes(int status, String type, ByteBuffer body) {
    return of(status, new HttpField(HttpHeader.CONTENT_TYPE, type), body);
  }

  private static Answer of(int status, HttpField type, String body) {
    return of(
        status, type, ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8)).asReadOnlyBuffer());
  }

  private static Answer of(int status, HttpField type, ByteBuffer body) {
    return new Answer(status, HttpFields.build(USUAL).add(type).asImmutable(), body);
  }

  /** With a header. What has an ETag may be kept, and must be asked about. */
  Answer with(String header, String value) {
    HttpFields.Mutable more = HttpFields.build(fields).put(header, value);
    if (HttpHeader.ETAG.is(header)) {
      more.put(MUST_BE_ASKED_ABOUT);
    }
    return new Answer(status, more.asImmutable(), body, feed);
  }

  Answer withTag(String etag) {
    return with("ETag", Tags.quoted(etag));
  }

  /**
   * Writes it, for a client that reads at this pace at least. A body of which not all has come is
   * not waited for: the connection ends.
   */
  void send(Request request, Response response, Callback callback, Pace pace) {
    Response plain = Response.getOriginalResponse(response);
    @Nullable String tag =
        status == HttpStatus.NOT_MODIFIED_304 ? fields.get(HttpHeader.ETAG) : null;
    if (tag != null && response != plain) {
      // Jetty's compression would put all that the client has asked about into the tag.
      String known = Compressed.askedAbout(request, tag);
      new Answer(status, HttpFields.build(fields).put(HttpHeader.ETAG, known).asImmutable(), body)
          .send(request, plain, callback, pace);
      return;
    }
    response.setStatus(status);
    HttpFields.Mutable head = response.getHeaders();
    for (HttpField field : fields) {
      head.put(field);
    }
    Callback end = callback;
    if (Lingering.isNeeded(request)) {
      head.put(HttpHeader.CONNECTION, "close");
      end = Lingering.before(callback, request);
    }
    if (feed == null || request.getMethod().equals("HEAD")) {
      pace.write(body.slice(), request, response, end);
    } else {
      EventWriter.run(feed, request, response, end);
    }
  }
}
