package dev.tend.otp.ets;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * A cell that counts in place: a row, and the count that this row has now.
 *
 * <h2>Implementation note</h2>
 *
 * <p>A number that changes in its place leaves nothing behind. Another row for each count has to be
 * fetched, kept and moved by the collector, which is most of what a count costs in a large table.
 *
 * <p>The state is the count with one bit more, which is set once the cell is closed. Whoever has
 * looked at the row and puts something in its place closes the cell first, at the state that was
 * looked at, under the lock that the map has for the key: so no count is made that it has not seen.
 * Who puts a row there without a look need not: a count that still goes into the old cell began
 * before, and nobody can tell that it was not made before. A closed cell keeps its last count and
 * reads as it did; if it stays after all, for memory ran out, the next write takes its place.
 */
final class Counted<R> {
  private static final VarHandle STATE;

  static {
    try {
      STATE = MethodHandles.lookup().findVarHandle(Counted.class, "state", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private static final long CLOSED = 1;

  private final R row;
  private final Counter<R> counter;
  private volatile long state;

  Counted(R row, Counter<R> counter, long count) {
    this.row = row;
    this.counter = counter;
    this.state = open(count);
  }

  /** Whether there is room for the bit more. */
  static boolean fits(long count) {
    return count(open(count)) == count;
  }

  private static long open(long count) {
    return count << 1;
  }

  private static long count(long state) {
    return state >> 1;
  }

  /** What a cell counts now; of one that does not count, always the same. */
  static long state(@Nullable Object cell) {
    return cell instanceof Counted<?> counted ? counted.state : 0;
  }

  /** The row at a state. */
  R row(long at) {
    return counter.with.with(row, count(at));
  }

  /** The row now. */
  R row() {
    return row(state);
  }

  /** Whether it counted this, and was open. */
  boolean counts(Counter<?> wanted, long at) {
    return counter == wanted && (at & CLOSED) == 0;
  }

  /** Puts a count in the place of what there is at a state, if it is still the same. */
  boolean count(long at, long count) {
    return STATE.compareAndSet(this, at, open(count));
  }

  /** Whether the cell is closed now, with the count that it has at a state. */
  boolean close(long at) {
    return STATE.compareAndSet(this, at & ~CLOSED, at | CLOSED) || state == (at | CLOSED);
  }
}
