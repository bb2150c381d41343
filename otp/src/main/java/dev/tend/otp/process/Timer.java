package dev.tend.otp.process;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * A message that is still to be sent ({@code erlang:send_after/3}). It is forgotten when its
 * receiver dies.
 */
public final class Timer {
  private final ProcessCore target;
  final Signal signal;
  private volatile long moment;
  private volatile Runnable stop = () -> {};

  Timer(ProcessCore target, Function<Timer, Object> message) {
    this.target = target;
    this.signal = new Signal.Message(message.apply(this));
  }

  Timer(ProcessCore target, Signal signal) {
    this.target = target;
    this.signal = signal;
  }

  void start(Duration delay) {
    moment = target.time.momentAfter(delay);
    if (target.addTimer(this)) {
      try {
        stop = target.time.scheduleAt(moment, this::fire);
      } catch (RuntimeException | Error notSet) {
        target.removeTimer(this);
        throw notSet;
      }
    }
  }

  private void fire() {
    if (target.removeTimer(this)) {
      ProcessCore.deliver(null, target, signal);
    }
  }

  /** How long until the message is sent ({@code erlang:read_timer/1}); empty if it never will. */
  public Optional<Duration> remaining() {
    return target.hasTimer(this)
        ? Optional.of(Duration.ofNanos(Math.max(0, moment - target.time.nanoTime())))
        : Optional.empty();
  }

  /**
   * Stops the timer ({@code erlang:cancel_timer/1}).
   *
   * @return true if the message had not been sent and now never will be
   */
  public boolean cancel() {
    boolean pending = target.removeTimer(this);
    stop.run();
    return pending;
  }

  /** At the death of the receiver. */
  void stop() {
    stop.run();
  }
}
