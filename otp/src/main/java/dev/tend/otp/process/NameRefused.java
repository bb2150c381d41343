package dev.tend.otp.process;

/**
 * Why a start failed whose name could not be had: its {@link Via} refuses it, again and again, and
 * shows nobody who has it.
 */
public record NameRefused(ServerName<?> name) {}
