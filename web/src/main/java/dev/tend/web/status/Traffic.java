package dev.tend.web.status;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How many requests have been answered, and how long that took. A handful of nanoseconds each; the
 * times are kept in classes of about one tenth.
 */
public final class Traffic {
  private static final int CLASSES_PER_DOUBLING = 8;
  private static final int CLASSES = 40 * CLASSES_PER_DOUBLING;

  private final AtomicLongArray counts = new AtomicLongArray(CLASSES);

  /** What had been counted at one moment. */
  static final class Count {
    private final long[] classes;

    private Count(long[] classes) {
      this.classes = classes;
    }

    long requests() {
      long sum = 0;
      for (long count : classes) {
        sum += count;
      }
      return sum;
    }

    /** What has been counted since then. */
    Count since(Count before) {
      long[] more = new long[CLASSES];
      for (int i = 0; i < CLASSES; i++) {
        more[i] = classes[i] - before.classes[i];
      }
      return new Count(more);
    }

    /** The time in milliseconds within which this share was answered; 0 if there was nothing. */
    double within(double share) {
      long rank = (long) Math.ceil(requests() * share);
      long passed = 0;
      for (int i = 0; i < CLASSES; i++) {
        passed += classes[i];
        if (passed > 0 && passed >= rank) {
          return upperBound(i) / 1e6;
        }
      }
      return 0;
    }
  }

  /** One more, answered after so many nanoseconds. */
  public void answered(long nanos) {
    counts.getAndIncrement(classOf(nanos));
  }

  Count count() {
    long[] now = new long[CLASSES];
    for (int i = 0; i < CLASSES; i++) {
      now[i] = counts.get(i);
    }
    return new Count(now);
  }

  private static int classOf(long nanos) {
    long value = Math.max(nanos, CLASSES_PER_DOUBLING);
    int doublings = 63 - Long.numberOfLeadingZeros(value);
    int within = (int) (value >> (doublings - 3)) & (CLASSES_PER_DOUBLING - 1);
    return Math.min((doublings - 3) * CLASSES_PER_DOUBLING + within, CLASSES - 1);
  }

  private static double upperBound(int place) {
    int doublings = place / CLASSES_PER_DOUBLING;
    int within = place % CLASSES_PER_DOUBLING;
    return (double) (CLASSES_PER_DOUBLING + within + 1) * (1L << doublings);
  }
}
