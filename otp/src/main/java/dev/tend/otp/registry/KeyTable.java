package dev.tend.otp.registry;

import dev.tend.otp.process.Pid;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The entries of one partition by key. The row of a key is its first slot, and the others are in
 * line behind that. Reading takes no lock; writing takes the row's, for a moment.
 */
final class KeyTable<K, V> {
  private final LongAdder size = new LongAdder();

  /** Null once the partition is dead. */
  private volatile @Nullable ConcurrentHashMap<K, Slot<K, V>> rows = new ConcurrentHashMap<>();

  /** The first slot of a key. */
  @Nullable Slot<K, V> first(K key) {
    ConcurrentHashMap<K, Slot<K, V>> map = rows;
    return map == null ? null : map.get(key);
  }

  /** The living holder of a key. */
  @Nullable Pid<?> holder(K key) {
    Slot<K, V> slot = first(key);
    return slot != null && slot.pid().isAlive() ? slot.pid() : null;
  }

  /** The entries of a key that hold, of living processes, in the order of their registration. */
  List<Entry<K, V>> entries(K key, Predicate<? super Entry<K, V>> condition) {
    List<Entry<K, V>> found = new ArrayList<>();
    collect(first(key), condition, found::add);
    return found;
  }

  /** All entries that hold, of living processes. */
  void select(Predicate<? super Entry<K, V>> condition, Consumer<? super Entry<K, V>> to) {
    ConcurrentHashMap<K, Slot<K, V>> map = rows;
    if (map != null) {
      map.values().forEach(first -> collect(first, condition, to));
    }
  }

  private void collect(
      @Nullable Slot<K, V> first,
      Predicate<? super Entry<K, V>> condition,
      Consumer<? super Entry<K, V>> to) {
    for (Slot<K, V> slot = first; slot != null; slot = slot.next) {
      Entry<K, V> entry = slot.read();
      if (entry != null && condition.test(entry)) {
        to.accept(entry);
      }
    }
  }

  long size() {
    return rows == null ? 0 : size.sum();
  }

  /** All the keys that have a row, of dead processes too. */
  int rows() {
    ConcurrentHashMap<K, Slot<K, V>> map = rows;
    return map == null ? 0 : map.size();
  }

  /**
   * Enters a slot; one that is alone under its key takes a dead one's place.
   *
   * @param alone whether it must be the only one under its key
   * @return false if it must be and a living process holds the key, or if the partition is dead
   */
  boolean add(Slot<K, V> slot, boolean alone) {
    ConcurrentHashMap<K, Slot<K, V>> map = rows;
    if (map != null) {
      map.compute(slot.key, (key, first) -> alone ? takeOver(first, slot) : append(first, slot));
    }
    return slot.previous != null;
  }

  private Slot<K, V> takeOver(@Nullable Slot<K, V> former, Slot<K, V> slot) {
    if (former != null && former.pid().isAlive()) {
      return former;
    }
    if (former == null) {
      size.increment();
    } else {
      former.previous = null;
    }
    slot.previous = slot;
    return slot;
  }

  private Slot<K, V> append(@Nullable Slot<K, V> first, Slot<K, V> slot) {
    size.increment();
    if (first == null) {
      slot.previous = slot;
      return slot;
    }
    Slot<K, V> last = first.previous;
    slot.previous = last;
    first.previous = slot;
    if (last != null) {
      last.next = slot;
    }
    return first;
  }

  /** Takes a slot out; nothing if it has been. */
  void remove(Slot<K, V> slot) {
    ConcurrentHashMap<K, Slot<K, V>> map = rows;
    if (map != null) {
      map.computeIfPresent(slot.key, (key, first) -> without(first, slot));
    }
  }

  private @Nullable Slot<K, V> without(Slot<K, V> first, Slot<K, V> slot) {
    Slot<K, V> before = slot.previous;
    if (before == null) {
      return first;
    }
    Slot<K, V> behind = slot.next;
    if (slot != first) {
      before.next = behind;
    }
    if (behind != null) {
      behind.previous = before;
    } else if (slot != first) {
      first.previous = before;
    }
    slot.previous = null;
    size.decrement();
    return slot == first ? behind : first;
  }

  /** The partition is dead: nothing is here any more. */
  void vanish() {
    rows = null;
  }
}
