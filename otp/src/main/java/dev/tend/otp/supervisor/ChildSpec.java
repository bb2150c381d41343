package dev.tend.otp.supervisor;

import static java.util.Objects.requireNonNull;

import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.StartResult;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How a supervisor starts, restarts and stops one child. Begin with {@link #worker} or {@link
 * #supervisor} and change what is to be other by a {@code with…} method, as by Elixir's {@code
 * Supervisor.child_spec/2}.
 *
 * @param id its name among its siblings
 * @param start starts and links it; runs in the supervisor, for the first start and each restart,
 *     and must not keep anything of the process before. What it throws is a failed start. Of a
 *     temporary child it is forgotten once the child runs
 * @param significant whether the supervisor may end when it ends, see {@link AutoShutdown}
 */
public record ChildSpec(
    Object id,
    Supplier<? extends StartResult<?>> start,
    Restart restart,
    Shutdown shutdown,
    Type type,
    boolean significant) {
  @SuppressWarnings("UnnecessaryLambda") // one value, so that what is kept of equals is equal
  private static final Supplier<StartResult<?>> NOT_KEPT =
      () ->
          new StartResult.Failed<>(
              new ExitReason.Term("how a temporary child was started is not kept"));

  /** What a child is; only counts and pictures make a difference. */
  public enum Type {
    WORKER,
    SUPERVISOR;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * {@link #worker} and {@link #supervisor} have the usual values.
   *
   * @throws NullPointerException naming the parameter, if one is null
   */
  public ChildSpec {
    requireNonNull(id, "id");
    requireNonNull(start, "start");
    requireNonNull(restart, "restart");
    requireNonNull(shutdown, "shutdown");
    requireNonNull(type, "type");
  }

  /** A permanent worker with five seconds to stop. */
  public static ChildSpec worker(Object id, Supplier<? extends StartResult<?>> start) {
    return new ChildSpec(id, start, Restart.PERMANENT, Shutdown.FIVE_SECONDS, Type.WORKER, false);
  }

  /** A permanent supervisor with all the time it needs to stop. */
  public static ChildSpec supervisor(Object id, Supplier<? extends StartResult<?>> start) {
    return new ChildSpec(
        id, start, Restart.PERMANENT, new Shutdown.Infinity(), Type.SUPERVISOR, false);
  }

  /** The same under another id, for a second child of the kind. */
  public ChildSpec withId(Object newId) {
    return new ChildSpec(newId, start, restart, shutdown, type, significant);
  }

  public ChildSpec withRestart(Restart newRestart) {
    return new ChildSpec(id, start, newRestart, shutdown, type, significant);
  }

  public ChildSpec withShutdown(Shutdown newShutdown) {
    return new ChildSpec(id, start, restart, newShutdown, type, significant);
  }

  public ChildSpec withSignificant(boolean newSignificant) {
    return new ChildSpec(id, start, restart, shutdown, type, newSignificant);
  }

  /** What is kept of it while the child runs. */
  ChildSpec kept() {
    return restart == Restart.TEMPORARY
        ? new ChildSpec(id, NOT_KEPT, restart, shutdown, type, significant)
        : this;
  }

  /** Why a supervisor with this setting does not take it, or null; by itself, without siblings. */
  @Nullable BadSpec fault(AutoShutdown autoShutdown) {
    if (significant && (restart == Restart.PERMANENT || autoShutdown == AutoShutdown.NEVER)) {
      return new BadSpec.BadCombination(id, restart, autoShutdown);
    }
    return Stopping.fault(id, shutdown);
  }

  /** Why a supervisor with this setting does not take them, or null. */
  static @Nullable BadSpec fault(Iterable<ChildSpec> specs, AutoShutdown autoShutdown) {
    Set<Object> ids = new HashSet<>();
    for (ChildSpec spec : specs) {
      BadSpec fault = spec.fault(autoShutdown);
      if (fault != null) {
        return fault;
      }
      if (!ids.add(spec.id())) {
        return new BadSpec.DuplicateChildName(spec.id());
      }
    }
    return null;
  }
}
