package dev.tend.otp.process;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** What one thread still has to settle, in turn; processes, mostly, and mostly there are none. */
final class Due {
  private @Nullable Deque<Unsettled> waiting;

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

  /** Settles one process, if it is one, and all that becomes due by that. */
  static void settle(@Nullable ProcessCore process) {
    if (process != null) {
      ProcessCore.settle(process);
    }
  }

  /** Settles them all, and all that becomes due by that: a loop, however long the chain. */
  void settle() {
    while (waiting != null && !waiting.isEmpty()) {
      waiting.poll().settleOnce(this);
    }
  }
}
