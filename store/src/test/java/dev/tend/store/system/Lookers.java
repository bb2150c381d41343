package dev.tend.store.system;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntPredicate;

/** Thousands of threads that look things up again and again, and judge what they find. */
final class Lookers {
  private static final int THREADS = 2_000;

  private final List<Thread> threads = new ArrayList<>();
  private final LongAdder looks = new LongAdder();
  private final LongAdder wrong = new LongAdder();
  private final AtomicReference<Throwable> thrown = new AtomicReference<>();
  private volatile boolean over;

  /**
   * Begins.
   *
   * @param things what is looked up is one of so many
   * @param isRight one look, and whether it found what it had to
   */
  Lookers(int things, IntPredicate isRight) {
    for (int i = 0; i < THREADS; i++) {
      threads.add(Thread.startVirtualThread(() -> look(things, isRight)));
    }
  }

  @SuppressWarnings("ThreadPriorityCheck") // thousands of them take turns
  private void look(int things, IntPredicate isRight) {
    try {
      while (!over) {
        if (!isRight.test(ThreadLocalRandom.current().nextInt(things))) {
          wrong.increment();
        }
        looks.increment();
        Thread.yield();
      }
    } catch (Throwable failure) {
      thrown.compareAndSet(null, failure);
    }
  }

  /** Until there have been as many more looks as there are threads. */
  @SuppressWarnings("ThreadPriorityCheck")
  void letLook() {
    long enough = looks.sum() + THREADS;
    while (looks.sum() < enough && thrown.get() == null) {
      Thread.yield();
    }
  }

  /** How many looks were wrong; fails if one threw. */
  long end() throws InterruptedException {
    over = true;
    for (Thread thread : threads) {
      thread.join();
    }
    if (thrown.get() != null) {
      throw new AssertionError("a look failed", thrown.get());
    }
    return wrong.sum();
  }
}
