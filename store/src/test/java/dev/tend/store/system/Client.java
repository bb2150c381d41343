package dev.tend.store.system;

import dev.tend.todo.Catalog;
import dev.tend.todo.Command;
import dev.tend.todo.Deadline;
import dev.tend.todo.Outcome;
import dev.tend.todo.Reading;
import dev.tend.todo.Stored;
import dev.tend.todo.TodoCache;
import dev.tend.todo.TodoServer;
import dev.tend.todo.journal.CatalogEntry;
import dev.tend.todo.journal.Created;
import dev.tend.todo.journal.ListId;
import dev.tend.todo.journal.NewList;
import dev.tend.todo.journal.Origin;
import dev.tend.todo.list.Draft;
import dev.tend.todo.list.Entry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** A client of one list, as the HTTP layer is one. */
record Client(CatalogEntry list) {

  static Client of(String name) {
    NewList wish =
        new NewList(Command.LOCAL, name, Instant.EPOCH, Command.fresh("test").origin(), true);
    if (Catalog.create(wish, Deadline.in(Duration.ofSeconds(20)))
            instanceof Stored.Done<Created>(long epoch, Created created)
        && created instanceof Created.Made(CatalogEntry entry, boolean fresh)) {
      return new Client(entry);
    }
    throw new AssertionError("no list " + name);
  }

  ListId id() {
    return list.id();
  }

  static Command command(String key, String... ifMatch) {
    return new Command(
        new Origin(Command.LOCAL, "test", key, "hash of " + key),
        Set.of(ifMatch),
        Deadline.in(Duration.ofSeconds(20)));
  }

  Outcome add(String key, String title) {
    return TodoCache.call(id(), new TodoServer.Add(command(key), Draft.of(null, title)));
  }

  CompletableFuture<Outcome> addLater(String key, String title) {
    CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    Thread.startVirtualThread(() -> {
      try {
        outcome.complete(add(key, title));
      } catch (Throwable e) {
        outcome.completeExceptionally(e);
      }
    });
    return outcome;
  }

  List<Entry> entries() {
    return List.copyOf(((Reading.Found) TodoCache.read(id())).published().list().entries());
  }

  List<String> titles() {
    return entries().stream().map(Entry::title).toList();
  }
}
