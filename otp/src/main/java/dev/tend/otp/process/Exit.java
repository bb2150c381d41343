package dev.tend.otp.process;

/** A trapped exit signal, as a message: {@code {'EXIT', From, Reason}}. */
public record Exit(Pid<?> from, ExitReason reason) {}
