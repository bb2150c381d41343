package dev.tend.otp.supervisor;

import dev.tend.otp.process.ExitReason;

/** The detail of the {@code shutdown} with which a supervisor's own start fails. */
public record FailedToStartChild(Object id, ExitReason reason) {}
