package dev.tend.otp.process;

/** What a monitor tells, once: {@code {'DOWN', Ref, process, Pid, Reason}}. */
public record Down(MonitorRef ref, Pid<?> pid, ExitReason reason) {}
