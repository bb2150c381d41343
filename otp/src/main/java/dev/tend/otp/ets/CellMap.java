package dev.tend.otp.ets;

import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where the {@link Cells} of a table are found by their keys. Reads take no lock and wait for
 * nobody; each change is one step for its key.
 */
interface CellMap<K> {

  /** What is in the cell of a key now; null if there is none. */
  @Nullable Object get(K key);

  /**
   * Puts the edit's cell in the place of what is there, if that may go.
   *
   * @return whether it might
   */
  boolean change(K key, Edit edit);

  /** A cell, or none, that may come in the place of others; to be used once. */
  abstract class Edit implements BiFunction<Object, @Nullable Object, @Nullable Object> {
    final @Nullable Object cell;
    private boolean isDone;

    Edit(@Nullable Object cell) {
      this.cell = cell;
    }

    /** Whether it may come in the place of this cell, or of none. */
    abstract boolean mayReplace(@Nullable Object now);

    final boolean isDone() {
      return isDone;
    }

    @Override
    public final @Nullable Object apply(Object key, @Nullable Object now) {
      isDone = mayReplace(now);
      return isDone ? cell : now;
    }
  }

  long size();

  /**
   * All cells with their keys, read as the stream is: each that stays is met once, as it is then.
   */
  Stream<Map.Entry<K, Object>> entries();
}
