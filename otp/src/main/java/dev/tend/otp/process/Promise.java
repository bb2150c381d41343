package dev.tend.otp.process;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A value set once and awaited by one thread. */
final class Promise<V> {
  private static final VarHandle VALUE;

  static {
    try {
      VALUE = MethodHandles.lookup().findVarHandle(Promise.class, "value", Object.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** So much that whoever looks for the value is not in the way of who writes what is before. */
  @SuppressWarnings("unused")
  private long distance1, distance2, distance3, distance4, distance5, distance6, distance7;

  @SuppressWarnings("unused") // through VALUE
  private volatile @Nullable Object value;

  private final Thread waiter = Thread.currentThread();

  /** Whether it may be parked: a waiter that only yields need not be unparked. */
  private volatile boolean parks;

  boolean isKept() {
    return value != null;
  }

  /** The thread that waits, if it still has to. */
  Optional<Thread> waiter() {
    return value == null ? Optional.of(waiter) : Optional.empty();
  }

  /** Sets the value if there is none yet. Does not block. */
  boolean complete(V newValue) {
    if (!VALUE.compareAndSet(this, null, newValue)) {
      return false;
    }
    if (parks) {
      LockSupport.unpark(waiter);
    }
    return true;
  }

  /**
   * Waits in the thread that made the promise, by its process's time.
   *
   * @return null if the time ran out first
   * @throws DeadProcess if the waiting process dies
   */
  @SuppressWarnings("unchecked")
  @Nullable V await(@Nullable ProcessCore self, Duration timeout) {
    int yields = Thread.currentThread().isVirtual() ? ProcessCore.LINGER : 0;
    while (value == null && yields > 0) {
      requireAlive(self);
      yields--;
      ProcessCore.linger();
    }
    if (value == null) {
      Room.require();
      parks = true;
      park(self, self == null ? SystemTime.INSTANCE : self.time, timeout);
    }
    return (V) value;
  }

  private void park(@Nullable ProcessCore self, TimeSource time, Duration timeout) {
    long end = time.momentAfter(timeout);
    boolean interrupted = false;
    try {
      while (value == null) {
        requireAlive(self);
        if (end - time.nanoTime() <= 0) {
          return;
        }
        time.parkUntil(end, this, () -> value != null);
        interrupted |= Thread.interrupted();
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static void requireAlive(@Nullable ProcessCore self) {
    if (self != null) {
      self.requireAlive();
    }
  }
}
