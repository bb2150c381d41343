package dev.tend.web;

import dev.tend.todo.Catalog;
import dev.tend.todo.Deadline;
import dev.tend.todo.Stored;
import dev.tend.todo.journal.CatalogEntry;
import dev.tend.todo.journal.ListId;
import dev.tend.web.page.Piece;
import dev.tend.web.page.Site;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/** The routes of what a browser shows. */
final class Pages {
  private static final Site SITE = new Site("index", "api", "status");

  /** All of them are the one page, which looks at its own address. */
  private static final List<String> PLACES = List.of("/", "/all", "/today", "/upcoming");

  private static final List<String> LISTS = List.of("/lists/{id}", "/lists/{id}/entries/{n}");

  private static final Duration PATIENCE = Duration.ofMillis(500);

  private Pages() {}

  static Routes addTo(Routes routes) {
    routes.on("GET", "/api", showing(SITE.page("api")));
    PLACES.forEach(place -> routes.on("GET", place, showing(SITE.page("index"))));
    LISTS.forEach(place -> routes.on("GET", place, showingList(SITE.page("index"))));
    routes.on("GET", "/status", showing(SITE.page("status")));
    SITE.files().forEach((path, file) -> routes.on("GET", path, showing(file)));
    return routes.elsewhere(sayingThatNothingIsThere(SITE.page("index")));
  }

  /** The page, which says so itself where there is no such list: as the status does. */
  private static Action showingList(Piece piece) {
    Action whole = showing(piece);
    Answer lost = lost(piece);
    return exchange -> isLost(exchange) ? lost : whole.answer(exchange);
  }

  private static Answer lost(Piece piece) {
    return said(Answer.bytes(404, piece.type(), piece.body()), piece)
        .with("Cache-Control", "no-store");
  }

  /** The page, which says so itself, to who looks there with a browser. */
  private static Action sayingThatNothingIsThere(Piece piece) {
    Answer lost = lost(piece);
    return exchange -> {
      if (isLookedAt(exchange.request())) {
        return lost;
      }
      throw Routes.nothingThere();
    };
  }

  /** Whether someone reads there with a browser. */
  static boolean isLookedAt(Request request) {
    boolean reads = List.of("GET", "HEAD").contains(request.getMethod());
    return reads
        && !Request.getPathInContext(request).startsWith("/api/")
        && request.getHeaders().contains(HttpHeader.ACCEPT, "text/html");
  }

  /** Whether it is known that there is none; while the catalogue is away it is not. */
  private static boolean isLost(Exchange exchange) {
    String id = exchange.variables().getOrDefault("id", "");
    return !ListId.isId(id)
        || (Catalog.find(new ListId(id), Deadline.in(PATIENCE))
                instanceof Stored.Done<Optional<CatalogEntry>>(long _, var list)
            && list.isEmpty());
  }

  private static Action showing(Piece piece) {
    Answer whole = said(Answer.bytes(200, piece.type(), piece.body()), piece);
    Answer unchanged = said(Answer.empty(304), piece);
    return exchange -> Tags.isKnown(exchange.request(), piece.etag()) ? unchanged : whole;
  }

  private static Answer said(Answer answer, Piece piece) {
    Answer said = answer.withTag(piece.etag());
    for (var header : piece.headers().entrySet()) {
      said = said.with(header.getKey(), header.getValue());
    }
    return said;
  }
}
