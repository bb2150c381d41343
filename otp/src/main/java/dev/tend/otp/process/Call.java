package dev.tend.otp.process;

/**
 * A request to server {@code T} that is answered with {@code R}. Make it a record: requests are
 * values, shared and not copied.
 */
public interface Call<T, R> {}
