package dev.tend.todo;

import dev.tend.otp.process.Pid;
import java.time.Duration;

/** Where a list's server is. */
public sealed interface Located {

  record Running(Pid<TodoServer> pid) implements Located {}

  /** Quarantined: it has crashed too often, and is left alone for a while. */
  record Resting(Duration remaining) implements Located {}

  /** It could not be started now. */
  record Unavailable(Hindrance why) implements Located {}
}
