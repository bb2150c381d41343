package dev.tend.otp.process;

import java.util.Optional;

/**
 * A name registry: what OTP asks of the module in {@code {via, Module, Name}}. A dead holder counts
 * as absent: {@link #whereis} hides it and {@link #register} replaces it, even before the registry
 * has heard of the death.
 */
public interface Via {

  /**
   * {@code register_name/2}.
   *
   * @return false if a living process holds the key
   */
  boolean register(Object key, Pid<?> pid);

  /** {@code unregister_name/1}; nothing if there is no such key. */
  void unregister(Object key);

  /** {@code whereis_name/1}: the living holder. */
  Optional<Pid<?>> whereis(Object key);
}
