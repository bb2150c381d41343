package dev.tend.web;

import dev.tend.todo.Catalog;
import dev.tend.todo.Command;
import dev.tend.todo.Hindrance;
import dev.tend.todo.ListClient;
import dev.tend.todo.Published;
import dev.tend.todo.Reading;
import dev.tend.todo.Stored;
import dev.tend.todo.journal.CatalogEntry;
import dev.tend.todo.journal.CatalogWish;
import dev.tend.todo.journal.Catalogued;
import dev.tend.todo.journal.ListId;
import dev.tend.todo.list.TodoList;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;

/** Changes of which lists there are: each is one wish to the catalogue. */
final class ListChanges {
  private static final long NO_REVISION = -1;

  private ListChanges() {}

  static Answer create(Exchange exchange) {
    Exchange.Sent sent = exchange.json();
    Members members = new Members(sent.json());
    String name = members.text("name");
    members.noOthers();
    if (!sent.command().ifMatch().isEmpty()) {
      throw new Refusal(Problem.STALE, "A list that is not there yet has no version.")
          .about("If-Match");
    }
    Command command = sent.command();
    CatalogEntry list =
        entered(
            new CatalogWish.NewList(Command.LOCAL, name, now(), command.origin(), false), command);
    return Answer.json(201, View.of(list))
        .with("Location", View.url(list.id()))
        .withTag(new Published(list, TodoList.empty()).etag());
  }

  /** A merge patch of the one member that can be set: the name. */
  static Answer rename(Exchange exchange) {
    ListId id = exchange.list();
    Exchange.Sent sent = exchange.patch();
    Members members = new Members(sent.json());
    String name = members.text("name");
    members.noOthers();
    Command command = sent.command();
    long follows = follows(id, command);
    CatalogEntry list =
        entered(
            new CatalogWish.Rename(Command.LOCAL, id, name, follows, now(), command.origin()),
            command);
    return Answer.json(200, View.of(list));
  }

  static Answer delete(Exchange exchange) {
    ListId id = exchange.list();
    Command command = exchange.command();
    long follows = follows(id, command);
    entered(new CatalogWish.Delete(Command.LOCAL, id, follows, now(), command.origin()), command);
    return Answer.empty(204);
  }

  static Answer restore(Exchange exchange) {
    ListId id = exchange.list();
    Command command = Exchange.unconditional(exchange.command());
    CatalogEntry list =
        entered(new CatalogWish.Restore(Command.LOCAL, id, 0, now(), command.origin()), command);
    return Answer.json(200, View.of(list));
  }

  private static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MILLIS);
  }

  /**
   * The catalogue entry's revision that goes with the version that {@code If-Match} asks for. A
   * wish that asks for another is put all the same: it may be a repetition.
   */
  private static long follows(ListId id, Command command) {
    Set<String> wanted = command.ifMatch();
    if (wanted.isEmpty()) {
      return 0;
    }
    return switch (ListClient.read(id)) {
      case Reading.Found(Published list)
          when wanted.contains("*") || wanted.contains(list.etag()) ->
          list.catalog().revision();
      case Reading.Found _, Reading.NoSuchList _ -> NO_REVISION;
      case Reading.Unavailable(Hindrance why, Duration retryAfter) ->
          throw Refusal.unavailable(why, retryAfter);
    };
  }

  /** The entry as the wish has left it; a repetition is answered as the first time. */
  private static CatalogEntry entered(CatalogWish wish, Command command) {
    return switch (Catalog.change(wish, command.deadline())) {
      case Stored.Done<Catalogued>(long _, Catalogued answer) ->
          switch (answer) {
            case Catalogued.Entered(CatalogEntry entry) -> {
              ListClient.adopt(entry, command.deadline());
              yield entry;
            }
            case Catalogued.Exists(CatalogEntry entry) -> entry;
            case Catalogued.Repeated(CatalogEntry entry) -> entry;
            case Catalogued.NameTaken(CatalogEntry by) ->
                throw new Refusal(
                        Problem.NAME_TAKEN, "A list of this name is at " + View.url(by.id()))
                    .about("name")
                    .with("existing", View.url(by.id()));
            case Catalogued.NoSuchList() -> throw Exchange.noSuchList();
            case Catalogued.Stale(CatalogEntry current) ->
                throw EntryChanges.stale(Entries.published(current.id()).etag());
            case Catalogued.KeyReused() -> throw Entries.keyReused();
          };
      case Stored.Unavailable<Catalogued>(Hindrance why) -> throw Lists.unavailable(why);
      case Stored.Unknown<Catalogued>(Hindrance why) -> throw Refusal.unknown(why.sentence());
    };
  }
}
