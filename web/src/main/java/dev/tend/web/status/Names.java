package dev.tend.web.status;

import dev.tend.otp.process.ServerName;
import dev.tend.todo.Catalog;
import dev.tend.todo.Deadline;
import dev.tend.todo.ProcessRegistry;
import dev.tend.todo.Stored;
import dev.tend.todo.TodoCache;
import dev.tend.todo.journal.CatalogEntry;
import dev.tend.todo.journal.ListId;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What things are called: for people, who do not think in ids. A list's name is in the catalogue's
 * table; only one that is not there is asked for, and not for long.
 */
final class Names {
  private static final Duration PATIENCE = Duration.ofMillis(200);
  private static final Duration PAUSE = Duration.ofSeconds(5);

  /** Until when the catalogue is not asked, for it has not answered. */
  private static volatile long silentUntil = System.nanoTime();

  private Names() {}

  /** Of a child, by its id; of a process, by its name. */
  static String of(Object id) {
    return switch (id) {
      case String text -> text.contains("_") ? ofSnake(text) : text;
      case Integer number -> "Partition " + (number + 1);
      case ListId list -> ofList(list);
      case ProcessRegistry.ListKey(ListId list) -> ofList(list);
      case ProcessRegistry.WorkerKey(int shard) -> "DatabaseWorker " + shard;
      case TodoCache.Resting(ListId list, var until) -> ofList(list);
      case ServerName<?>(var via, Object key) -> of(key);
      case Class<?> type -> type.getSimpleName();
      default -> id.toString();
    };
  }

  /** {@code todo_subscriptions} is ours, and called Subscriptions. */
  private static String ofSnake(String text) {
    return Stream.of(text.replaceFirst("^todo_", "").split("_"))
        .filter(word -> !word.isEmpty())
        .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
        .collect(Collectors.joining());
  }

  private static String ofList(ListId list) {
    boolean silent = silentUntil - System.nanoTime() > 0;
    Deadline deadline = Deadline.in(silent ? Duration.ZERO : PATIENCE);
    if (Catalog.find(list, deadline)
        instanceof Stored.Done<Optional<CatalogEntry>>(long epoch, var found)) {
      return found.map(CatalogEntry::name).orElse("a list that is no more");
    }
    if (!silent) {
      silentUntil = System.nanoTime() + PAUSE.toNanos();
    }
    return "list " + list.value().substring(0, 8);
  }

  /** The list that an id is of, if it is one's. */
  static Optional<ListId> list(Object id) {
    return switch (id) {
      case ListId list -> Optional.of(list);
      case ProcessRegistry.ListKey(ListId list) -> Optional.of(list);
      case TodoCache.Resting(ListId list, var until) -> Optional.of(list);
      case ServerName<?>(var via, Object key) -> list(key);
      default -> Optional.empty();
    };
  }
}
