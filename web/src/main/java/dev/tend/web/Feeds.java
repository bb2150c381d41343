package dev.tend.web;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/** The event streams that are open; closing it ends them in order. */
final class Feeds implements AutoCloseable {
  private static final int MOST = 10_000;

  private final Duration silence;

  /** Their threads; guards the interrupts of {@link #close()}, which must not come later. */
  private final Set<Thread> open = new HashSet<>();

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

  /**
   * Runs a feed on this thread, one of those that end when this is closed. What it has begun to
   * write then is written, and the client is told when to come back.
   */
  Feed counted(Feed feed) {
    synchronized (open) {
      if (open.size() >= MOST) {
        throw Refusal.unavailable(
            OwnHindrance.STREAMS, "too many event streams are open", Duration.ofSeconds(10));
      }
    }
    return out -> {
      if (begins()) {
        try {
          feed.write(out);
        } catch (InterruptedException e) {
          if (!closed) {
            throw e;
          }
        } finally {
          ends();
        }
      }
      if (closed) {
        out.farewell();
      }
    };
  }

  private boolean begins() {
    synchronized (open) {
      return !closed && open.add(Thread.currentThread());
    }
  }

  private void ends() {
    synchronized (open) {
      open.remove(Thread.currentThread());
      if (closed) {
        Thread.interrupted();
      }
    }
  }

  @Override
  public void close() {
    synchronized (open) {
      closed = true;
      open.forEach(Thread::interrupt);
    }
  }
}
