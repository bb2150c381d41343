package dev.tend.otp.process;

/** What comes of {@link Processes#startTimer} ({@code {timeout, TimerRef, Message}}). */
public record TimerFired(Timer timer, Object message) {}
