package dev.tend.otp.process;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** What one thread still has to settle, in turn; processes, mostly, and mostly there are none. */
final class Due {
  private @Nullable Deque<Unsettled> waiting;

  /**
   * For an operation that is to happen wholly or not at all: asked for before it begins.
   *
   * @throws StackOverflowError if there is no room to settle what comes of it
   */
  static Due withRoom() {
    Room.require();
    return new Due();
  }

  /** Adds one, if it is one. */
  void add(@Nullable Unsettled one) {
    if (one == null) {
      return;
    }
    if (waiting == null) {
      waiting = new ArrayDeque<>();
    }
    waiting.add(one);
  }

  /** Settles one and all that becomes due by that. */
  void settle(Unsettled one) {
    try {
      one.settleOnce(this);
    } finally {
      settle();
    }
  }

  /**
   * Settles them all, and all that becomes due by that: a loop, however long the chain. What one of
   * them throws is thrown when the others have been settled.
   */
  void settle() {
    Throwable thrown = null;
    while (waiting != null && !waiting.isEmpty()) {
      try {
        waiting.poll().settleOnce(this);
      } catch (RuntimeException | Error e) {
        thrown = e;
      }
    }
    switch (thrown) {
      case RuntimeException exception -> throw exception;
      case Error error -> throw error;
      case null, default -> {
        // All is well.
      }
    }
  }
}
