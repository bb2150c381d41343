package dev.tend.otp.ets;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.Comparator;

/**
 * Some neighbouring keys and their cells. A cell is written by who has the leaf's monitor, and only
 * until another leaf is in its place: from then on this one is as it was then.
 */
final class Leaf implements Node {
  static final int MOST = 64;
  private static final VarHandle CELL = MethodHandles.arrayElementVarHandle(Object[].class);

  private final Object[] keys;
  private final Object[] cells;

  /** Written before the other leaf can be seen. */
  private volatile boolean isOld;

  private Leaf(Object[] keys, Object[] cells) {
    this.keys = keys;
    this.cells = cells;
  }

  /** Of a tree without keys: no other leaf is empty. */
  static Leaf empty() {
    return new Leaf(new Object[0], new Object[0]);
  }

  int size() {
    return keys.length;
  }

  boolean has(int index) {
    return 0 <= index && index < keys.length;
  }

  @Override
  public Object least() {
    return keys[0];
  }

  Object key(int index) {
    return keys[index];
  }

  Object cell(int index) {
    return CELL.getVolatile(cells, index);
  }

  void setCell(int index, Object cell) {
    CELL.setVolatile(cells, index, cell);
  }

  boolean isOld() {
    return isOld;
  }

  void retire() {
    isOld = true;
  }

  // ---- where a place is ----

  /** The index of a key; if it is not there, the complement of the index where it belongs. */
  int find(Object key, Comparator<Object> order) {
    int low = 0;
    int high = keys.length - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int compared = order.compare(keys[middle], key);
      if (compared == 0) {
        return middle;
      }
      if (compared < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return ~low;
  }

  /** The index of the first key above a place. */
  int above(Object place, Comparator<Object> order) {
    return Node.after(keys, 0, place, true, order);
  }

  /** The index of the last key below a place. */
  int below(Object place, Comparator<Object> order) {
    return Node.after(keys, 0, place, false, order) - 1;
  }

  /**
   * The first index, from one on, whose key is at a place or beyond; the one beyond the last if
   * there is none. It looks near the first at first: a range is mostly short.
   */
  int until(int first, Object place, boolean reverse, Comparator<Object> order) {
    int step = reverse ? -1 : 1;
    int in = first - step;
    int out = first;
    while (has(out) && isBefore(out, place, reverse, order)) {
      in = out;
      out += step;
      step += step;
    }
    out = Math.clamp(out, -1, keys.length);
    while (Math.abs(out - in) > 1) {
      int middle = (in + out) >> 1;
      if (isBefore(middle, place, reverse, order)) {
        in = middle;
      } else {
        out = middle;
      }
    }
    return out;
  }

  private boolean isBefore(int index, Object place, boolean reverse, Comparator<Object> order) {
    int compared = order.compare(keys[index], place);
    return reverse ? compared > 0 : compared < 0;
  }

  // ---- what comes in its place, under its monitor ----

  /**
   * With one more key. Of two leaves one has the new key alone if that is the first or the last:
   * keys that come in order leave full leaves behind.
   */
  Node[] with(int index, Object key, Object cell) {
    int size = keys.length;
    Object[] newKeys = with(keys, index, key);
    Object[] newCells = with(cells, index, cell);
    if (size < MOST) {
      return new Node[] {new Leaf(newKeys, newCells)};
    }
    int cut = index == size ? size : index == 0 ? 1 : (size + 1) / 2;
    return new Node[] {
      new Leaf(Arrays.copyOf(newKeys, cut), Arrays.copyOf(newCells, cut)),
      new Leaf(
          Arrays.copyOfRange(newKeys, cut, size + 1), Arrays.copyOfRange(newCells, cut, size + 1))
    };
  }

  /** Without one of its keys; nothing if it is the only one. */
  Node[] without(int index) {
    return keys.length == 1
        ? new Node[0]
        : new Node[] {new Leaf(without(keys, index), without(cells, index))};
  }

  private static Object[] with(Object[] all, int index, Object one) {
    Object[] more = new Object[all.length + 1];
    System.arraycopy(all, 0, more, 0, index);
    more[index] = one;
    System.arraycopy(all, index, more, index + 1, all.length - index);
    return more;
  }

  private static Object[] without(Object[] all, int index) {
    Object[] fewer = Arrays.copyOf(all, all.length - 1);
    System.arraycopy(all, index + 1, fewer, index, fewer.length - index);
    return fewer;
  }
}
