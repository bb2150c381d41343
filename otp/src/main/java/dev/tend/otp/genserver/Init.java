package dev.tend.otp.genserver;

import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Initialised;
import dev.tend.otp.process.Step;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What {@code init} decides: a state to begin with, or not to start. Immutable. */
public final class Init<S> {
  final @Nullable S state;
  final Initialised decision;

  private Init(@Nullable S state, Initialised decision) {
    this.state = state;
    this.decision = decision;
  }

  /** {@code {ok, State}}. */
  public static <S> Init<S> ok(S state) {
    return new Init<>(state, new Initialised.Ready(Step.await(), null));
  }

  /** {@code {ok, State}} with information for the starter ({@code {ok, Pid, Info}}). */
  public static <S> Init<S> ok(S state, Object info) {
    return new Init<>(state, new Initialised.Ready(Step.await(), info));
  }

  /** Not started, and that is no error. */
  public static <S> Init<S> ignore() {
    return new Init<>(null, new Initialised.Ignore());
  }

  /**
   * Not started, and that is an error, but no fault: the process ends with {@code normal} ({@code
   * {error, Reason}}).
   */
  public static <S> Init<S> error(ExitReason reason) {
    return new Init<>(null, new Initialised.Error(reason));
  }

  /** Not started, and the process ends with this reason ({@code {stop, Reason}}). */
  public static <S> Init<S> stop(ExitReason reason) {
    return new Init<>(null, new Initialised.Stop(reason));
  }

  /** The start succeeds now, and {@code handleContinue} with this runs before any message. */
  public Init<S> continueWith(Object next) {
    return then(Step.await().continueWith(next));
  }

  /** {@code handleTimeout} if no message comes for so long. */
  public Init<S> timeout(Duration idle) {
    return then(Step.await().timeout(idle));
  }

  /** Waits for the first message as {@link Handled#hibernate} does. */
  public Init<S> hibernate() {
    return then(Step.await().hibernate());
  }

  private Init<S> then(Step step) {
    return decision instanceof Initialised.Ready(Step before, Object info)
        ? new Init<>(state, new Initialised.Ready(step, info))
        : this;
  }
}
