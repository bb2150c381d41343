package dev.tend.otp.process;

import java.util.Optional;

/**
 * A behaviour as seen by {@code Sys.getStatus}.
 *
 * @param kind what runs in it
 * @param parent the process that started it with a link
 * @param status its state and kept events, as it wants them shown
 */
public record SystemStatus(
    Pid<?> pid, String kind, boolean suspended, Optional<Pid<?>> parent, Status<?> status) {}
