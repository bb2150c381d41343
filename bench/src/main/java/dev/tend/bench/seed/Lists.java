package dev.tend.bench.seed;

import dev.tend.app.CannotStart;
import dev.tend.app.Folders;
import dev.tend.app.Tend;
import dev.tend.todo.Catalog;
import dev.tend.todo.Command;
import dev.tend.todo.Hindrance;
import dev.tend.todo.Stored;
import dev.tend.todo.TodoCache;
import dev.tend.todo.journal.CatalogEntry;
import dev.tend.todo.journal.CatalogPlace;
import dev.tend.todo.journal.ListId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The seed's hundred lists, in a Tend with a temporary data folder. It runs while someone uses it;
 * a JVM can have only one.
 */
public final class Lists {
  private static final int COUNT = 100;

  private static int users;
  private static @Nullable Running running;

  private record Running(Tend tend, Path folder, Thread ending) {}

  private Lists() {}

  /** {@code list 1} to {@code list 100}. */
  public static List<String> names() {
    return IntStream.range(0, COUNT).mapToObj(Lists::name).toList();
  }

  /** One of them, put together anew as in the seed. */
  public static String anyName() {
    return name(ThreadLocalRandom.current().nextInt(COUNT));
  }

  private static String name(int list) {
    return "list " + (list + 1);
  }

  /** Their ids, by name. */
  static Map<String, ListId> ids() {
    return switch (Catalog.page(Command.LOCAL, false, CatalogPlace.BEGIN, COUNT)) {
      case Stored.Done<List<CatalogEntry>>(long epoch, List<CatalogEntry> lists) ->
          lists.stream().collect(Collectors.toMap(CatalogEntry::name, CatalogEntry::id));
      case Stored.Unavailable<List<CatalogEntry>>(Hindrance why) ->
          throw new IllegalStateException(why.sentence());
      case Stored.Unknown<List<CatalogEntry>>(Hindrance why) ->
          throw new IllegalStateException(why.sentence());
    };
  }

  /** Starts Tend and all lists, for the first one who uses them. */
  static synchronized void use() throws IOException, CannotStart {
    if (running == null) {
      running = start();
    }
    users++;
  }

  /** Stops Tend when the last one is done. */
  static synchronized void release() {
    users--;
    if (users == 0 && running != null) {
      Running last = running;
      running = null;
      Runtime.getRuntime().removeShutdownHook(last.ending());
      last.tend().close();
      Folders.remove(last.folder());
    }
  }

  private static Running start() throws IOException, CannotStart {
    Path folder = Files.createTempDirectory("tend-profile-");
    Thread ending = new Thread(() -> Folders.remove(folder));
    Runtime.getRuntime().addShutdownHook(ending);
    Tend tend;
    try {
      tend = Tend.start(folder, OptionalInt.empty());
    } catch (CannotStart | RuntimeException failed) {
      Runtime.getRuntime().removeShutdownHook(ending);
      Folders.remove(folder);
      throw failed;
    }
    names().forEach(TodoCache::serverProcess);
    return new Running(tend, folder, ending);
  }
}
