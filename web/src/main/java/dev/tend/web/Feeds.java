package dev.tend.web;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The event streams that are open; closing it ends them in order. */
final class Feeds implements AutoCloseable {
  private static final int MOST = 10_000;

  private final Duration silence;
  private final Set<Thread> open = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /**
   * @param silence how long a connection may be silent
   */
  Feeds(Duration silence) {
    this.silence = silence;
  }

  /** How many there are. */
  int count() {
    return open.size();
  }

  boolean isClosed() {
    return closed;
  }

  /** How often a stream has to write something. */
  Duration beat(Duration usual) {
    Duration third = silence.dividedBy(3);
    return third.compareTo(usual) < 0 ? third : usual;
  }

  /** Runs a feed on this thread, one of those that end when this is closed. */
  Feed counted(Feed feed) {
    if (open.size() >= MOST) {
      throw Refusal.unavailable(
          Hindrance.STREAMS, "too many event streams are open", Duration.ofSeconds(10));
    }
    return out -> {
      open.add(Thread.currentThread());
      try {
        feed.write(out);
      } catch (InterruptedException e) {
        if (!closed) {
          throw e;
        }
      } finally {
        open.remove(Thread.currentThread());
      }
    };
  }

  @Override
  public void close() {
    closed = true;
    open.forEach(Thread::interrupt);
  }
}
