package dev.tend.web;

import dev.tend.todo.Command;
import dev.tend.todo.Deadline;
import dev.tend.todo.Hindrance;
import dev.tend.todo.History;
import dev.tend.todo.Outcome;
import dev.tend.todo.Undo;
import dev.tend.todo.journal.JournalRecord;
import dev.tend.todo.journal.ListId;
import dev.tend.todo.list.Weight;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What became of a list and its entries, and how to take it back. */
final class Histories {
  private static final int USUAL_PAGE = 100;
  private static final int MOST = 1_000;
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private Histories() {}

  static Answer ofList(Exchange exchange) {
    return page(exchange, 0);
  }

  static Answer ofEntry(Exchange exchange) {
    return page(exchange, exchange.entry());
  }

  private static Answer page(Exchange exchange, int entry) {
    ListId list = exchange.list();
    Query query = exchange.query("limit", "before");
    int limit = query.limit(USUAL_PAGE, MOST);
    long before = query.number("before").orElse(Long.MAX_VALUE);
    // One more than the page holds tells whether there is a next one.
    List<JournalRecord> found =
        of(History.before(list, entry, before, limit + 1, Deadline.in(PATIENCE)));
    if (entry != 0 && found.isEmpty()) {
      requireOnceThere(list, entry);
    }
    List<JournalRecord> page = Weight.page(found, limit, record -> Weight.of(record.change()));
    ObjectNode body = Json.object();
    ArrayNode records = body.putArray("records");
    page.forEach(record -> records.add(View.of(record)));
    if (found.size() > page.size()) {
      body.put("next", Long.toString(page.getLast().revision()));
    }
    return Answer.json(200, body);
  }

  private static void requireOnceThere(ListId list, int entry) {
    if (of(History.before(list, entry, Long.MAX_VALUE, 1, Deadline.in(PATIENCE))).isEmpty()) {
      throw Exchange.noSuchEntry();
    }
  }

  static <V> V of(History.Answer<V> answer) {
    return switch (answer) {
      case History.Answer.Found<V>(var _, V value) -> value;
      case History.Answer.NoSuchList<V>() -> throw Exchange.noSuchList();
      case History.Answer.Unavailable<V>(Hindrance why) -> throw Lists.unavailable(why);
    };
  }

  static Answer undo(Exchange exchange) {
    ListId list = exchange.list();
    Exchange.Sent sent = exchange.json();
    Members members = new Members(sent.json());
    long revision = members.number("revision");
    members.noOthers();
    Command command = Exchange.unconditional(sent.command());
    Outcome.Changed changed = EntryChanges.changed(Undo.undo(list, command, revision));
    ObjectNode body = Json.object().put("revision", changed.revision());
    @Nullable ObjectNode entry = EntryChanges.view(changed);
    if (entry != null) {
      body.set("entry", entry);
    }
    return EntryChanges.revision(Answer.json(200, body), changed);
  }
}
