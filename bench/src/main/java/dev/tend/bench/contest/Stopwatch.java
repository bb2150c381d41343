package dev.tend.bench.contest;

import java.util.function.IntConsumer;

/** Times operations that follow each other: the end of one is the beginning of the next. */
final class Stopwatch {
  private Stopwatch() {}

  static void each(long[] nanos, IntConsumer operation) {
    long begin = System.nanoTime();
    for (int i = 0; i < nanos.length; i++) {
      operation.accept(i);
      long end = System.nanoTime();
      nanos[i] = end - begin;
      begin = end;
    }
  }
}
