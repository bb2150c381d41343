package dev.tend.otp.process;

import java.util.List;

/**
 * Whom a process is tied to.
 *
 * @param links that would end with it, or hear of its end
 * @param monitors whom it watches
 * @param monitoredBy who watches it
 */
public record Ties(List<Pid<?>> links, List<Pid<?>> monitors, List<Pid<?>> monitoredBy) {}
