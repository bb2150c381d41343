package dev.tend.otp.supervisor;

import dev.tend.otp.process.Alias;
import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Processes;

/**
 * The next attempt at a restart that has failed: a message behind those that wait, which are
 * handled first.
 *
 * @param reason why the one before failed
 * @param since when the supervisor heard of the end, as {@link System#nanoTime} has it
 */
record TryAgain(Object what, ExitReason reason, long since) {

  /** From the supervisor to itself; what comes by such an alias fits a full mailbox too. */
  static void later(Object what, ExitReason reason, long since) {
    Processes.send(Processes.alias(Alias.Mode.REPLY), new TryAgain(what, reason, since));
  }
}
