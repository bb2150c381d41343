package dev.tend.otp.process;

/** What a wait for one of {@link RequestIds several requests} has brought. */
public sealed interface Response<L, R> {

  /**
   * One of them is answered.
   *
   * @param label of that one
   * @param left the others ({@code Delete = true}); whoever goes on with the collection as it was
   *     keeps one that is never answered again
   */
  record To<L, R>(L label, Answer<R> answer, RequestIds<L, R> left) implements Response<L, R> {}

  /** No answer in time, or a message that is no answer to any of them. */
  record None<L, R>() implements Response<L, R> {}

  /** There was none to wait for: the collection is empty. */
  record NoRequest<L, R>() implements Response<L, R> {}
}
