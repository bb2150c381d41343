package dev.tend.web;

import dev.tend.todo.Deadline;
import dev.tend.todo.Hindrance;
import dev.tend.todo.History;
import dev.tend.todo.ListClient;
import dev.tend.todo.Published;
import dev.tend.todo.Reading;
import dev.tend.todo.journal.ListId;
import dev.tend.todo.list.Entry;
import dev.tend.todo.list.TodoList;
import dev.tend.todo.list.Weight;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads of a list: its published state, whole, without asking its process. */
final class Entries {
  private static final int MOST = 1_000;
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private Entries() {}

  static Answer page(Exchange exchange) {
    Query query =
        exchange.query(
            "date", "from", "to", "undated", "done", "text", "revision", "at", "limit", "after");
    int limit = query.limit(MOST, MOST);
    int after = query.after().map(Entries::place).orElse(0);
    Filter filter = Filter.of(query);
    ListId id = exchange.list();
    Optional<Long> revision = query.number("revision");
    Optional<Instant> time = query.instant("at");
    if (revision.isPresent() && time.isPresent()) {
      throw new Refusal(Problem.MALFORMED, "Either a revision is given or a time.").about("at");
    }
    if (revision.isPresent()) {
      return page(asOf(id, revision.get()), filter, after, limit);
    }
    if (time.isPresent()) {
      return page(asOf(id, time.get()), filter, after, limit);
    }
    Published list = published(id);
    if (Tags.isKnown(exchange.request(), list.etag())) {
      return unchanged(list.etag());
    }
    return filter.isEmpty() && after == 0 && limit == MOST
        ? list.form(FirstPage.class, FirstPage::of).answer()
        : page(list, filter, after, limit);
  }

  private static Published asOf(ListId id, long revision) {
    Published now = published(id);
    return revision == now.list().revision()
        ? now
        : past(now, History.asOf(id, revision, Deadline.in(PATIENCE)), "revision");
  }

  private static Published asOf(ListId id, Instant time) {
    return past(published(id), History.asOf(id, time, Deadline.in(PATIENCE)), "at");
  }

  private static Published past(
      Published now, History.Answer<History.Past> answer, String parameter) {
    return switch (Histories.of(answer)) {
      case History.Past.Then(TodoList then) -> new Published(now.catalog(), then);
      case History.Past.NotYet() ->
          throw new Refusal(Problem.NO_SUCH_THING, "The list has no such revision yet.")
              .about(parameter);
      case History.Past.Dropped(long since) ->
          throw new Refusal(
                  Problem.DROPPED, "The history of this list begins with revision " + since + ".")
              .about(parameter);
    };
  }

  /** What most readers want, encoded once for all of them. */
  record FirstPage(Answer answer) {
    static FirstPage of(Published list) {
      return new FirstPage(page(list, Filter.NONE, 0, MOST));
    }
  }

  private static Answer page(Published list, Filter filter, int after, int limit) {
    // One more than the page holds tells whether there is a next one.
    List<Entry> found =
        filter.candidates(list.list(), after).filter(filter).limit(limit + 1L).toList();
    List<Entry> page = Weight.page(found, limit, Weight::of);
    ObjectNode body = Json.object();
    ArrayNode entries = body.putArray("entries");
    page.forEach(entry -> entries.add(View.of(entry, list.etag(entry))));
    if (found.size() > page.size()) {
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
    return switch (ListClient.read(list)) {
      case Reading.Found(Published published) -> published;
      case Reading.NoSuchList() -> throw Exchange.noSuchList();
      case Reading.Unavailable(Hindrance why, Duration retryAfter) ->
          throw Refusal.unavailable(why, retryAfter);
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
            Problem.KEY_REUSED,
            "This key came before with another method, path or body, or for a move that was"
                + " refused.")
        .about(IdempotencyKey.HEADER);
  }
}
