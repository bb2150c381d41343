package dev.tend.otp.ets;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Edits of cells without a table. */
final class Edits {
  private Edits() {}

  /** Puts a cell in the place of this very one, or removes it; null for one of them is none. */
  static <K> boolean swap(CellMap<K> map, K key, @Nullable Object cell, @Nullable Object other) {
    return put(map, key, other, now -> now == cell);
  }

  static <K> boolean put(
      CellMap<K> map, K key, @Nullable Object cell, Predicate<@Nullable Object> mayReplace) {
    return map.change(
        key,
        new CellMap.Edit(cell) {
          @Override
          boolean mayReplace(@Nullable Object now) {
            return mayReplace.test(now);
          }
        });
  }
}
