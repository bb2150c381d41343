package dev.tend.otp.sys;

import dev.tend.otp.process.CallFailed;
import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.StartOptions;
import dev.tend.otp.process.SystemEvent;
import dev.tend.otp.process.Tracer;
import dev.tend.otp.report.Log;
import java.util.function.Consumer;

/**
 * A listener to all that one behaviour does, in a process of its own, so that the behaviour never
 * waits for it. It ends with the traced behaviour, when it throws, or when too many events wait for
 * it; the behaviour goes on untraced.
 */
public final class Trace implements AutoCloseable {
  private static final int MOST_WAITING = 10_000;

  private final Pid<?> traced;
  private final Pid<?> listening;

  Trace(Pid<?> traced, Consumer<SystemEvent> listener) {
    this.traced = traced;
    this.listening =
        Processes.spawn(
            StartOptions.defaults().withMailboxLimit(MOST_WAITING), () -> listen(listener));
  }

  private void listen(Consumer<SystemEvent> listener) {
    Processes.setLabel("trace of " + traced);
    Processes.monitor(traced);
    while (Processes.receive() instanceof SystemEvent event) {
      listener.accept(event);
    }
  }

  Pid<?> traced() {
    return traced;
  }

  /** What the traced behaviour calls. */
  Tracer tracer() {
    return this::offer;
  }

  private boolean offer(SystemEvent event) {
    if (!listening.isAlive()) {
      return false;
    }
    try {
      Processes.send(listening, event);
      return true;
    } catch (CallFailed full) {
      Log.write(
          System.Logger.Level.WARNING, "trace of " + traced + " ends: its listener is too slow");
      close();
      return false;
    }
  }

  /** Whether the listener is still told of what happens. */
  public boolean isOpen() {
    return listening.isAlive();
  }

  /** Ends the trace; events that wait are not told any more. */
  @Override
  public void close() {
    Processes.exit(listening, ExitReason.KILL);
  }
}
