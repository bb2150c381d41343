package dev.tend.otp.ets;

import dev.tend.otp.ets.Batch.Pending;
import dev.tend.otp.process.Processes;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a table from one {@code deleteAllObjects} to the next.
 *
 * <h2>Implementation note</h2>
 *
 * <p>A cell holds the {@link Content} of a key, or a {@link Pending} of the one batch that may be
 * under way. Readers look into the cell and, if it is pending, at the state of its batch: no lock,
 * and never some of a batch. Who writes one row reads the cell, makes the new content, and puts it
 * there if the cell is still the same. One that meets an open batch waits for it, outside of its
 * process's lock; the batch itself waits for nobody, and is done or dropped when its thread leaves,
 * whatever became of the process.
 *
 * <p>Each step that others can see goes through the {@link Gate}.
 */
final class Cells<K> implements CellMap.Freedom {
  private static final int STRIDE = 256;

  final CellMap<K> map;
  private final Content content;
  private final Gate gate;
  private final LongAdder rows = new LongAdder();
  private final ReentrantLock batches = new ReentrantLock();
  private volatile @Nullable Batch batch;

  /** Lets a step of the calling process through: before its death, and while the table is there. */
  interface Gate {
    boolean pass(Step step);
  }

  /** Short, and does not block; false to be tried again. */
  interface Step {
    boolean take();
  }

  /** A new content of a key in the place of one; null stands for none. */
  interface Change {
    @Nullable Object of(@Nullable Object content);
  }

  Cells(CellMap<K> map, Content content, Gate gate) {
    this.map = map;
    this.content = content;
    this.gate = gate;
  }

  // ---- reading ----

  @Nullable Object get(K key) {
    return seen(map.get(key));
  }

  static @Nullable Object seen(@Nullable Object cell) {
    return cell instanceof Pending pending ? pending.seen() : cell;
  }

  /** All rows of these cells. */
  Stream<Object> rows(Stream<Object> cells) {
    return cells.mapMulti((cell, sink) -> {
      Object seen = seen(cell);
      if (seen != null) {
        content.forEach(seen, sink);
      }
    });
  }

  long size() {
    if (content != Content.ROW) {
      return rows.sum();
    }
    Batch open = batch;
    return Math.max(0, map.size() - (open == null ? 0 : open.phantoms()));
  }

  // ---- one key ----

  /** Puts a row in the place of what is there: for tables with one row a key. */
  void put(K key, Object row) {
    while (!gate.pass(() -> tryPut(key, row))) {
      awaitBatch();
    }
  }

  /** A look at the cell's content costs a miss of the cache, and mostly there is no batch. */
  @Override
  public boolean isFree(@Nullable Object cell) {
    return batch == null || !(cell instanceof Pending pending && pending.batch().isOpen());
  }

  private boolean tryPut(K key, Object row) {
    return map.put(key, row, this);
  }

  /**
   * Changes what is under a key.
   *
   * @param change called again for each content that it meets; what it throws is thrown
   * @return what was there before
   */
  @Nullable Object update(K key, Change change) {
    while (true) {
      Object cell = settled(key);
      Object before = seen(cell);
      if (replace(key, cell, change.of(before))) {
        return before;
      }
    }
  }

  /** The cell of a key, which is in no open batch. */
  @Nullable Object settled(K key) {
    while (true) {
      Object cell = map.get(key);
      if (!(cell instanceof Pending pending && pending.batch().isOpen())) {
        return cell;
      }
      awaitBatch();
    }
  }

  /**
   * Puts a content, or none, in the place of what a settled cell has.
   *
   * @return false if it is not there any more
   */
  boolean replace(K key, @Nullable Object cell, @Nullable Object after) {
    Object before = seen(cell);
    return gate.pass(() -> after == before || replace(key, cell, before, after));
  }

  private boolean replace(
      K key, @Nullable Object cell, @Nullable Object before, @Nullable Object after) {
    boolean replaced = map.swap(key, cell, after);
    if (replaced && content != Content.ROW) {
      rows.add(content.size(after) - content.size(before));
    }
    return replaced;
  }

  // ---- many keys ----

  /**
   * Adds rows to many keys in one step.
   *
   * @param onlyNew whether nothing may be there under any of the keys
   * @return false if there was; then nothing is changed
   */
  boolean addAll(Map<K, List<Object>> rowsByKey, boolean onlyNew) {
    Processes.requireRoom();
    batches.lock();
    Batch mine = new Batch();
    try {
      batch = mine;
      return install(rowsByKey, onlyNew, mine) && gate.pass(() -> finish(mine));
    } finally {
      mine.close();
      mine.pending.forEach(pending -> settle(pending, mine));
      batch = null;
      batches.unlock();
    }
  }

  private boolean install(Map<K, List<Object>> rowsByKey, boolean onlyNew, Batch mine) {
    int done = 0;
    for (Map.Entry<K, List<Object>> entry : rowsByKey.entrySet()) {
      if (++done % STRIDE == 0) {
        gate.pass(() -> true);
      }
      K key = entry.getKey();
      Pending pending;
      Object cell;
      do {
        cell = map.get(key);
        Object before = seen(cell);
        if (onlyNew && before != null) {
          return false;
        }
        pending = new Pending(key, before, content.plus(before, entry.getValue()), mine);
      } while (!map.swap(key, cell, pending));
      mine.installed(pending);
    }
    return true;
  }

  private boolean finish(Batch mine) {
    mine.done();
    if (content != Content.ROW) {
      mine.pending.forEach(one -> rows.add(content.size(one.after()) - content.size(one.before())));
    }
    return true;
  }

  /** Nobody sees a difference. */
  @SuppressWarnings("unchecked")
  private void settle(Pending pending, Batch mine) {
    if (map.swap((K) pending.key(), pending, pending.seen())) {
      mine.removed(pending);
    }
  }

  /** Who has the lock once knows that the batch is through. */
  @SuppressWarnings("LockNotBeforeTry")
  private void awaitBatch() {
    Processes.requireRoom();
    batches.lock();
    batches.unlock();
  }
}
