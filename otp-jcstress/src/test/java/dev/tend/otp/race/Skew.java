package dev.tend.otp.race;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Holds one of two actors back, by a moment that differs from run to run: mostly short, sometimes
 * some microseconds. One for each run; the same ones in each JVM with the same {@code races.seed}.
 */
final class Skew {
  private static final int MICROSECONDS = 8;
  private static final int TENS_OF_MICROSECONDS = 11;
  private static final AtomicLong RUNS = new AtomicLong(Long.getLong("races.seed", 1) << 32);

  private final int first;
  private final int second;

  Skew() {
    this(MICROSECONDS);
  }

  private Skew(int longest) {
    long random = mix(RUNS.incrementAndGet());
    int bits = (int) Math.floorMod(random >> 8, longest + 1L);
    int length = (int) (random >>> 32) & ((1 << bits) - 1);
    first = (random & 1) == 0 ? length : 0;
    second = length - first;
  }

  /** For a race in which a thread has to be woken. */
  static Skew wide() {
    return new Skew(TENS_OF_MICROSECONDS);
  }

  void first() {
    hold(first);
  }

  void second() {
    hold(second);
  }

  private static void hold(int length) {
    for (int i = 0; i < length; i++) {
      Thread.onSpinWait();
    }
  }

  /** The finaliser of SplitMix64. */
  private static long mix(long seed) {
    long z = seed * 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
