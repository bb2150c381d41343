package dev.tend.web;

import dev.tend.web.page.Piece;
import dev.tend.web.page.Site;
import java.util.List;

/** The routes of what a browser shows. */
final class Pages {
  private static final Site SITE = new Site("index", "api", "status");

  /** All of them are the one page, which looks at its own address. */
  private static final List<String> PLACES =
      List.of("/", "/all", "/today", "/upcoming", "/lists/{id}", "/lists/{id}/entries/{n}");

  private Pages() {}

  static Routes addTo(Routes routes) {
    routes.on("GET", "/api", showing(SITE.page("api")));
    PLACES.forEach(place -> routes.on("GET", place, showing(SITE.page("index"))));
    routes.on("GET", "/status", showing(SITE.page("status")));
    SITE.files().forEach((path, file) -> routes.on("GET", path, showing(file)));
    return routes;
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
