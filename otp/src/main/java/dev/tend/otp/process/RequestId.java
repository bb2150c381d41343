package dev.tend.otp.process;

import java.util.Optional;

/**
 * A request under way ({@code gen_server:send_request}). Equal only to itself.
 *
 * @param <R> what the answer will be
 */
public final class RequestId<R> {

  RequestId() {}

  /** The answer, if this message is the one to this request ({@code check_response/2}). */
  @SuppressWarnings("unchecked")
  public Optional<Answer<R>> check(Object message) {
    return message instanceof Answered(RequestId<?> id, Answer<?> answer) && id == this
        ? Optional.of((Answer<R>) answer)
        : Optional.empty();
  }
}
