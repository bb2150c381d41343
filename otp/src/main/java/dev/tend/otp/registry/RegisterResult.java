package dev.tend.otp.registry;

import dev.tend.otp.process.Pid;

/** How a registration under a unique key ended. */
public sealed interface RegisterResult {

  /**
   * {@code {ok, Owner}}.
   *
   * @param owner the registry's process that the registrant is now linked to
   */
  record Registered(Pid<?> owner) implements RegisterResult {}

  /** {@code {error, {already_registered, Pid}}}: a living process holds the key. */
  record AlreadyRegistered(Pid<?> by) implements RegisterResult {}
}
