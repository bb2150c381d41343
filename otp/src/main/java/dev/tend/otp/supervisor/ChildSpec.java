package dev.tend.otp.supervisor;

import dev.tend.otp.process.StartResult;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * How a supervisor starts, restarts and stops one child.
 *
 * @param id its name among its siblings
 * @param start starts and links it; runs in the supervisor, for the first start and each restart,
 *     and must not keep anything of the process before
 */
public record ChildSpec(
    Object id,
    Supplier<? extends StartResult<?>> start,
    Restart restart,
    Shutdown shutdown,
    Type type) {

  /** What a child is; only counts and pictures make a difference. */
  public enum Type {
    WORKER,
    SUPERVISOR
  }

  /** A permanent worker with five seconds to stop. */
  public static ChildSpec worker(Object id, Supplier<? extends StartResult<?>> start) {
    return new ChildSpec(
        id, start, Restart.PERMANENT, new Shutdown.Within(Duration.ofSeconds(5)), Type.WORKER);
  }

  /** A permanent supervisor with all the time it needs to stop. */
  public static ChildSpec supervisor(Object id, Supplier<? extends StartResult<?>> start) {
    return new ChildSpec(id, start, Restart.PERMANENT, new Shutdown.Infinity(), Type.SUPERVISOR);
  }

  public ChildSpec withRestart(Restart newRestart) {
    return new ChildSpec(id, start, newRestart, shutdown, type);
  }

  public ChildSpec withShutdown(Shutdown newShutdown) {
    return new ChildSpec(id, start, restart, newShutdown, type);
  }
}
