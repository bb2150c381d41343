package dev.tend.web;

import dev.tend.todo.Published;
import dev.tend.todo.Reading;
import dev.tend.todo.TodoCache;
import dev.tend.todo.journal.ListId;
import dev.tend.todo.list.Entry;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
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
    Optional<Integer> after = query.after().map(Entries::place);
    Optional<LocalDate> date = query.date("date");
    Published list = published(exchange.list());
    if (Tags.isKnown(exchange.request(), list.etag())) {
      return unchanged(list.etag());
    }
    return date.isEmpty() && after.isEmpty() && limit == MOST
        ? list.form(FirstPage.class, FirstPage::of).answer()
        : page(list, date, after.orElse(0), limit);
  }

  /** What most readers want, encoded once for all of them. */
  record FirstPage(Answer answer) {
    static FirstPage of(Published list) {
      return new FirstPage(page(list, Optional.empty(), 0, MOST));
    }
  }

  private static Answer page(Published list, Optional<LocalDate> date, int after, int limit) {
    Collection<Entry> all =
        date.map(list.list()::entries).orElseGet(() -> list.list().entriesAfter(after));
    // One more than asked for tells whether there is a next page.
    List<Entry> found = all.stream().filter(e -> e.id() > after).limit(limit + 1L).toList();
    List<Entry> page = found.subList(0, Math.min(limit, found.size()));
    ObjectNode body = Json.object();
    ArrayNode entries = body.putArray("entries");
    page.forEach(entry -> entries.add(View.of(entry, list.etag(entry))));
    if (found.size() > limit) {
      body.put("next", Cursor.of(Integer.toString(page.getLast().id())));
    }
    return Answer.json(200, body).withTag(list.etag());
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
        ? unchanged(etag)
        : Answer.json(200, body.get()).withTag(etag);
  }

  static Answer unchanged(String etag) {
    return Answer.empty(304).withTag(etag);
  }

  static Refusal keyReused() {
    return new Refusal(
            Problem.KEY_REUSED, "This key came before with another method, path or body.")
        .about(IdempotencyKey.HEADER);
  }
}
