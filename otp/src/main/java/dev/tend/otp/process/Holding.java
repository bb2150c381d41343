package dev.tend.otp.process;

import java.util.Optional;

/**
 * Something a process holds in a shared table: a name, an ETS table. Released at its death before
 * any link, monitor or caller hears of it.
 */
@FunctionalInterface
public interface Holding {

  /** Lets go. Must not block, throw, or do anything to a process; is called once. */
  void release();

  /**
   * What becomes of it at its holder's death: it is released, unless it goes on to another process.
   * The same rules.
   */
  default Optional<Handover> bequeath() {
    release();
    return Optional.empty();
  }
}
