package dev.tend.otp.ets;

import java.util.Comparator;

/**
 * A part of the tree of an {@link OrderedCells}. Which keys it has never changes: in the place of a
 * node with others comes another node.
 */
sealed interface Node permits Branch, Leaf {

  /** Not above any of its keys, and above all keys of the nodes before it. */
  Object least();

  /** How many keys from an index on are at or below a place, or only below it, added to that. */
  static int after(
      Object[] keys, int first, Object place, boolean inclusive, Comparator<Object> order) {
    int low = first;
    int high = keys.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      int compared = order.compare(keys[middle], place);
      if (compared < 0 || (compared == 0 && inclusive)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
