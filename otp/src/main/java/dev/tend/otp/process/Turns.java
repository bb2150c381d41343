package dev.tend.otp.process;

/** What a process's thread does: a plain body once, or a behaviour turn by turn. */
abstract class Turns {

  /** Runs in the process until it has ended or has nothing more to do. */
  abstract void run(ProcessCore self);

  /** Whether it needs one thread from beginning to end. */
  abstract boolean keepsThread();

  abstract String kind();

  Class<?> requests() {
    return Call.class;
  }

  Class<?> casts() {
    return Cast.class;
  }

  boolean isStarting() {
    return false;
  }

  /** The process has died: keeps nothing of what it was, for a pid may be kept for ever. */
  abstract void forget();

  /** The process has died; if someone waits for its start, that is the answer. */
  void startFailed(ExitReason reason) {}
}
