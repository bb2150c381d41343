package dev.tend.otp.process;

import java.time.Duration;
import java.util.Optional;

/**
 * The identity of a process, for ever: never used again, equal only to itself. Holding one keeps
 * nothing of the process alive but its exit reason.
 *
 * @param <T> the server that runs in it; {@code ?} where it does not matter
 */
public final class Pid<T> implements ServerRef<T>, Comparable<Pid<?>> {
  final ProcessCore core;
  private final long number;

  Pid(ProcessCore core, long number) {
    this.core = core;
    this.number = number;
  }

  /** Whether the process was alive at this moment ({@code is_process_alive/1}). */
  public boolean isAlive() {
    return core.exitReason() == null;
  }

  /** Why the process ended, once it has. */
  public Optional<ExitReason> exitReason() {
    return Optional.ofNullable(core.exitReason());
  }

  @Override
  public Optional<Pid<T>> whereis() {
    return Optional.of(this);
  }

  @Override
  public <R> R call(Call<T, R> request, Duration timeout) {
    return PendingCall.call(this, this, request, timeout);
  }

  @Override
  public void cast(Cast<T> message) {
    core.requireOfFamily(message);
    ProcessCore.deliverOrThrow(this, message, new Signal.CastSignal(message));
  }

  /** In the order of spawning. */
  @Override
  public int compareTo(Pid<?> other) {
    return Long.compare(number, other.number);
  }

  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(number);
  }

  /** {@code <0.17>}, as Erlang prints a local pid. */
  @Override
  public String toString() {
    return "<0." + number + ">";
  }
}
