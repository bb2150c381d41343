package dev.tend.otp.process;

/**
 * A process and the monitor that was on it before it ran: the reason in its {@link Down} is always
 * the real one, never {@code noproc} ({@code spawn_monitor/1}).
 */
public record Monitored<T>(Pid<T> pid, MonitorRef monitor) {}
