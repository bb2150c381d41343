package dev.tend.otp.process;

/**
 * The place of one answer. Made by the runtime only.
 *
 * @param <R> what the caller expects
 */
public sealed interface ReplyTo<R> permits PendingCall {

  /**
   * Answers at once, from any thread ({@code gen_server:reply/2}). The first answer wins; one that
   * comes after the caller's timeout is dropped.
   *
   * @throws DeadProcess if the replying process has died
   */
  void reply(R value);
}
