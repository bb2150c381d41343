package dev.tend.otp.process;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a behaviour shows of itself, in crash reports and to {@code Sys.getStatus} ({@code
 * gen_server:format_status()}). Immutable.
 *
 * @param state what it keeps from event to event
 * @param message the event it was handling when it ended: a request, a cast, any other message, or
 *     the step it was to continue with
 * @param reason why it ends, if it does
 * @param log the last events, where they are kept
 */
public record Status<S extends @Nullable Object>(
    S state, Optional<Object> message, Optional<ExitReason> reason, List<SystemEvent> log) {

  public Status {
    log = List.copyOf(log);
  }

  /**
   * What a behaviour shows. A {@code formatStatus} that fails hides neither that nor why the
   * behaviour ended, and shows nothing that was to pass through it.
   */
  static Status<?> shownBy(
      Behaviour behaviour,
      String kind,
      Optional<Object> message,
      Optional<ExitReason> reason,
      List<SystemEvent> log) {
    try {
      return Objects.requireNonNull(
          behaviour.formatStatus(
              new Status<@Nullable Object>(behaviour.state(), message, reason, log)));
    } catch (Throwable thrown) {
      if (thrown instanceof DeadProcess gone && !Processes.self().isAlive()) {
        throw gone;
      }
      return new Status<>(
          "formatStatus of " + kind + " threw " + thrown.getClass().getName(),
          message.map(value -> value.getClass().getName()),
          reason,
          List.of());
    }
  }

  /** The same with something else for the state, of any kind. */
  public <X> Status<X> withState(X shown) {
    return new Status<>(shown, message, reason, log);
  }

  public Status<S> withMessage(Object shown) {
    return new Status<>(state, Optional.of(shown), reason, log);
  }

  /** The reason to be shown; links and monitors hear of the real one. */
  public Status<S> withReason(ExitReason shown) {
    return new Status<>(state, message, Optional.of(shown), log);
  }

  public Status<S> withLog(List<SystemEvent> shown) {
    return new Status<>(state, message, reason, shown);
  }
}
