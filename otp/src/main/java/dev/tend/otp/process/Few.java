package dev.tend.otp.process;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A set for what a process mostly has none or one of, and may have any number of: it costs a table
 * only from the second on. Elements are equal only to themselves. Guarded by its process's lock.
 */
final class Few<E> {
  private @Nullable E only;

  /** All of them, once there has been more than one. */
  private @Nullable Set<E> all;

  /** False if it is there already. */
  boolean add(E element) {
    if (all != null) {
      return all.add(element);
    }
    if (only == null) {
      only = element;
      return true;
    }
    if (only == element) {
      return false;
    }
    all = new HashSet<>(List.of(only, element));
    only = null;
    return true;
  }

  boolean remove(E element) {
    if (all != null) {
      return all.remove(element);
    }
    if (only != element) {
      return false;
    }
    only = null;
    return true;
  }

  boolean contains(E element) {
    return all == null ? only == element : all.contains(element);
  }

  int size() {
    return all == null ? (only == null ? 0 : 1) : all.size();
  }

  /** At most so many of them. */
  List<E> some(int most) {
    return all == null
        ? only == null ? List.of() : List.of(only)
        : all.stream().limit(most).toList();
  }

  /** Empties the set. */
  List<E> takeAll() {
    List<E> taken = all != null ? List.copyOf(all) : only != null ? List.of(only) : List.of();
    all = null;
    only = null;
    return taken;
  }

  /** Gives back what it has grown to and needs no more. */
  void trim() {
    if (all != null) {
      all = all.isEmpty() ? null : new HashSet<>(all);
    }
  }
}
