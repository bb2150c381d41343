package dev.tend.otp.ets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tend.otp.testkit.OtpTest;
import dev.tend.otp.testkit.TestProcess;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * Readers of the tree while others write: what stays is always found, in order, and never older.
 */
@OtpTest
class OrderedCellsRaceTest {
  private static final int KEYS = 3_000;
  private static final int WRITERS = 2;
  private static final int CHANGES = 150_000;

  private final OrderedCells<Integer> tree =
      new OrderedCells<>(KeyOrder.<Integer>natural().comparator());
  private final AtomicInteger writing = new AtomicInteger(WRITERS);

  /** Every third key stays. */
  private static boolean stays(int key) {
    return key % 3 == 0;
  }

  @Test
  void what_stays_is_found_by_every_reader() {
    TestProcess.run(() -> {
      for (int key = 0; key < KEYS; key += 3) {
        tree.swap(key, null, 0);
      }
      Workers.work(worker -> {
        if (worker < WRITERS) {
          write(worker);
        } else {
          Reader reader = new Reader();
          do {
            reader.read(worker);
          } while (writing.get() > 0);
        }
      });
      assertThat(tree.size()).isEqualTo(tree.entries().count());
    });
  }

  /** In stretches, so that leaves are split and emptied. */
  private void write(int worker) {
    Random random = new Random(worker);
    int stretch = 0;
    for (int i = 0; i < CHANGES; i++) {
      if (i % 300 == 0) {
        stretch = random.nextInt(KEYS - 200);
      }
      int key = stretch + random.nextInt(200);
      if (stays(key)) {
        Object cell = tree.get(key);
        tree.swap(key, cell, (Integer) cell + 1);
      } else if (i % 600 < 300) {
        tree.put(key, worker, cell -> true);
      } else {
        tree.swap(key, tree.get(key), null);
      }
    }
    writing.decrementAndGet();
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
