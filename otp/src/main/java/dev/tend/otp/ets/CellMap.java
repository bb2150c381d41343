package dev.tend.otp.ets;

import java.util.Map;
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
   * If this very cell is there, puts another, or none; null for one of the two stands for none.
   *
   * @return whether it was there
   */
  boolean swap(K key, @Nullable Object cell, @Nullable Object other);

  /**
   * Puts a cell in the place of whatever is there.
   *
   * @return false if what is there may not be replaced now
   */
  boolean put(K key, Object cell, Freedom freedom);

  /** Which cells may be replaced by whoever has not seen them. */
  interface Freedom {
    boolean isFree(@Nullable Object cell);
  }

  long size();

  /**
   * All cells with their keys, read as the stream is: each that stays is met once, as it is then.
   */
  Stream<Map.Entry<K, Object>> entries();
}
