package dev.tend.otp.process;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Processes that one thread still has to settle, in turn. Mostly there are none. */
final class Due {
  private @Nullable Deque<ProcessCore> processes;

  /** Adds one, if it is one. */
  void add(@Nullable ProcessCore process) {
    if (process == null) {
      return;
    }
    if (processes == null) {
      processes = new ArrayDeque<>();
    }
    processes.add(process);
  }

  /** Settles one process, if it is one, and all that becomes due by that. */
  static void settle(@Nullable ProcessCore process) {
    if (process != null) {
      ProcessCore.settle(process);
    }
  }

  /** Settles them all, and all that becomes due by that: a loop, however long the chain. */
  void settle() {
    while (processes != null && !processes.isEmpty()) {
      processes.poll().settleOnce(this);
    }
  }
}
