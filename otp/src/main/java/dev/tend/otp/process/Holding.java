package dev.tend.otp.process;

/**
 * Something a process holds in a shared table: a name, an ETS table. Released at its death before
 * any link, monitor or caller hears of it.
 */
@FunctionalInterface
public interface Holding {

  /** Lets go. Must not block, throw, or do anything to a process; is called once. */
  void release();
}
