package dev.tend.otp.process;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Messages that have arrived and wait, in order. Guarded by its process's lock. */
final class Mailbox {
  private @Nullable Signal first;
  private @Nullable Signal last;
  private int size;

  int size() {
    return size;
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

  @Nullable Signal poll() {
    Signal signal = first;
    if (signal != null) {
      remove(signal);
    }
    return signal;
  }

  void remove(Signal signal) {
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

  /** The signals behind this one (from the first where it is null), at most so many. */
  List<Signal> after(@Nullable Signal cursor, int limit) {
    List<Signal> found = new ArrayList<>();
    Signal signal = cursor == null ? first : cursor.next;
    while (signal != null && found.size() < limit) {
      found.add(signal);
      signal = signal.next;
    }
    return found;
  }

  /** Empties the box. */
  List<Signal> takeAll() {
    List<Signal> all = after(null, Integer.MAX_VALUE);
    first = null;
    last = null;
    size = 0;
    return all;
  }
}
