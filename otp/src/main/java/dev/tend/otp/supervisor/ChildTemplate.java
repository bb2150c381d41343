package dev.tend.otp.supervisor;

import static java.util.Objects.requireNonNull;

import dev.tend.otp.process.StartResult;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A {@link ChildSpec} whose start takes an argument: the caller's, where the supervisor has the
 * template ({@link SimpleOneForOne}), or the supervisor's, where the caller has the template
 * ({@link DynamicSupervisor.With}). Every restart gets the same argument again.
 *
 * @param <A> the argument: an immutable value, or something that may be shared between processes
 */
public record ChildTemplate<A>(
    Object id,
    Function<? super A, ? extends StartResult<?>> start,
    Restart restart,
    Shutdown shutdown,
    ChildSpec.Type type) {

  /**
   * {@link #worker} and {@link #supervisor} have the usual values.
   *
   * @throws NullPointerException naming the parameter, if one is null
   */
  public ChildTemplate {
    requireNonNull(id, "id");
    requireNonNull(start, "start");
    requireNonNull(restart, "restart");
    requireNonNull(shutdown, "shutdown");
    requireNonNull(type, "type");
  }

  /** A permanent worker with five seconds to stop. */
  public static <A> ChildTemplate<A> worker(
      Object id, Function<? super A, ? extends StartResult<?>> start) {
    return new ChildTemplate<>(
        id, start, Restart.PERMANENT, Shutdown.FIVE_SECONDS, ChildSpec.Type.WORKER);
  }

  /** A permanent supervisor with all the time it needs to stop. */
  public static <A> ChildTemplate<A> supervisor(
      Object id, Function<? super A, ? extends StartResult<?>> start) {
    return new ChildTemplate<>(
        id, start, Restart.PERMANENT, new Shutdown.Infinity(), ChildSpec.Type.SUPERVISOR);
  }

  public ChildTemplate<A> withRestart(Restart newRestart) {
    return new ChildTemplate<>(id, start, newRestart, shutdown, type);
  }

  public ChildTemplate<A> withShutdown(Shutdown newShutdown) {
    return new ChildTemplate<>(id, start, restart, newShutdown, type);
  }

  /** The child with this argument. */
  public ChildSpec with(A argument) {
    return new ChildSpec(id, () -> start.apply(argument), restart, shutdown, type, false);
  }

  @Nullable BadSpec fault() {
    return Stopping.fault(id, shutdown);
  }
}
