package dev.tend.otp.process;

import java.time.Instant;

/**
 * What a behaviour has done since it began to count ({@code sys:statistics/2}).
 *
 * @param messagesIn events it began to handle
 * @param messagesOut answers that its steps gave
 */
public record Statistics(Instant since, long messagesIn, long messagesOut) {}
