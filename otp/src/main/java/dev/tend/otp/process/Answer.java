package dev.tend.otp.process;

/** How a {@code sendRequest} ended. */
public sealed interface Answer<R> {

  record Replied<R>(R value) implements Answer<R> {}

  record Failed<R>(CallFailed.Why why) implements Answer<R> {}
}
