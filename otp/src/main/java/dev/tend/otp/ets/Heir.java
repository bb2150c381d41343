package dev.tend.otp.ets;

import dev.tend.otp.process.Pid;

/** Who gets a table when its owner dies, and what is told then. */
record Heir(Pid<?> pid, Object data) {}
