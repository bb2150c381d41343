package dev.tend.store;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Which files of a folder are open. Who opened one may be gone before it is closed: what a process
 * had when it was killed is closed in its own time.
 */
final class OpenFiles {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition closed = lock.newCondition();
  private final Set<Opening> open = new HashSet<>();

  /** One file, from before it is opened until it is closed or could not be opened. */
  final class Opening implements AutoCloseable {
    private Opening() {}

    /** A second close does nothing. */
    @Override
    public void close() {
      lock.lock();
      try {
        open.remove(this);
        closed.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }

  Opening begin() {
    lock.lock();
    try {
      Opening opening = new Opening();
      open.add(opening);
      return opening;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until none is open.
   *
   * @return how many still are, after this time or because the thread was interrupted
   */
  int awaitNone(Duration most) {
    lock.lock();
    try {
      long left = most.toNanos();
      while (!open.isEmpty() && left > 0) {
        left = closed.awaitNanos(left);
      }
      return open.size();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return open.size();
    } finally {
      lock.unlock();
    }
  }
}
