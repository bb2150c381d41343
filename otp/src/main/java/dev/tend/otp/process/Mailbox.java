package dev.tend.otp.process;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Messages that have arrived and wait, in order. Guarded by its process's lock. */
final class Mailbox {
  private static final int FIRST_MARK = 4_096;

  private @Nullable Signal first;
  private @Nullable Signal last;
  private int size;
  private int mark = FIRST_MARK;

  /** Up to this one all have been passed over, since the last plain {@link #poll()}. */
  private @Nullable Signal passed;

  int size() {
    return size;
  }

  /** Whether it has grown beyond a mark; the next one is at twice that. */
  boolean passesMark() {
    if (size < mark) {
      return false;
    }
    mark = 2 * Integer.highestOneBit(size);
    return true;
  }

  boolean isEmpty() {
    return first == null;
  }

  void add(Signal signal) {
    signal.next = null;
    signal.previous = last;
    if (last == null) {
      first = signal;
    } else {
      last.next = signal;
    }
    last = signal;
    size++;
  }

  /** Adds so many that are linked already, both ways. */
  void addAll(Signal oldest, Signal newest, int count) {
    oldest.previous = last;
    if (last == null) {
      first = oldest;
    } else {
      last.next = oldest;
    }
    last = newest;
    size += count;
  }

  @Nullable Signal poll() {
    Signal signal = first;
    passed = null;
    if (signal == null) {
      return null;
    }
    Signal following = signal.next;
    first = following;
    if (following == null) {
      last = null;
    } else {
      following.previous = null;
      signal.next = null;
    }
    size--;
    return signal;
  }

  /** Takes out the casts that are first, at most so many, linked by {@code next}. */
  @Nullable Signal pollCasts(int most) {
    Signal oldest = first;
    Signal newest = null;
    Signal rest = oldest;
    for (int i = 0; i < most && rest instanceof Signal.CastSignal; i++) {
      rest.previous = null;
      newest = rest;
      rest = rest.next;
      size--;
    }
    if (newest == null) {
      return null;
    }
    newest.next = null;
    first = rest;
    if (rest == null) {
      last = null;
    } else {
      rest.previous = null;
    }
    return oldest;
  }

  /** Puts them back. */
  void addFirst(Signal oldest) {
    Signal newest = oldest;
    size++;
    for (Signal next = oldest.next; next != null; next = next.next) {
      next.previous = newest;
      newest = next;
      size++;
    }
    newest.next = first;
    if (first == null) {
      last = newest;
    } else {
      first.previous = newest;
    }
    first = oldest;
  }

  /** The first one wanted. Looks at each one once, as long as only this is asked. */
  @Nullable Signal poll(Predicate<Signal> wanted) {
    Signal signal = passed == null ? first : passed.next;
    while (signal != null && !wanted.test(signal)) {
      passed = signal;
      signal = signal.next;
    }
    if (signal != null) {
      remove(signal);
    }
    return signal;
  }

  /** Whether a signal that has been in the box still is. */
  boolean has(Signal signal) {
    return signal.previous != null || signal == first;
  }

  /** Nothing if it has been taken out. */
  void remove(Signal signal) {
    if (!has(signal)) {
      return;
    }
    if (signal == passed) {
      passed = signal.previous;
    }
    if (signal.previous == null) {
      first = signal.next;
    } else {
      signal.previous.next = signal.next;
    }
    if (signal.next == null) {
      last = signal.previous;
    } else {
      signal.next.previous = signal.previous;
    }
    signal.next = null;
    signal.previous = null;
    size--;
  }

  /** The signals behind this one, at most so many; from the first where it is null or gone. */
  List<Signal> after(@Nullable Signal cursor, int limit) {
    List<Signal> found = new ArrayList<>();
    Signal signal = cursor == null || !has(cursor) ? first : cursor.next;
    while (signal != null && found.size() < limit) {
      found.add(signal);
      signal = signal.next;
    }
    return found;
  }

  /** Empties the box. */
  List<Signal> takeAll() {
    List<Signal> all = after(null, Integer.MAX_VALUE);
    for (Signal signal : all) {
      signal.next = null;
      signal.previous = null;
    }
    first = null;
    last = null;
    passed = null;
    size = 0;
    return all;
  }
}
