package dev.tend.otp.process;

import dev.tend.otp.report.Text;

/** Who put the request that is being handled: OTP's {@code From}. */
public final class Caller {
  final PendingCall pending;

  Caller(PendingCall pending) {
    this.pending = pending;
  }

  /**
   * Where the answer to this request goes; keep it to reply later, from any thread.
   *
   * @throws IllegalArgumentException if this is not the request that the caller put
   */
  @SuppressWarnings("unchecked")
  public <R> ReplyTo<R> to(Call<?, R> request) {
    if (request != pending.request) {
      throw new IllegalArgumentException("this caller did not put " + Text.brief(request));
    }
    return (ReplyTo<R>) pending.replyTo();
  }
}
