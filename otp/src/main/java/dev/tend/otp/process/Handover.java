package dev.tend.otp.process;

import java.util.function.Supplier;

/**
 * Something that has become another process's: it will hold it, and gets a message of that. If it
 * is dead, the holding's own {@link Holding#bequeath} follows.
 *
 * @param accept whether it is still the new holder's when that comes to hold it; does not block
 */
public record Handover(Pid<?> to, Holding holding, Supplier<Boolean> accept, Object message) {}
