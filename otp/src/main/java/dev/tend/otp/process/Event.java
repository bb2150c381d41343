package dev.tend.otp.process;

/** What a {@link Behaviour} is asked to handle. A plain process may receive the first two too. */
public sealed interface Event {

  /** What was sent, without how; for an idle time, {@code "timeout"}. */
  default Object message() {
    return switch (this) {
      case Called(Call<?, ?> request, Caller caller) -> request;
      case Told(Cast<?> message) -> message;
      case Info(Object message) -> message;
      case Continued(Object step) -> step;
      case IdleTimeout() -> "timeout";
      case Stop(ExitReason reason) -> reason;
    };
  }

  /** A call ({@code $gen_call}); answered through {@link Caller}, now or later. */
  record Called(Call<?, ?> request, Caller caller) implements Event {}

  /** A cast ({@code $gen_cast}). */
  record Told(Cast<?> message) implements Event {}

  /** Any other message: plain ones, {@link Exit}, {@link Down}, timers, {@link Answered}. */
  record Info(Object message) implements Event {}

  /** The step that the callback before asked to continue with. */
  record Continued(Object step) implements Event {}

  /** The idle time asked for has passed and no message came. */
  record IdleTimeout() implements Event {}

  /** Someone asked for an orderly end ({@code gen_server:stop/3}). */
  record Stop(ExitReason reason) implements Event {}
}
