package dev.tend.otp.process;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a process's thread does: a plain body once, or a behaviour turn by turn. */
abstract class Turns {

  /** Runs in the process until it has ended or has nothing more to do. */
  abstract void run(ProcessCore self);

  /** Whether it needs one thread from beginning to end. */
  abstract boolean keepsThread();

  abstract String kind();

  /** How many children it has restarted; from any thread. */
  int restarts() {
    return 0;
  }

  /** What it supervises; from any thread. */
  Optional<Supervision> supervision(int most) {
    return Optional.empty();
  }

  /** For the watch-dog; null where there are no handlers. */
  @Nullable Watched watched() {
    return null;
  }

  /** Takes the signal that is to be handled next. Holds the process's lock. */
  @Nullable Signal next(Mailbox mailbox) {
    return mailbox.poll();
  }

  Class<?> requests() {
    return Call.class;
  }

  Class<?> casts() {
    return Cast.class;
  }

  boolean isStarting() {
    return false;
  }

  /**
   * The process has died: keeps nothing of what it was, for a pid may be kept for ever. Said when
   * its death is announced, by whoever does that, and again when its last thread has left it.
   */
  abstract void forget();

  /** The process has died; if someone waits for its start, that is the answer. */
  void startFailed(ExitReason reason) {}
}
