package dev.tend.web;

import dev.tend.todo.Catalog;
import dev.tend.todo.Command;
import dev.tend.todo.Published;
import dev.tend.todo.Stored;
import dev.tend.todo.journal.CatalogEntry;
import dev.tend.todo.journal.Created;
import dev.tend.todo.journal.NewList;
import dev.tend.todo.list.TodoList;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The lists there are. */
final class Lists {
  private static final int USUAL_PAGE = 100;
  private static final int MOST = 1_000;

  private Lists() {}

  static Answer page(Exchange exchange) {
    Query query = exchange.query("limit", "after");
    int limit = query.limit(USUAL_PAGE, MOST);
    // One more than asked for tells whether there is a next page.
    List<CatalogEntry> found =
        switch (Catalog.page(Command.LOCAL, query.after().orElse(""), limit + 1)) {
          case Stored.Done<List<CatalogEntry>>(long _, List<CatalogEntry> page) -> page;
          case Stored.Unavailable<List<CatalogEntry>>(String reason) -> throw unavailable(reason);
          case Stored.Unknown<List<CatalogEntry>>(String reason) -> throw unavailable(reason);
        };
    List<CatalogEntry> page = found.subList(0, Math.min(limit, found.size()));
    ObjectNode body = Json.object();
    ArrayNode lists = body.putArray("lists");
    page.forEach(list -> lists.add(View.of(list)));
    if (found.size() > limit) {
      body.put("next", Cursor.of(page.getLast().name()));
    }
    return Answer.json(200, body);
  }

  private static Refusal unavailable(String reason) {
    return Refusal.unavailable(reason, Duration.ofSeconds(1));
  }

  static Answer create(Exchange exchange) {
    Exchange.Sent sent = exchange.json();
    Members members = new Members(sent.json());
    String name = members.text("name");
    members.noOthers();
    if (!sent.command().ifMatch().isEmpty()) {
      throw new Refusal(Problem.STALE, "A list that is not there yet has no version.")
          .about("If-Match");
    }
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    NewList wish = new NewList(Command.LOCAL, name, now, sent.command().origin(), false);
    return switch (Catalog.create(wish, sent.command().deadline())) {
      case Stored.Done<Created>(long _, Created created) -> answer(created);
      case Stored.Unavailable<Created>(String reason) -> throw unavailable(reason);
      case Stored.Unknown<Created>(String reason) -> throw Refusal.unknown(reason);
    };
  }

  /** A repetition is answered as the first time. */
  private static Answer answer(Created created) {
    return switch (created) {
      case Created.Made(CatalogEntry list, boolean _) ->
          Answer.json(201, View.of(list))
              .with("Location", View.url(list.id()))
              .withTag(new Published(list, TodoList.empty()).etag());
      case Created.NameTaken(CatalogEntry by) ->
          throw new Refusal(Problem.NAME_TAKEN, "A list of this name is at " + View.url(by.id()))
              .about("name")
              .with("existing", View.url(by.id()));
      case Created.KeyReused() -> throw Entries.keyReused();
    };
  }

  static Answer read(Exchange exchange) {
    exchange.query();
    Published list = Entries.published(exchange.list());
    return Entries.unlessKnown(exchange, list.etag(), () -> View.of(list));
  }
}
