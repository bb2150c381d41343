package dev.tend.web;

import dev.tend.todo.Command;
import dev.tend.todo.Outcome;
import dev.tend.todo.TodoCache;
import dev.tend.todo.TodoServer;
import dev.tend.todo.journal.ListId;
import dev.tend.todo.list.Draft;
import dev.tend.todo.list.Edit;
import dev.tend.todo.list.Entry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Changes of a list: each is one request to its server, through the cache. */
final class EntryChanges {
  private EntryChanges() {}

  static Answer add(Exchange exchange) {
    ListId list = exchange.list();
    Exchange.Sent sent = exchange.json();
    Members members = new Members(sent.json());
    Draft draft =
        new Draft(
            members.date("date").orElse(null),
            members.text("title"),
            members.truth("done", false),
            members.text("notes", ""));
    members.noOthers();
    Outcome.Changed changed = changed(list, new TodoServer.Add(sent.command(), draft));
    return entry(201, changed, changed.entry());
  }

  static Answer update(Exchange exchange) {
    ListId list = exchange.list();
    int number = exchange.entry();
    Exchange.Sent sent = exchange.patch();
    Edit edit = edit(new Members(sent.json()));
    Outcome.Changed changed = changed(list, new TodoServer.Update(sent.command(), number, edit));
    return entry(200, changed, changed.entry());
  }

  /** Null takes a field away: what is left is what an entry has that was made without it. */
  private static Edit edit(Members members) {
    List<Edit.Field> fields = new ArrayList<>();
    if (members.has("date")) {
      fields.add(new Edit.Date(members.date("date").orElse(null)));
    }
    if (members.has("title")) {
      fields.add(new Edit.Title(members.text("title")));
    }
    if (members.has("done")) {
      fields.add(new Edit.Done(!members.isNull("done") && members.truth("done", false)));
    }
    if (members.has("notes")) {
      fields.add(new Edit.Notes(members.isNull("notes") ? "" : members.text("notes")));
    }
    members.noOthers();
    return new Edit(fields);
  }

  static Answer delete(Exchange exchange) {
    ListId list = exchange.list();
    int number = exchange.entry();
    changed(list, new TodoServer.Delete(exchange.command(), number));
    return Answer.empty(204);
  }

  static Answer clear(Exchange exchange) {
    ListId list = exchange.list();
    Command command = exchange.command();
    return Answer.empty(204).withTag(changed(list, new TodoServer.Clear(command)).etag());
  }

  private static Answer entry(int status, Outcome.Changed changed, @Nullable Entry entry) {
    if (entry == null) {
      throw new IllegalStateException("a change of an entry without the entry: " + changed);
    }
    return Answer.json(status, View.of(entry, changed.etag()))
        .withTag(changed.etag())
        .with("Location", View.url(changed.list().id(), entry.id()));
  }

  private static Outcome.Changed changed(ListId list, TodoServer.ChangeRequest request) {
    return switch (TodoCache.call(list, request)) {
      case Outcome.Changed changed -> changed;
      case Outcome.NoSuchList() -> throw Exchange.noSuchList();
      case Outcome.NoSuchEntry(int _) -> throw Exchange.noSuchEntry();
      case Outcome.Stale(String current) ->
          throw new Refusal(Problem.STALE, "If-Match names another version than there is now.")
              .header("ETag", Tags.quoted(current));
      case Outcome.KeyReused() -> throw Entries.keyReused();
      case Outcome.Full(int limit) ->
          throw new Refusal(Problem.FULL, "A list has at most " + limit + " entries.");
      case Outcome.Unavailable(String reason, Duration retryAfter) ->
          throw Refusal.unavailable(reason, retryAfter);
      case Outcome.Unknown(String reason) -> throw Refusal.unknown(reason);
    };
  }
}
