package dev.tend.otp.ets;

import dev.tend.otp.process.Pid;

/**
 * The message to a process that it owns a table now: given away by the owner before, or inherited
 * ({@code 'ETS-TRANSFER'}). An heir gets it before the {@code Exit} or {@code Down} of that one.
 *
 * @param from the owner before
 * @param data as given to {@link Table#giveAway} or {@link Table#setHeir}
 */
public record EtsTransfer(Table<?, ?> table, Pid<?> from, Object data) {}
