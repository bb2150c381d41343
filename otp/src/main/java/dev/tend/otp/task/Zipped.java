package dev.tend.otp.task;

/**
 * An element of an async stream: an input and how its task ended ({@code zip_input_on_exit}, and
 * for results too).
 */
public record Zipped<T, R>(T input, Outcome<R> outcome) {}
