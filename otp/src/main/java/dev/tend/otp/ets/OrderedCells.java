package dev.tend.otp.ets;

import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Cells in a tree: {@link Leaf leaves} of neighbouring keys, as deep as each other, under {@link
 * Branch branches}.
 *
 * <h2>Implementation note</h2>
 *
 * <p>Which keys a leaf has never changes. For a new key, or one less, a copy takes its place in its
 * branch; a leaf that becomes too full makes two, an empty one is left out, and its branch is
 * copied then, which may be too full in its turn. Who does that has the tree's monitor. Who puts a
 * cell in the place of another needs its leaf's monitor only.
 *
 * <p>Readers need none. A reader may be in a leaf in whose place there is another by now. That one
 * was current at some time since the reader came in at the root, and is as it was when it was
 * replaced, so what is found in it was there while the reader looked. Only {@link #higher} and
 * {@link #lower} can have to look into two leaves; they make sure that in the end the first still
 * is where it was, with nothing new in it.
 */
final class OrderedCells<K> implements CellMap<K> {
  final Comparator<Object> order;
  private volatile Node root = Leaf.empty();
  private volatile long size;

  OrderedCells(Comparator<Object> order) {
    this.order = order;
  }

  Node root() {
    return root;
  }

  @Override
  public long size() {
    return size;
  }

  // ---- reading ----

  @Override
  public @Nullable Object get(K key) {
    Leaf leaf = leafOf(key);
    int index = leaf.find(key, order);
    return index < 0 ? null : leaf.cell(index);
  }

  /** Where a place is, if anywhere. */
  private Leaf leafOf(Object place) {
    Node node = root;
    while (node instanceof Branch branch) {
      node = branch.node(branch.slot(place, order));
    }
    return (Leaf) node;
  }

  Map.@Nullable Entry<K, Object> first() {
    return next(walk(null, null, false));
  }

  Map.@Nullable Entry<K, Object> last() {
    return next(walk(null, null, true));
  }

  /** The next after a place: a key, or what the order compares with keys without being one. */
  Map.@Nullable Entry<K, Object> higher(Object place) {
    return beside(place, false);
  }

  /** The last before a place. */
  Map.@Nullable Entry<K, Object> lower(Object place) {
    return beside(place, true);
  }

  private Map.@Nullable Entry<K, Object> beside(Object place, boolean reverse) {
    while (true) {
      Leaf near = leafOf(place);
      int index = reverse ? near.below(place, order) : near.above(place, order);
      if (near.has(index)) {
        return entry(near.key(index), near.cell(index));
      }
      Map.Entry<K, Object> next =
          next(reverse ? walk(null, place, true) : walk(place, null, false));
      if (leafOf(place) == near) {
        return next;
      }
    }
  }

  private Map.@Nullable Entry<K, Object> next(Walk<K> walk) {
    return walk.next() ? Map.entry(walk.key(), walk.cell()) : null;
  }

  @SuppressWarnings("unchecked") // its keys are K
  private Map.Entry<K, Object> entry(Object key, Object cell) {
    return Map.entry((K) key, cell);
  }

  /**
   * The way through the cells between two places, exclusively.
   *
   * @param from null for the first of all
   * @param to null for the last of all
   */
  Walk<K> walk(@Nullable Object from, @Nullable Object to, boolean reverse) {
    return new Walk<>(this, from, to, reverse);
  }

  @Override
  public Stream<Map.Entry<K, Object>> entries() {
    return walk(null, null, false).entries();
  }

  // ---- writing ----

  @Override
  public boolean change(K key, Edit edit) {
    Object cell = edit.cell;
    if (cell != null) {
      for (Leaf leaf = leafOf(key); ; leaf = leafOf(key)) {
        int index = leaf.find(key, order);
        if (index < 0) {
          break;
        }
        synchronized (leaf) {
          if (!leaf.isOld()) {
            return replace(leaf, index, edit, cell);
          }
        }
      }
    }
    return addOrRemove(key, edit);
  }

  private static boolean replace(Leaf leaf, int index, Edit edit, Object cell) {
    boolean may = edit.mayReplace(leaf.cell(index));
    if (may) {
      leaf.setCell(index, cell);
    }
    return may;
  }

  /** The way down to a leaf. */
  private record Path(Branch branch, int slot, @Nullable Path up) {}

  @SuppressWarnings("NonAtomicVolatileUpdate") // it has the monitor
  private synchronized boolean addOrRemove(K key, Edit edit) {
    Path path = null;
    Node node = root;
    while (node instanceof Branch branch) {
      path = new Path(branch, branch.slot(key, order), path);
      node = branch.node(path.slot);
    }
    Leaf leaf = (Leaf) node;
    int index = leaf.find(key, order);
    if (leaf.size() == 0) {
      order.compare(key, key); // or the first key alone would never be asked for its order
    }
    Object cell = edit.cell;
    synchronized (leaf) {
      if (index >= 0 && cell != null) {
        return replace(leaf, index, edit, cell);
      }
      if (!edit.mayReplace(index < 0 ? null : leaf.cell(index))) {
        return false;
      }
      if (index >= 0) {
        put(path, leaf, leaf.without(index));
        size--;
      } else if (cell != null) {
        put(path, leaf, leaf.with(~index, key, cell));
        size++;
      }
      return true;
    }
  }

  /** Puts some nodes in the place of a leaf. Others see that in one step, once all is made. */
  private void put(@Nullable Path path, Leaf leaf, Node[] nodes) {
    Path at = path;
    Node[] instead = nodes;
    while (at != null && instead.length != 1) {
      instead = at.branch.with(at.slot, instead);
      at = at.up;
    }
    if (at != null) {
      leaf.retire();
      at.branch.set(at.slot, instead[0]);
      return;
    }
    Node top =
        switch (instead.length) {
          case 0 -> Leaf.empty();
          case 1 -> instead[0];
          default -> Branch.of(instead);
        };
    while (top instanceof Branch branch && branch.size() == 1) {
      top = branch.node(0);
    }
    leaf.retire();
    root = top;
  }
}
