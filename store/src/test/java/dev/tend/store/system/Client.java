package dev.tend.store.system;

import dev.tend.todo.Catalog;
import dev.tend.todo.Command;
import dev.tend.todo.Deadline;
import dev.tend.todo.ListClient;
import dev.tend.todo.Outcome;
import dev.tend.todo.Reading;
import dev.tend.todo.Stored;
import dev.tend.todo.TodoServer;
import dev.tend.todo.journal.CatalogEntry;
import dev.tend.todo.journal.CatalogWish;
import dev.tend.todo.journal.Catalogued;
import dev.tend.todo.journal.ListId;
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
    CatalogWish wish =
        new CatalogWish.NewList(
            Command.LOCAL, name, Instant.EPOCH, Command.fresh("test").origin(), true);
    return switch (Catalog.change(wish, Deadline.in(Duration.ofSeconds(20)))) {
      case Stored.Done<Catalogued>(long _, Catalogued.Entered(CatalogEntry entry)) ->
          new Client(entry);
      case Stored.Done<Catalogued>(long _, Catalogued.Exists(CatalogEntry entry)) ->
          new Client(entry);
      default -> throw new AssertionError("no list " + name);
    };
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
    return ListClient.call(id(), new TodoServer.Add(command(key), Draft.of(null, title)));
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
    return List.copyOf(((Reading.Found) ListClient.read(id())).published().list().entries());
  }

  List<String> titles() {
    return entries().stream().map(Entry::title).toList();
  }
}
