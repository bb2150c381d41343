package dev.tend.store.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A place where one thread waits until another opens it; it holds even an interrupted thread. */
final class Gate {
  private final CountDownLatch reached = new CountDownLatch(1);
  private final CountDownLatch open = new CountDownLatch(1);

  /** Called by who is to be held. */
  void pass() {
    reached.countDown();
    boolean interrupted = false;
    while (open.getCount() > 0) {
      try {
        open.await();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  void awaitReached() throws InterruptedException {
    assertThat(reached.await(30, TimeUnit.SECONDS)).as("gate reached").isTrue();
  }

  void open() {
    open.countDown();
  }
}
