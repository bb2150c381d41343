package dev.tend.web.status;

import java.util.concurrent.locks.LockSupport;

/** The thread that takes samples, until it is closed. */
public final class Sampler implements AutoCloseable {
  private final Figures figures;
  private final Thread thread;
  private volatile boolean closed;

  private Sampler(Figures figures) {
    this.figures = figures;
    this.thread =
        Thread.ofPlatform()
            .daemon()
            .name("web-figures")
            .inheritInheritableThreadLocals(false)
            .unstarted(this::sample);
  }

  /** Starts it. */
  public static Sampler of(Figures figures) {
    Sampler sampler = new Sampler(figures);
    sampler.thread.start();
    return sampler;
  }

  private void sample() {
    while (!closed) {
      try {
        figures.sample();
      } catch (RuntimeException | Error e) {
        System.getLogger(Sampler.class.getName())
            .log(System.Logger.Level.WARNING, "a sample of the figures failed", e);
      }
      LockSupport.parkNanos(Figures.PACE.toNanos());
    }
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
  }
}
