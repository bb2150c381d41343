package dev.tend.otp.supervisor;

/**
 * {@code count_children}: how many are specified, how many of them run, and of which type they are.
 */
public record Counts(int specs, int active, int supervisors, int workers) {}
