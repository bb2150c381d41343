package dev.tend.otp.ets;

import dev.tend.otp.ets.Batch.Pending;
import dev.tend.otp.process.Processes;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
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
 * <p>Each step that others can see is one of the calling process's, and looks at the {@link Gate}.
 */
final class Cells<K> {
  private static final int STRIDE = 256;

  final CellMap<K> map;
  private final Content content;
  private final Gate gate;
  private final LongAdder rows = new LongAdder();
  private final ReentrantLock batches = new ReentrantLock();
  private volatile @Nullable Batch batch;

  /** Refuses what is done to a table that is gone. */
  interface Gate {
    void requireThere();
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
    return cell instanceof Pending pending
        ? pending.seen()
        : cell instanceof Counted<?> counted ? counted.row() : cell;
  }

  /** The same at a {@link Counted#state}. */
  static @Nullable Object seen(@Nullable Object cell, long state) {
    return cell instanceof Counted<?> counted ? counted.row(state) : seen(cell);
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
    while (!Processes.atomically(new Put(key, row))) {
      awaitBatch();
    }
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
      long state = Counted.state(cell);
      Object before = seen(cell, state);
      Object after = change.of(before);
      if (Processes.atomically(
          after == before ? this::isThere : new Replacement(key, cell, state, after))) {
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
   * Puts a row with another count in the place of what a settled cell has at a state: the count
   * alone, if the cell counts the same in place.
   *
   * @return false if that is not there any more
   */
  <R> boolean count(
      K key, @Nullable Object cell, long state, Counter<R> counter, R row, long count) {
    boolean fits = Counted.fits(count);
    if (fits && cell instanceof Counted<?> counted && counted.counts(counter, state)) {
      return Processes.atomically(new Count(counted, state, count));
    }
    Object after = fits ? new Counted<>(row, counter, count) : row;
    return Processes.atomically(new Replacement(key, cell, state, after));
  }

  private boolean isThere() {
    gate.requireThere();
    return true;
  }

  /**
   * One write of one cell, as a step of the calling process. It is all that is made for a write but
   * what is written: the more that is, the farther from each other the rows come to be in memory.
   */
  private abstract class Write extends CellMap.Edit implements Supplier<Boolean> {
    private final K key;

    Write(K key, @Nullable Object cell) {
      super(cell);
      this.key = key;
    }

    @Override
    public Boolean get() {
      return isThere() && map.change(key, this);
    }
  }

  private final class Put extends Write {
    Put(K key, Object row) {
      super(key, row);
    }

    /** A look at the cell's content costs a miss of the cache, and mostly there is no batch. */
    @Override
    boolean mayReplace(@Nullable Object now) {
      return batch == null || !(now instanceof Pending pending && pending.batch().isOpen());
    }
  }

  private final class Replacement extends Write {
    private final @Nullable Object expected;
    private final long state;

    Replacement(K key, @Nullable Object expected, long state, @Nullable Object cell) {
      super(key, cell);
      this.expected = expected;
      this.state = state;
    }

    @Override
    public Boolean get() {
      boolean done = super.get();
      if (done && content != Content.ROW) {
        rows.add(content.size(cell) - content.size(seen(expected)));
      }
      return done;
    }

    @Override
    boolean mayReplace(@Nullable Object now) {
      return now == expected && (!(now instanceof Counted<?> counted) || counted.close(state));
    }
  }

  /** One more count in a cell that counts in place: what is in it stays where it is in memory. */
  private final class Count implements Supplier<Boolean> {
    private final Counted<?> counted;
    private final long state;
    private final long count;

    Count(Counted<?> counted, long state, long count) {
      this.counted = counted;
      this.state = state;
      this.count = count;
    }

    @Override
    public Boolean get() {
      return isThere() && counted.count(state, count);
    }
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
    Batch mine = new Batch();
    batches.lock();
    try {
      batch = mine;
      return install(rowsByKey, onlyNew, mine) && Processes.atomically(() -> finish(mine));
    } finally {
      mine.close();
      settleAll(mine);
    }
  }

  private boolean install(Map<K, List<Object>> rowsByKey, boolean onlyNew, Batch mine) {
    int done = 0;
    for (Map.Entry<K, List<Object>> entry : rowsByKey.entrySet()) {
      if (++done % STRIDE == 0) {
        Processes.atomically(this::isThere);
      }
      K key = entry.getKey();
      Pending pending;
      Object cell;
      long state;
      do {
        cell = map.get(key);
        state = Counted.state(cell);
        Object before = seen(cell, state);
        if (onlyNew && before != null) {
          return false;
        }
        pending = new Pending(key, before, content.plus(before, entry.getValue()), mine);
      } while (!map.change(key, new Replacement(key, cell, state, pending)));
      mine.installed(pending);
    }
    return true;
  }

  private boolean finish(Batch mine) {
    gate.requireThere();
    mine.done();
    if (content != Content.ROW) {
      mine.pending.forEach(one -> rows.add(content.size(one.after()) - content.size(one.before())));
    }
    return true;
  }

  /** What cannot be settled, for its key throws now, stays: it reads as it should. */
  private void settleAll(Batch mine) {
    try {
      mine.pending.forEach(pending -> settle(pending, mine));
    } finally {
      batch = null;
      batches.unlock();
    }
  }

  /** Nobody sees a difference. */
  @SuppressWarnings("unchecked")
  private void settle(Pending pending, Batch mine) {
    K key = (K) pending.key();
    if (map.change(key, new Replacement(key, pending, 0, pending.seen()))) {
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
