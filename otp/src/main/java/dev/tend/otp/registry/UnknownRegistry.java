package dev.tend.otp.registry;

/** The registry does not run: it has not been started, has ended, or is between two lives. */
public final class UnknownRegistry extends RuntimeException {
  UnknownRegistry(String name) {
    super("unknown registry: " + name + " does not run");
  }
}
