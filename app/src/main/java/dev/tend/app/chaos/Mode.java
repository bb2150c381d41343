package dev.tend.app.chaos;

/** What is killed. */
enum Mode {
  /** Processes, seldom enough that the supervisors always bring them back: the service stays. */
  BELOW,
  /** Processes, so often that the root gives up: the JVM ends with 70 and is started again. */
  HARD,
  /** The JVM, with SIGKILL. */
  JVM
}
