package dev.tend.otp.process;

/** Who put the request that is being handled: OTP's {@code From}. Made by the runtime only. */
public sealed interface Caller permits PendingCall {

  /**
   * Where the answer to this request goes; keep it to reply later, from any thread.
   *
   * @throws IllegalArgumentException if this is not the request that the caller put
   */
  <R> ReplyTo<R> to(Call<?, R> request);
}
