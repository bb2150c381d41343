package dev.tend.bench.contest;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The line that so many have to cross. */
final class Finish {
  private static final int SECONDS = 120;
  private final CountDownLatch missing;

  Finish(int count) {
    missing = new CountDownLatch(count);
  }

  void cross() {
    missing.countDown();
  }

  /**
   * @throws IllegalStateException if they do not come
   */
  void await() throws InterruptedException {
    if (!missing.await(SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException(missing.getCount() + " did not finish");
    }
  }

  /** Runs something and waits for all; the nanoseconds from its beginning to the last. */
  long time(Runnable start) throws InterruptedException {
    long begin = System.nanoTime();
    start.run();
    await();
    return System.nanoTime() - begin;
  }
}
