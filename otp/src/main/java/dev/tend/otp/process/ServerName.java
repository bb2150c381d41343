package dev.tend.otp.process;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;

/**
 * A name for a server, wherever it is at the moment: local ({@code {local, Name}}) or kept by a
 * registry of one's own ({@code {via, Module, Name}}).
 *
 * @param <T> the server that is expected under the name
 */
public record ServerName<T>(Via via, Object key) implements ServerRef<T> {

  public ServerName {
    requireNonNull(via, "via");
    requireNonNull(key, "key");
  }

  /** A name in the table of this JVM. */
  public static <T> ServerName<T> local(String name) {
    return new ServerName<>(LocalNames.TABLE, name);
  }

  public static <T> ServerName<T> via(Via via, Object key) {
    return new ServerName<>(via, key);
  }

  /**
   * The process under this name ({@code gen_server:where/1}), alive at some moment during the
   * look-up and never one that was dead before it.
   */
  @Override
  @SuppressWarnings("unchecked")
  public Optional<Pid<T>> whereis() {
    return via.whereis(key).filter(Pid::isAlive).map(pid -> (Pid<T>) pid);
  }

  @Override
  public <R> R call(Call<T, R> request, Duration timeout) {
    requireNonNull(request, "request");
    requireNonNull(timeout, "timeout");
    Pid<T> pid =
        whereis()
            .orElseThrow(() ->
                new CallFailed(
                    this, request, timeout, new CallFailed.Refused(CallFailed.Refusal.NO_PROCESS)));
    return PendingCall.call(this, pid, request, timeout);
  }

  @Override
  public void cast(Cast<T> message) {
    requireNonNull(message, "request");
    whereis().ifPresent(pid -> pid.cast(message));
  }

  @Override
  public String toString() {
    return via == LocalNames.TABLE ? key.toString() : "{via, " + via + ", " + key + "}";
  }
}
