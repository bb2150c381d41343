package dev.tend.bench.contest;

import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntConsumer;

/** The JDK's concurrent maps. */
final class PlainTables implements Contestant.Tables {
  private final int rows;
  private final Map<Integer, Row> set = new ConcurrentHashMap<>();
  private final NavigableMap<Row.Key, Row> ordered = new ConcurrentSkipListMap<>();

  PlainTables(int rows, boolean withOrdered) {
    this.rows = rows;
    for (int i = 0; i < rows; i++) {
      Row row = new Row(i, 0);
      set.put(i, row);
      if (withOrdered) {
        ordered.put(row.key(), row);
      }
    }
  }

  @Override
  public long use(TableProgram.Operation operation, int clients, int operations)
      throws InterruptedException {
    IntConsumer use =
        switch (operation) {
          case LOOKUP -> key -> require(set.get(key) != null);
          case INSERT -> key -> set.put(key, new Row(key, key));
          case COUNTER ->
              key ->
                  require(
                      set.computeIfPresent(key, (k, row) -> new Row(k, row.count() + 1)) != null);
          case RANGE -> key -> require(range(key / TableProgram.GROUP) > 0);
        };
    Finish finish = new Finish(clients);
    return finish.time(() -> {
      for (int client = 0; client < clients; client++) {
        Thread.startVirtualThread(() -> {
          ThreadLocalRandom random = ThreadLocalRandom.current();
          for (int i = 0; i < operations; i++) {
            use.accept(random.nextInt(rows));
          }
          finish.cross();
        });
      }
    });
  }

  private long range(int group) {
    return ordered.subMap(new Row.Key(group, 0), new Row.Key(group + 1, 0)).values().stream()
            .mapToLong(Row::number)
            .sum()
        + 1;
  }

  private static void require(boolean found) {
    if (!found) {
      throw new IllegalStateException("a row is missing");
    }
  }

  @Override
  public void close() {}
}
