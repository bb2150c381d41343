package dev.tend.bench.store;

import dev.tend.app.Tend;
import dev.tend.todo.Reading;
import dev.tend.todo.TodoCache;
import dev.tend.todo.journal.ListId;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/**
 * The main class of a JVM in which Tend begins with a folder. Prints {@code ready}, then {@code
 * used <bytes of heap> <µs of a first request>}.
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
      long[] times =
          ids.stream().skip(1).mapToLong(Beginner::read).map(nanos -> nanos / 1_000).toArray();
      Arrays.sort(times);
      System.gc();
      System.out.printf("used %d %d%n", usedHeap(), times[times.length / 2]);
    }
    System.exit(0);
  }

  private static long read(String id) {
    long begin = System.nanoTime();
    Reading reading = TodoCache.read(new ListId(id));
    while (reading instanceof Reading.Unavailable) {
      reading = TodoCache.read(new ListId(id)); // Its shard is being opened.
    }
    if (!(reading instanceof Reading.Found)) {
      throw new IllegalStateException("a list cannot be read: " + reading);
    }
    return System.nanoTime() - begin;
  }

  private static long usedHeap() {
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
