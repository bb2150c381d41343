package dev.tend.otp.genserver;

import dev.tend.otp.process.Behaviour;
import dev.tend.otp.process.Call;
import dev.tend.otp.process.Caller;
import dev.tend.otp.process.Cast;
import dev.tend.otp.process.Event;
import dev.tend.otp.process.Exit;
import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Initialised;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.Status;
import dev.tend.otp.process.Step;
import org.jspecify.annotations.Nullable;

/** Carries a {@link GenServer}'s state from callback to callback. */
final class ServerLoop<S, Q extends Call<?, ?>, C extends Cast<?>> implements Behaviour {
  private final GenServer<S, Q, C> server;
  private final Family family;
  private @Nullable Pid<?> parent;
  private @Nullable S state;

  ServerLoop(GenServer<S, Q, C> server) {
    this.server = server;
    this.family = Family.of(server.getClass());
  }

  @Override
  public Initialised init() throws Exception {
    parent = Processes.parent().orElse(null);
    Init<S> init = server.init();
    if (init == null) {
      throw new IllegalStateException(server.kind() + " returned null from init");
    }
    state = init.state;
    return init.decision;
  }

  @Override
  @SuppressWarnings({"unchecked", "NullAway"}) // families are checked in the sender; init set state
  public Step handle(Event event) throws Exception {
    S current = state;
    Handled<S> handled =
        switch (event) {
          case Event.Called(Call<?, ?> request, Caller caller) ->
              server.handleCall((Q) request, caller, current);
          case Event.Told(Cast<?> message) -> server.handleCast((C) message, current);
          case Event.Info(Exit(Pid<?> from, ExitReason reason)) when from == parent ->
              Handled.stop(reason, current);
          case Event.Info(Object message) -> server.handleInfo(message, current);
          case Event.Continued(Object step) -> server.handleContinue(step, current);
          case Event.IdleTimeout() -> server.handleTimeout(current);
          case Event.Stop(ExitReason reason) -> Handled.stop(reason, current);
        };
    if (handled == null) {
      // Its class alone: what else of the message may be shown, formatStatus decides.
      throw new IllegalStateException(
          server.kind()
              + " returned null from the callback of "
              + event.getClass().getSimpleName()
              + " "
              + event.message().getClass().getName());
    }
    state = handled.state;
    return handled.step;
  }

  @Override
  @SuppressWarnings("NullAway") // only after a successful init
  public void terminate(ExitReason reason) throws Exception {
    server.terminate(reason, state);
  }

  @Override
  public @Nullable Object state() {
    return state;
  }

  @Override
  @SuppressWarnings("unchecked") // Sys is typed by the server
  public void replaceState(@Nullable Object next) {
    state = (S) next;
  }

  @Override
  @SuppressWarnings({"unchecked", "NullAway"}) // a status of this very server
  public Status<?> formatStatus(Status<?> status) {
    return server.formatStatus((Status<S>) status);
  }

  @Override
  public Class<?> requests() {
    return family.requests();
  }

  @Override
  public Class<?> casts() {
    return family.casts();
  }

  @Override
  public String kind() {
    return server.kind();
  }
}
