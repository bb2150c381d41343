package dev.tend.otp.ets;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Cells in the order of their keys. A place is a key, or what the order compares with keys without
 * being one.
 */
interface OrderedCellMap<K> extends CellMap<K> {

  Map.@Nullable Entry<K, Object> first();

  Map.@Nullable Entry<K, Object> last();

  /** The next after a place. */
  Map.@Nullable Entry<K, Object> higher(Object place);

  /** The last before a place. */
  Map.@Nullable Entry<K, Object> lower(Object place);

  /**
   * The way through the cells between two places, exclusively.
   *
   * @param from null for the first of all
   * @param to null for the last of all
   */
  Walk<K> walk(@Nullable Object from, @Nullable Object to, boolean reverse);
}
