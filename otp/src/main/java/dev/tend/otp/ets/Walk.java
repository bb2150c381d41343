package dev.tend.otp.ets;

import java.util.Comparator;
import java.util.Map;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Goes from cell to cell of a tree, between two places, exclusively. Each cell is read when it is
 * gone to. A key that stays is met once.
 *
 * <h2>Implementation note</h2>
 *
 * <p>It stays in a leaf while that is the current one, and otherwise finds its way again by the
 * last key. Where to stop in a leaf it looks once, so most steps compare nothing. The next leaf is
 * mostly in the next slot of the same branch. That branch may be an old one; but of two leaves that
 * were neighbours one is old as soon as there is a key between them.
 */
final class Walk<K> {
  private final OrderedCells<K> tree;
  private final Comparator<Object> order;
  private final boolean reverse;
  private final int step;

  /** The last key, or where it begins; null for the end of all. */
  private @Nullable Object place;

  private final @Nullable Object to;
  private @Nullable Object cell;
  private boolean isOver;

  private @Nullable Branch branch;
  private int slot;
  private @Nullable Leaf leaf;
  private int index;
  private int stop;

  /** Whether there is nothing for it beyond the leaf. */
  private boolean isLast;

  Walk(OrderedCells<K> tree, @Nullable Object from, @Nullable Object to, boolean reverse) {
    this.tree = tree;
    this.order = tree.order;
    this.reverse = reverse;
    this.step = reverse ? -1 : 1;
    this.place = reverse ? to : from;
    this.to = reverse ? from : to;
  }

  /** What it comes to, made into something as it is gone to; null is left out. */
  <T> Stream<T> stream(Function<Walk<K>, @Nullable T> made) {
    return StreamSupport.stream(new Steps<>(this, made), false);
  }

  Stream<Map.Entry<K, Object>> entries() {
    return stream(walk -> Map.entry(walk.key(), walk.cell()));
  }

  /** Goes to the next cell; false if there is none, and then for ever. */
  boolean next() {
    Leaf here = leaf;
    if (isOver) {
      return false;
    }
    if (here == null || here.isOld()) {
      isOver = !find();
    } else if (index == stop) {
      isOver = !leave();
    }
    here = leaf;
    if (isOver || here == null) {
      return false;
    }
    place = here.key(index);
    cell = here.cell(index);
    index += step;
    return true;
  }

  @SuppressWarnings({"unchecked", "NullAway"}) // where it has gone to there is a key
  K key() {
    return (K) place;
  }

  @SuppressWarnings("NullAway") // where it has gone to there is a cell
  Object cell() {
    return cell;
  }

  // ---- from leaf to leaf ----

  private boolean leave() {
    if (isLast) {
      return false;
    }
    if (branch != null && branch.has(slot + step)) {
      Leaf next = (Leaf) branch.node(slot + step);
      if (!next.isOld()) {
        slot += step;
        return enter(next, edge(next.size()));
      }
    }
    return find();
  }

  /** Goes to where the next key is, by way of the leaf in which the place is. */
  private boolean find() {
    Branch turn = null;
    int turnSlot = 0;
    branch = null;
    Node node = tree.root();
    while (node instanceof Branch down) {
      branch = down;
      slot = place == null ? edge(down.size()) : down.slot(place, order);
      if (down.has(slot + step)) {
        turn = down;
        turnSlot = slot + step;
      }
      node = down.node(slot);
    }
    Leaf near = (Leaf) node;
    int beyond = beyond(near);
    if (near.has(beyond)) {
      return enter(near, beyond);
    }
    return turn != null && descend(turn, turnSlot);
  }

  private int beyond(Leaf near) {
    if (place == null) {
      return edge(near.size());
    }
    return reverse ? near.below(place, order) : near.above(place, order);
  }

  private boolean descend(Branch from, int first) {
    branch = from;
    slot = first;
    Node node = from.node(first);
    while (node instanceof Branch down) {
      branch = down;
      slot = edge(down.size());
      node = down.node(slot);
    }
    Leaf next = (Leaf) node;
    return enter(next, edge(next.size()));
  }

  private int edge(int size) {
    return reverse ? size - 1 : 0;
  }

  private int end(Leaf next) {
    return reverse ? -1 : next.size();
  }

  private boolean enter(Leaf next, int first) {
    leaf = next;
    index = first;
    stop = to == null ? end(next) : next.until(first, to, reverse, order);
    isLast = stop != end(next);
    return index != stop;
  }

  private static final class Steps<K, T> extends Spliterators.AbstractSpliterator<T> {
    private final Walk<K> walk;
    private final Function<Walk<K>, @Nullable T> made;

    Steps(Walk<K> walk, Function<Walk<K>, @Nullable T> made) {
      super(Long.MAX_VALUE, ORDERED | NONNULL | CONCURRENT);
      this.walk = walk;
      this.made = made;
    }

    @Override
    public boolean tryAdvance(Consumer<? super T> action) {
      while (walk.next()) {
        T next = made.apply(walk);
        if (next != null) {
          action.accept(next);
          return true;
        }
      }
      return false;
    }
  }
}
