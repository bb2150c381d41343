package dev.tend.otp.process;

/** Hears, in the traced behaviour's own thread, of all it does ({@code sys:install/2}). */
@FunctionalInterface
public interface Tracer {

  /**
   * Must not block. One that throws is removed.
   *
   * @return false: no more
   */
  boolean offer(SystemEvent event);
}
