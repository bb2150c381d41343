package dev.tend.otp.agent;

import static java.util.Objects.requireNonNull;

import dev.tend.otp.agent.Agent.Next;
import dev.tend.otp.genserver.GenServer;
import dev.tend.otp.genserver.Handled;
import dev.tend.otp.genserver.Init;
import dev.tend.otp.process.Call;
import dev.tend.otp.process.Caller;
import dev.tend.otp.process.Cast;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** The server in an agent's process. */
final class AgentServer<S> extends GenServer<S, AgentServer.Request<S, ?>, AgentServer.Change<S>> {
  private final Supplier<? extends S> initial;

  AgentServer(Supplier<? extends S> initial) {
    this.initial = requireNonNull(initial, "initial");
  }

  sealed interface Request<S, R> extends Call<Agent<S>, R> {}

  record Get<S, R>(Function<? super S, ? extends R> function) implements Request<S, R> {
    Get {
      requireNonNull(function, "function");
    }
  }

  record GetAndUpdate<S, R>(Function<? super S, Next<R, S>> function) implements Request<S, R> {
    GetAndUpdate {
      requireNonNull(function, "function");
    }
  }

  record Change<S>(UnaryOperator<S> function) implements Cast<Agent<S>> {
    Change {
      requireNonNull(function, "function");
    }
  }

  @Override
  protected Init<S> init() {
    return Init.ok(initial.get());
  }

  @Override
  protected Handled<S> handleCall(Request<S, ?> request, Caller caller, S state) {
    return switch (request) {
      case Get<S, ?> get -> answer(get, caller, state);
      case GetAndUpdate<S, ?> both -> answer(both, caller, state);
    };
  }

  private static <S, R> Handled<S> answer(Get<S, R> get, Caller caller, S state) {
    return reply(get, caller, get.function().apply(state), state);
  }

  private static <S, R> Handled<S> answer(GetAndUpdate<S, R> both, Caller caller, S state) {
    Next<R, S> next = both.function().apply(state);
    return reply(both, caller, next.answer(), next.state());
  }

  @Override
  protected Handled<S> handleCast(Change<S> change, S state) {
    return noReply(change.function().apply(state));
  }

  @Override
  protected String kind() {
    return "Agent";
  }
}
