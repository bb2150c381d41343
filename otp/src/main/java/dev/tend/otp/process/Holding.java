package dev.tend.otp.process;

/**
 * Something a process holds in a shared table: a name, an ETS table. Released at its death before
 * any link, monitor or caller hears of it.
 */
@FunctionalInterface
public interface Holding {

  /** Lets go. Must not block or throw; is called once, holding no lock of a process. */
  void release();
}
