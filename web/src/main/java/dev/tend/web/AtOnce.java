package dev.tend.web;

import dev.tend.todo.ListClient;
import dev.tend.todo.Published;
import dev.tend.todo.journal.ListId;
import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/**
 * Answers what takes neither waiting nor work, on the thread that has read the request: the entries
 * of a published list, if they are encoded already or the client has them. A request about which
 * anything is unusual is left to {@link Routes}; to those that are answered here it would say the
 * same.
 */
final class AtOnce {
  private static final String BEFORE = Api.LISTS + "/";
  private static final String AFTER = "/entries";

  /** The route to which it is an answer. */
  static final String TEMPLATE = BEFORE + "{id}" + AFTER;

  /** More than this takes its time to write. */
  private static final int MOST_BYTES = 256 * 1024;

  private AtOnce() {}

  static Optional<Answer> answer(Request request, OwnHost own) {
    HttpFields headers = request.getHeaders();
    String path = Request.getPathInContext(request);
    if (!path.startsWith(BEFORE)
        || !path.endsWith(AFTER)
        || request.getHttpURI().getQuery() != null
        || request.getHttpURI().hasViolations()
        || !(request.getMethod().equals("GET") || request.getMethod().equals("HEAD"))
        || headers.contains(IdempotencyKey.HEADER)
        || headers.contains(HttpHeader.TRANSFER_ENCODING)) {
      return Optional.empty();
    }
    String id = path.substring(BEFORE.length(), path.length() - AFTER.length());
    return ListId.isId(id) ? answer(request, own, headers, new ListId(id)) : Optional.empty();
  }

  private static Optional<Answer> answer(
      Request request, OwnHost own, HttpFields headers, ListId id) {
    try {
      own.require(request);
      Optional<Published> list = ListClient.published(id);
      if (list.isEmpty()) {
        return Optional.empty();
      }
      String etag = list.get().etag();
      return headers.contains(HttpHeader.IF_NONE_MATCH) && Tags.isKnown(request, etag)
          ? Optional.of(Entries.unchanged(etag))
          : list.get()
              .form(Entries.FirstPage.class)
              .map(Entries.FirstPage::answer)
              .filter(page -> page.body().remaining() <= MOST_BYTES);
    } catch (RuntimeException sayableByRoutes) {
      return Optional.empty();
    }
  }
}
