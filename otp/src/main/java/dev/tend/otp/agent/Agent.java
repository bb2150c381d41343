package dev.tend.otp.agent;

import static java.util.Objects.requireNonNull;

import dev.tend.otp.genserver.GenServer;
import dev.tend.otp.process.Call;
import dev.tend.otp.process.ServerRef;
import dev.tend.otp.process.StartOptions;
import dev.tend.otp.process.StartResult;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * A process that keeps a value: Elixir's {@code Agent}.
 *
 * <p>All functions run in the agent, one at a time and in the order in which they came. One that
 * throws ends the agent: the state is lost and the caller gets a {@link
 * dev.tend.otp.process.CallFailed}. They must neither wait nor call the agent itself.
 *
 * <p>All calls work from any thread, wait for five seconds unless told otherwise, and fail as
 * {@link ServerRef#call(Call, Duration)} does. It is stopped, as every server, by {@link
 * dev.tend.otp.process.Processes#stop}.
 *
 * @param <S> the state: an immutable value
 */
@SuppressWarnings("UnusedTypeParameter") // tells references to agents apart
public final class Agent<S> {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private Agent() {}

  /** What {@link #getAndUpdate} makes of a state: the answer, and the state from then on. */
  public record Next<R, S>(R answer, S state) {}

  /**
   * Starts an agent without a link ({@code Agent.start/2}).
   *
   * @param initial gives the state; runs in the agent, and the start fails with what it throws
   */
  public static <S> StartResult<Agent<S>> start(
      Supplier<? extends S> initial, StartOptions options) {
    return agent(GenServer.start(new AgentServer<>(initial), options));
  }

  /** Starts an agent as the calling process's child ({@code Agent.start_link/2}). */
  public static <S> StartResult<Agent<S>> startLink(
      Supplier<? extends S> initial, StartOptions options) {
    return agent(GenServer.startLink(new AgentServer<>(initial), options));
  }

  @SuppressWarnings("unchecked") // a pid is typed by what it can be asked
  private static <S> StartResult<Agent<S>> agent(StartResult<?> started) {
    return (StartResult<Agent<S>>) started;
  }

  /** What the function makes of the state ({@code Agent.get/2}). */
  public static <S, R> R get(ServerRef<Agent<S>> agent, Function<? super S, ? extends R> function) {
    return get(agent, PATIENCE, function);
  }

  /** {@code Agent.get/3}. */
  public static <S, R> R get(
      ServerRef<Agent<S>> agent, Duration timeout, Function<? super S, ? extends R> function) {
    return agent.call(new AgentServer.Get<S, R>(function), timeout);
  }

  /** Changes the state and answers, in one step ({@code Agent.get_and_update/2}). */
  public static <S, R> R getAndUpdate(
      ServerRef<Agent<S>> agent, Function<? super S, Next<R, S>> function) {
    return getAndUpdate(agent, PATIENCE, function);
  }

  /** {@code Agent.get_and_update/3}. */
  public static <S, R> R getAndUpdate(
      ServerRef<Agent<S>> agent, Duration timeout, Function<? super S, Next<R, S>> function) {
    return agent.call(new AgentServer.GetAndUpdate<S, R>(function), timeout);
  }

  /** Changes the state; returns when that is done ({@code Agent.update/2}). */
  public static <S> void update(ServerRef<Agent<S>> agent, UnaryOperator<S> function) {
    update(agent, PATIENCE, function);
  }

  /** {@code Agent.update/3}. */
  public static <S> void update(
      ServerRef<Agent<S>> agent, Duration timeout, UnaryOperator<S> function) {
    requireNonNull(function, "function");
    getAndUpdate(agent, timeout, state -> new Next<>(true, function.apply(state)));
  }

  /**
   * Lets the agent change its state some time later ({@code Agent.cast/2}); in silence if there is
   * none.
   *
   * @throws dev.tend.otp.process.CallFailed if its mailbox is bounded and full
   */
  public static <S> void cast(ServerRef<Agent<S>> agent, UnaryOperator<S> function) {
    agent.cast(new AgentServer.Change<>(function));
  }
}
