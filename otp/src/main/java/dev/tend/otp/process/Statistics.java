package dev.tend.otp.process;

import java.time.Instant;

/**
 * What a behaviour has done since it began to count ({@code sys:statistics/2}).
 *
 * @param messagesIn messages and idle timeouts it began to handle; a step that it continued with is
 *     none
 * @param messagesOut answers that its steps gave
 */
public record Statistics(Instant since, long messagesIn, long messagesOut) {}
