package dev.tend.otp.ets;

import dev.tend.otp.process.Pid;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Who gets a table when its owner dies, and what is told then.
 *
 * @param data null if nothing is told
 */
record Heir(Pid<?> pid, @Nullable Object data) {
  Heir {
    Objects.requireNonNull(pid, "heir");
  }
}
