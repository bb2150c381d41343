package dev.tend.otp.ets;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Many changes that become visible by one write: each is put into its cell as a {@link Pending},
 * which reads as the old content until the batch is done and as the new one from then on.
 */
final class Batch {
  /** Only for the thread whose batch it is. */
  final List<Pending> pending = new ArrayList<>();

  private volatile State state = State.OPEN;
  private volatile long phantoms;

  private enum State {
    OPEN,
    DONE,
    DROPPED
  }

  boolean isOpen() {
    return state == State.OPEN;
  }

  boolean isDone() {
    return state == State.DONE;
  }

  void done() {
    state = State.DONE;
  }

  /** If it is not done it never will be. */
  void close() {
    if (isOpen()) {
      state = State.DROPPED;
    }
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes it
  void installed(Pending one) {
    pending.add(one);
    if (one.before() == null) {
      phantoms++;
    }
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes it
  void removed(Pending one) {
    if (one.before() == null) {
      phantoms--;
    }
  }

  /** How many cells have nothing in them yet. */
  long phantoms() {
    return isDone() ? 0 : phantoms;
  }

  /** A cell between two contents. */
  record Pending(Object key, @Nullable Object before, Object after, Batch batch) {
    @Nullable Object seen() {
      return batch.isDone() ? after : before;
    }

    // One is equal to itself only: it is compared, and never looked into.
    @Override
    public boolean equals(@Nullable Object other) {
      return this == other;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(this);
    }
  }
}
