package dev.tend.bench.store;

import dev.tend.app.Tend;
import dev.tend.todo.Catalog;
import dev.tend.todo.Command;
import dev.tend.todo.ListClient;
import dev.tend.todo.Reading;
import dev.tend.todo.Stored;
import dev.tend.todo.journal.CatalogEntry;
import dev.tend.todo.journal.CatalogPlace;
import dev.tend.todo.journal.ListId;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.LongStream;

/**
 * The main class of a JVM in which Tend begins with a folder. Prints {@code ready}, then {@code
 * used <bytes of heap> <µs of a first request> <µs of a search for a list by its name>}.
 */
public final class Beginner {
  private Beginner() {}

  /**
   * @param args the folder, and a file with the ids of lists that are asked for
   */
  public static void main(String[] args) throws Exception {
    List<String> ids = Files.readAllLines(Path.of(args[1]));
    try (Tend tend = Tend.start(Path.of(args[0]), OptionalInt.of(0))) {
      read(ids.getFirst());
      System.out.println("ready");
      long reading = median(ids.stream().skip(1).mapToLong(Beginner::read));
      System.gc();
      long used = usedHeap();
      long search = median(ids.stream().skip(1).map(Beginner::name).mapToLong(Beginner::search));
      System.out.printf("used %d %d %d%n", used, reading, search);
    }
    System.exit(0);
  }

  private static long read(String id) {
    long begin = System.nanoTime();
    Reading reading = ListClient.read(new ListId(id));
    while (reading instanceof Reading.Unavailable) {
      reading = ListClient.read(new ListId(id)); // Its shard is being opened.
    }
    if (!(reading instanceof Reading.Found)) {
      throw new IllegalStateException("a list cannot be read: " + reading);
    }
    return System.nanoTime() - begin;
  }

  private static String name(String id) {
    return ((Reading.Found) ListClient.read(new ListId(id))).published().catalog().name();
  }

  private static long search(String name) {
    String part = name.substring("List ".length());
    long begin = System.nanoTime();
    if (!(Catalog.search(Command.LOCAL, false, part, CatalogPlace.BEGIN, 100)
            instanceof Stored.Done<List<CatalogEntry>>(long _, List<CatalogEntry> found))
        || found.isEmpty()) {
      throw new IllegalStateException("not found: " + part);
    }
    return System.nanoTime() - begin;
  }

  private static long median(LongStream nanos) {
    long[] times = nanos.map(time -> time / 1_000).sorted().toArray();
    return times[times.length / 2];
  }

  private static long usedHeap() {
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
