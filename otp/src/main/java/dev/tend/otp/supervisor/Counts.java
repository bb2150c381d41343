package dev.tend.otp.supervisor;

/**
 * {@code count_children}: how many are specified, how many of them run, and of which type they are.
 * One that has ended does not run, even if its supervisor has not heard of it.
 */
public record Counts(int specs, int active, int supervisors, int workers) {}
