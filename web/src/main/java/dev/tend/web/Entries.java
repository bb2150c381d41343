package dev.tend.web;

import dev.tend.todo.Published;
import dev.tend.todo.Reading;
import dev.tend.todo.TodoCache;
import dev.tend.todo.journal.ListId;
import dev.tend.todo.list.Entry;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads of a list: its published state, whole, without asking its process. */
final class Entries {
  private static final int MOST = 1_000;

  private Entries() {}

  static Answer page(Exchange exchange) {
    Query query = exchange.query("date", "limit", "after");
    int limit = query.limit(MOST, MOST);
    int after = query.after().map(Entries::place).orElse(0);
    Published list = published(exchange.list());
    Collection<Entry> all =
        query
            .date("date")
            .map(list.list()::entries)
            .orElseGet(() -> list.list().entriesAfter(after));
    return unlessKnown(
        exchange,
        list.etag(),
        () -> {
          // One more than asked for tells whether there is a next page.
          List<Entry> found = all.stream().filter(e -> e.id() > after).limit(limit + 1L).toList();
          List<Entry> page = found.subList(0, Math.min(limit, found.size()));
          ObjectNode body = Json.object();
          ArrayNode entries = body.putArray("entries");
          page.forEach(entry -> entries.add(View.of(entry, list.etag(entry))));
          if (found.size() > limit) {
            body.put("next", Cursor.of(Integer.toString(page.getLast().id())));
          }
          return body;
        });
  }

  private static int place(String cursor) {
    if (!cursor.matches("[1-9][0-9]{0,8}")) {
      throw Cursor.foreign();
    }
    return Integer.parseInt(cursor);
  }

  static Answer read(Exchange exchange) {
    exchange.query();
    int number = exchange.entry();
    Published list = published(exchange.list());
    Entry entry = list.list().entry(number).orElseThrow(Exchange::noSuchEntry);
    String etag = list.etag(entry);
    return unlessKnown(exchange, etag, () -> View.of(entry, etag));
  }

  static Published published(ListId list) {
    return switch (TodoCache.read(list)) {
      case Reading.Found(Published published) -> published;
      case Reading.NoSuchList() -> throw Exchange.noSuchList();
      case Reading.Unavailable(String reason, Duration retryAfter) ->
          throw Refusal.unavailable(reason, retryAfter);
    };
  }

  /** 304 for a client that has this version. */
  static Answer unlessKnown(Exchange exchange, String etag, Supplier<ObjectNode> body) {
    return Tags.isKnown(exchange.request(), etag)
        ? Answer.empty(304).withTag(etag)
        : Answer.json(200, body.get()).withTag(etag);
  }

  static Refusal keyReused() {
    return new Refusal(
            Problem.KEY_REUSED, "This key came before with another method, path or body.")
        .about(IdempotencyKey.HEADER);
  }
}
