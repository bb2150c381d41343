package dev.tend.otp.process;

import java.time.Duration;

/**
 * A message that is still to be sent ({@code erlang:send_after/3}). It is forgotten when its
 * receiver dies.
 */
public final class Timer {
  final Signal signal;
  private final ProcessCore target;
  private volatile Runnable stop = () -> {};

  Timer(ProcessCore target, Signal signal) {
    this.target = target;
    this.signal = signal;
  }

  void start(Duration delay) {
    if (target.addTimer(this)) {
      stop = target.time.schedule(delay, this::fire);
    }
  }

  private void fire() {
    if (target.removeTimer(this)) {
      target.push(signal);
      target.arrived(signal);
    }
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
