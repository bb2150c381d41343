package dev.tend.web.status;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** The thread that takes samples, until it is closed. */
public final class Sampler implements AutoCloseable {
  private final Runnable sample;
  private final Duration pace;
  private final Thread thread;
  private volatile boolean closed;

  private Sampler(String name, Duration pace, Runnable sample) {
    this.sample = sample;
    this.pace = pace;
    this.thread =
        Thread.ofPlatform()
            .daemon()
            .name(name)
            .inheritInheritableThreadLocals(false)
            .unstarted(this::takeSamples);
  }

  /** Starts it. */
  public static Sampler of(Figures figures) {
    return of("web-figures", Figures.PACE, figures::sample);
  }

  /** Starts a thread of this name that takes a sample now, and each time that this has gone by. */
  public static Sampler of(String name, Duration pace, Runnable sample) {
    Sampler sampler = new Sampler(name, pace, sample);
    sampler.thread.start();
    return sampler;
  }

  private void takeSamples() {
    while (!closed) {
      try {
        sample.run();
      } catch (RuntimeException | Error e) {
        System.getLogger(Sampler.class.getName())
            .log(System.Logger.Level.WARNING, "a sample failed", e);
      }
      LockSupport.parkNanos(pace.toNanos());
    }
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
  }
}
