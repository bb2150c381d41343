package dev.tend.web;

import dev.tend.todo.Command;
import dev.tend.todo.Hindrance;
import dev.tend.todo.ListClient;
import dev.tend.todo.Moves;
import dev.tend.todo.Outcome;
import dev.tend.todo.Reading;
import dev.tend.todo.TodoServer;
import dev.tend.todo.journal.ListId;
import dev.tend.todo.list.Draft;
import dev.tend.todo.list.Edit;
import dev.tend.todo.list.Entry;
import dev.tend.todo.list.Limits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Changes of a list: each is one request to its server, through the cache. */
final class EntryChanges {
  private EntryChanges() {}

  static Answer add(Exchange exchange) {
    ListId list = exchange.list();
    Exchange.Sent sent = exchange.json();
    Draft draft = draft(new Members(sent.json()));
    return entry(201, changed(list, new TodoServer.Add(sent.command(), draft)));
  }

  static Draft draft(Members members) {
    Draft draft =
        new Draft(
            members.date("date").orElse(null),
            members.text("title"),
            members.truth("done", false),
            members.text("notes", ""));
    members.noOthers();
    return draft;
  }

  static Answer update(Exchange exchange) {
    ListId list = exchange.list();
    int number = exchange.entry();
    Exchange.Sent sent = exchange.patch();
    Edit edit = edit(new Members(sent.json()));
    return entry(200, changed(list, new TodoServer.Update(sent.command(), number, edit)));
  }

  /** Null takes a field away: what is left is what an entry has that was made without it. */
  static Edit edit(Members members) {
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
    return revision(
        Answer.empty(204), changed(list, new TodoServer.Delete(exchange.command(), number)));
  }

  static Answer clear(Exchange exchange) {
    ListId list = exchange.list();
    Command command = exchange.command();
    Outcome.Changed changed = changed(list, new TodoServer.Clear(command));
    return revision(Answer.empty(204).withTag(changed.etag()), changed);
  }

  static Answer move(Exchange exchange) {
    ListId from = exchange.list();
    int number = exchange.entry();
    Exchange.Sent sent = exchange.json();
    Members members = new Members(sent.json());
    String to = members.text("to");
    members.noOthers();
    if (!ListId.isId(to) || to.equals(from.value())) {
      throw new Refusal(Problem.INVALID, "The id of another list is expected.").about("to");
    }
    Outcome outcome = Moves.move(from, sent.command(), number, new ListId(to));
    if (outcome instanceof Outcome.NoSuchList
        && !(ListClient.read(from) instanceof Reading.NoSuchList)) {
      throw new Refusal(Problem.INVALID, "The list to move it to is not there.").about("to");
    }
    Outcome.Changed arrived = changed(outcome);
    ObjectNode body = Json.object().put("list", to);
    body.set("entry", view(arrived));
    return Answer.json(200, body)
        .with("Location", View.url(arrived.list().id(), shown(arrived).id()));
  }

  private static Answer entry(int status, Outcome.Changed changed) {
    Entry entry = shown(changed);
    return revision(
        Answer.json(status, View.of(entry, changed.etag()))
            .withTag(changed.etag())
            .with("Location", View.url(changed.list().id(), entry.id())),
        changed);
  }

  private static Entry shown(Outcome.Changed changed) {
    @Nullable Entry entry = changed.entry();
    if (entry == null) {
      throw new IllegalStateException("a change of an entry without the entry: " + changed);
    }
    return entry;
  }

  /** The entry as a change has left it, if it has left one. */
  static @Nullable ObjectNode view(Outcome.Changed changed) {
    @Nullable Entry entry = changed.entry();
    return entry == null ? null : View.of(entry, changed.etag());
  }

  /** Says which revision of the list a change was: what one names to undo it. */
  static Answer revision(Answer answer, Outcome.Changed changed) {
    return answer.with("Tend-Revision", Long.toString(changed.revision()));
  }

  static Refusal stale(String current) {
    return new Refusal(Problem.STALE, "If-Match names another version than there is now.")
        .header("ETag", Tags.quoted(current));
  }

  private static Outcome.Changed changed(ListId list, TodoServer.ChangeRequest request) {
    return changed(ListClient.call(list, request));
  }

  /** What has changed, or the refusal that an outcome is. */
  static Outcome.Changed changed(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Changed changed -> changed;
      case Outcome.NoSuchList() -> throw Exchange.noSuchList();
      case Outcome.NoSuchEntry(int _) -> throw Exchange.noSuchEntry();
      case Outcome.Stale(String current) -> throw stale(current);
      case Outcome.NothingToDo() ->
          throw new Refusal(
              Problem.NOTHING_TO_UNDO, "There is nothing to take back, or it has been already.");
      case Outcome.KeyReused() -> throw Entries.keyReused();
      case Outcome.Full(Outcome.Full.Of what) -> throw new Refusal(Problem.FULL, most(what));
      case Outcome.Unavailable(Hindrance why, Duration retryAfter) ->
          throw Refusal.unavailable(why, retryAfter);
      case Outcome.Unknown(String reason) -> throw Refusal.unknown(reason);
    };
  }

  private static String most(Outcome.Full.Of what) {
    return switch (what) {
      case ENTRIES -> "A list has at most " + Limits.ENTRIES + " entries.";
      case TEXT -> "The titles and notes of a list have at most " + (Limits.TEXT >> 20) + " MiB.";
    };
  }
}
