package dev.tend.web;

import dev.tend.todo.Catalog;
import dev.tend.todo.Command;
import dev.tend.todo.Hindrance;
import dev.tend.todo.Published;
import dev.tend.todo.Stored;
import dev.tend.todo.journal.CatalogEntry;
import dev.tend.todo.journal.CatalogPlace;
import dev.tend.todo.journal.ListId;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads of the lists there are. */
final class Lists {
  private static final int USUAL_PAGE = 100;
  private static final int MOST = 1_000;

  private Lists() {}

  static Answer page(Exchange exchange) {
    Query query = exchange.query("limit", "after", "text", "deleted");
    int limit = query.limit(USUAL_PAGE, MOST);
    String text = query.text("text").orElse("");
    boolean trash = query.truth("deleted").orElse(false);
    CatalogPlace after = query.after().map(Lists::place).orElse(CatalogPlace.BEGIN);
    // One more than asked for tells whether there is a next page.
    List<CatalogEntry> found = find(text, trash, after, limit + 1);
    List<CatalogEntry> page = found.subList(0, Math.min(limit, found.size()));
    ObjectNode body = Json.object();
    ArrayNode lists = body.putArray("lists");
    page.forEach(list -> lists.add(View.of(list)));
    if (found.size() > limit) {
      body.put("next", Cursor.of(page.getLast().id() + page.getLast().name()));
    }
    return Answer.json(200, body);
  }

  private static List<CatalogEntry> find(
      String text, boolean trash, CatalogPlace after, int limit) {
    return switch (Catalog.search(Command.LOCAL, trash, text, after, limit)) {
      case Stored.Done<List<CatalogEntry>>(long _, List<CatalogEntry> found) -> found;
      case Stored.Unavailable<List<CatalogEntry>>(Hindrance why) -> throw unavailable(why);
      case Stored.Unknown<List<CatalogEntry>>(Hindrance why) -> throw unavailable(why);
    };
  }

  private static CatalogPlace place(String cursor) {
    int end = Math.min(32, cursor.length());
    if (!ListId.isId(cursor.substring(0, end))) {
      throw Cursor.foreign();
    }
    return new CatalogPlace(cursor.substring(end), cursor.substring(0, end));
  }

  static Refusal unavailable(Hindrance why) {
    return Refusal.unavailable(why, Duration.ofSeconds(1));
  }

  static Answer read(Exchange exchange) {
    exchange.query();
    Published list = Entries.published(exchange.list());
    return Entries.unlessKnown(exchange, list.etag(), () -> View.of(list));
  }
}
