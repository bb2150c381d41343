package dev.tend.otp.ets;

import static dev.tend.otp.ets.Edits.swap;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Readers of the tree while others write: what stays is always found, in order, and never older.
 */
class OrderedCellsRaceTest {
  private static final int KEYS = 3_000;
  private static final int WRITERS = 2;
  private static final int CHANGES = 150_000;

  private final OrderedCells<Integer> tree =
      new OrderedCells<>(KeyOrder.<Integer>natural().comparator());
  private final AtomicInteger raised = new AtomicInteger();
  private final AtomicInteger writing = new AtomicInteger(WRITERS);

  /** Every third key stays. */
  private static boolean stays(int key) {
    return key % 3 == 0;
  }

  @Test
  @Timeout(60)
  void what_stays_is_found_by_every_reader() throws Exception {
    for (int key = 0; key < KEYS; key += 3) {
      swap(tree, key, null, 0);
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(2 * WRITERS)) {
      List<Future<?>> work = new ArrayList<>();
      for (int worker = 0; worker < WRITERS; worker++) {
        int seed = worker;
        work.add(threads.submit(() -> write(seed)));
        work.add(threads.submit(() -> readWhileOthersWrite(seed)));
      }
      for (Future<?> one : work) {
        one.get();
      }
    }
    assertThat(tree.size()).isEqualTo(tree.entries().count());
    assertThat(tree.entries().filter(entry -> stays(entry.getKey())).mapToInt(this::value).sum())
        .isEqualTo(raised.get());
  }

  private int value(Map.Entry<Integer, Object> entry) {
    return (Integer) entry.getValue();
  }

  private void readWhileOthersWrite(int seed) {
    Reader reader = new Reader();
    do {
      reader.read(seed);
    } while (writing.get() > 0);
  }

  /** In stretches, so that leaves are split and emptied. */
  private void write(int worker) {
    Random random = new Random(worker);
    int stretch = 0;
    try {
      for (int i = 0; i < CHANGES; i++) {
        if (i % 300 == 0) {
          stretch = random.nextInt(KEYS - 200);
        }
        int key = stretch + random.nextInt(200);
        if (stays(key)) {
          Object cell = tree.get(key);
          if (swap(tree, key, cell, (Integer) cell + 1)) {
            raised.incrementAndGet();
          }
        } else if (i % 600 < 300) {
          Edits.put(tree, key, worker, cell -> true);
        } else {
          swap(tree, key, tree.get(key), null);
        }
      }
    } finally {
      writing.decrementAndGet();
    }
  }

  private final class Reader {
    private final int[] seen = new int[KEYS];

    private void see(int key, Object cell) {
      if (stays(key)) {
        assertThat((Integer) cell).isGreaterThanOrEqualTo(seen[key]);
        seen[key] = (Integer) cell;
      }
    }

    private void read(int seed) {
      Random random = new Random(seed);
      goThrough(false);
      goThrough(true);
      for (int i = 0; i < 1_000; i++) {
        int key = 3 * random.nextInt(KEYS / 3 - 1);
        see(key, tree.get(key));
        Map.Entry<Integer, Object> higher = tree.higher(key);
        assertThat(higher.getKey()).isBetween(key + 1, key + 3);
        see(higher.getKey(), higher.getValue());
        Map.Entry<Integer, Object> lower = tree.lower(key + 3);
        assertThat(lower.getKey()).isBetween(key, key + 2);
        see(lower.getKey(), lower.getValue());
      }
    }

    private void goThrough(boolean reverse) {
      Walk<Integer> walk = tree.walk(null, null, reverse);
      int next = reverse ? KEYS - 3 : 0;
      int last = reverse ? KEYS : -1;
      while (walk.next()) {
        int key = walk.key();
        assertThat(reverse ? last > key : last < key).as("order").isTrue();
        if (stays(key)) {
          assertThat(key).isEqualTo(next);
          next += reverse ? -3 : 3;
        }
        see(key, walk.cell());
        last = key;
      }
      assertThat(next).isEqualTo(reverse ? -3 : KEYS);
    }
  }
}
