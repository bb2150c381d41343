package dev.tend.otp.process;

/** A message to server {@code T} that is not answered. Make it a record. */
public interface Cast<T> {}
