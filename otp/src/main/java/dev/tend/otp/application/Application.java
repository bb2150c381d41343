package dev.tend.otp.application;

import static java.util.Objects.requireNonNull;

import dev.tend.otp.process.StartResult;
import dev.tend.otp.supervisor.Restart;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A tree that is started and stopped as a whole, and what has to run before it (OTP's application
 * behaviour and its resource file). A description: {@link Applications#ensureAllStarted} starts it.
 * Immutable; begin with {@link #of}.
 *
 * @param name its name, unique among those that run together
 * @param start starts and links the root of the tree; runs in the applications' own process
 * @param stop runs when the tree has ended, however that came; what it throws is logged. Not after
 *     a start that failed: that has to tidy up itself
 * @param dependencies what runs before it is started, until it has stopped
 * @param restart what its end means for the others: for {@code PERMANENT} they all stop; for {@code
 *     TRANSIENT} too, unless the reason is {@code normal}; for {@code TEMPORARY} they go on. None
 *     is started again of itself: that is what supervisors are for
 * @param environment what {@link #env} answers
 */
public record Application(
    String name,
    Start start,
    Runnable stop,
    List<Application> dependencies,
    Restart restart,
    Map<EnvKey<?>, Object> environment) {

  /** {@code Module:start/2}. */
  @FunctionalInterface
  public interface Start {
    /** What it throws is a failed start. */
    StartResult<?> start(Application self) throws Exception;
  }

  public Application {
    requireNonNull(name, "name");
    requireNonNull(start, "start");
    requireNonNull(stop, "stop");
    requireNonNull(restart, "restart");
    dependencies = List.copyOf(dependencies);
    environment = Map.copyOf(environment);
  }

  /** A permanent application that depends on nothing and has nothing to tidy up. */
  public static Application of(String name, Start start) {
    return new Application(name, start, () -> {}, List.of(), Restart.PERMANENT, Map.of());
  }

  /** One more that must run before this one, in the order of the calls. */
  public Application dependsOn(Application other) {
    return new Application(
        name,
        start,
        stop,
        Stream.concat(dependencies.stream(), Stream.of(other)).toList(),
        restart,
        environment);
  }

  public Application withStop(Runnable newStop) {
    return new Application(name, start, newStop, dependencies, restart, environment);
  }

  public Application withRestart(Restart newRestart) {
    return new Application(name, start, stop, dependencies, newRestart, environment);
  }

  /** One more value of its environment, in place of one with the same key. */
  public <T> Application withEnv(EnvKey<T> key, T value) {
    Map<EnvKey<?>, Object> more = new HashMap<>(environment);
    more.put(key, value);
    return new Application(name, start, stop, dependencies, restart, more);
  }

  /** A value of its environment ({@code application:get_env/2}). */
  @SuppressWarnings("unchecked") // put by withEnv
  public <T> Optional<T> env(EnvKey<T> key) {
    return Optional.ofNullable((T) environment.get(key));
  }

  @Override
  public String toString() {
    return name;
  }
}
