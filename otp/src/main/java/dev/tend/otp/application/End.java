package dev.tend.otp.application;

import dev.tend.otp.process.ExitReason;

/** Why the applications have ended, all of them. */
public sealed interface End {

  /** Someone stopped them. */
  record Stopped() implements End {}

  /** This one ended of its own, and the others were stopped for that. */
  record Ended(String application, ExitReason reason) implements End {}
}
