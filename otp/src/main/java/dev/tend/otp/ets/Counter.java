package dev.tend.otp.ets;

import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A column that counts: how it is read, and how a row with another count is made. Not of the key.
 * Make one a constant: a row is counted in place by the counter that it was counted by last.
 *
 * {@snippet lang=text :
 * record Hits(String page, long count) {}
 *
 * static final Counter<Hits> COUNT = Counter.of(Hits::count, (row, n) -> new Hits(row.page(), n));
 *
 * hits.updateCounter("/index", COUNT.add(1), new Hits("/index", 0))
 * }
 */
public final class Counter<R> {
  final ToLongFunction<R> count;
  final With<R> with;

  /**
   * Makes a row that differs in one count. It has no effects, and depends on the row and the count
   * alone: it is called before each count, which is not made if it throws, and whenever somebody
   * reads a row that has been counted.
   */
  @FunctionalInterface
  public interface With<R> {
    R with(R row, long count);
  }

  private Counter(ToLongFunction<R> count, With<R> with) {
    this.count = count;
    this.with = with;
  }

  public static <R> Counter<R> of(ToLongFunction<R> count, With<R> with) {
    return new Counter<>(count, with);
  }

  /** To be given to {@link SetTable#updateCounter}. */
  public Increment<R> add(long by) {
    return new Increment<>(this, by, null);
  }

  /** What is to be added to a counter. */
  public static final class Increment<R> {
    final Counter<R> counter;
    private final long by;
    private final @Nullable Limit limit;

    private record Limit(long threshold, long value) {}

    private Increment(Counter<R> counter, long by, @Nullable Limit limit) {
      this.counter = counter;
      this.by = by;
      this.limit = limit;
    }

    /**
     * A sum beyond the threshold becomes this value: above it if something is added, below it if
     * something is taken away ({@code {Pos, Incr, Threshold, SetValue}}).
     */
    public Increment<R> orElse(long threshold, long value) {
      return new Increment<>(counter, by, new Limit(threshold, value));
    }

    long count(R row) {
      return counter.count.applyAsLong(row);
    }

    /**
     * @throws ArithmeticException if it is beyond a long
     */
    long sum(long count) {
      return limit != null && isBeyond(limit.threshold, count)
          ? limit.value
          : Math.addExact(count, by);
    }

    /** Whether the sum is; one that has gone round the end of a long is, too. */
    private boolean isBeyond(long threshold, long count) {
      long sum = count + by;
      return by < 0 ? sum < threshold || sum > count : sum > threshold || sum < count;
    }

    R with(R row, long count) {
      return counter.with.with(row, count);
    }
  }
}
