package dev.tend.otp.process;

/**
 * The message that carries the one answer to a {@code sendRequest}; open it by its {@link
 * RequestId}.
 */
public record Answered(RequestId<?> id, Answer<?> answer) {}
