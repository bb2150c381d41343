package dev.tend.otp.process;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A thread that the library has for itself, from the first process on and for ever. */
final class Daemon {
  private final String name;
  private final Runnable code;
  private volatile @Nullable Thread thread;

  /**
   * @param code never returns, and throws nothing
   */
  Daemon(String name, Runnable code) {
    this.name = name;
    this.code = code;
  }

  /**
   * Sees to it that it runs. If the JVM has no thread for it now, whoever asks next tries again.
   */
  void begin() {
    if (thread == null) {
      tryToBegin();
    }
  }

  private synchronized void tryToBegin() {
    if (thread != null) {
      return;
    }
    try {
      thread =
          Thread.ofPlatform().daemon().name(name).inheritInheritableThreadLocals(false).start(code);
    } catch (OutOfMemoryError noThread) {
      // A process may run without it for a while.
    }
  }

  void unpark() {
    LockSupport.unpark(thread);
  }
}
