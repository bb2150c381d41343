package dev.tend.otp.application;

import dev.tend.otp.process.ExitReason;

/** How a start of applications ended. Unless all run, it has changed nothing. */
public sealed interface AllStarted {

  /** All run. */
  record Ok() implements AllStarted {}

  /** This one did not start; those that were started before it have been stopped again. */
  record Failed(String application, ExitReason reason) implements AllStarted {}

  /** They have been stopped before all had been started. */
  record Stopped() implements AllStarted {}

  /**
   * Returns where anything but success is a fault of the program.
   *
   * @throws IllegalStateException if they do not run
   */
  default void orThrow() {
    if (!(this instanceof Ok)) {
      Throwable cause =
          this instanceof Failed(String name, ExitReason.Crash(Throwable thrown)) ? thrown : null;
      throw new IllegalStateException("not started: " + this, cause);
    }
  }
}
