package dev.tend.otp.process;

import java.time.Duration;
import java.util.Optional;

/**
 * Where a server is reached: its {@link Pid}, or a {@link ServerName} looked up at each use. Only
 * requests to {@code T} can be put to it.
 *
 * <p>Usable from any thread, process or not.
 */
public sealed interface ServerRef<T> permits Pid, ServerName {

  /**
   * Puts a request to the server and waits for its reply ({@code gen_server:call/3}). Messages and
   * requests of one process to one server arrive in the order sent. The cost does not depend on the
   * length of the caller's mailbox.
   *
   * @param timeout how long to wait; a late reply is dropped and never seen
   * @throws CallFailed if the server exits first, the time runs out, there is no such process, or
   *     its mailbox is full
   * @throws IllegalArgumentException if the request is not of the server's own family
   * @throws DeadProcess if the calling process has died
   */
  <R> R call(Call<T, R> request, Duration timeout);

  /**
   * The process that is reached here ({@code GenServer.whereis/1}): this pid itself, alive or not,
   * or the living holder of this name.
   */
  Optional<Pid<T>> whereis();

  /** {@link #call(Call, Duration)} with OTP's default of five seconds. */
  default <R> R call(Call<T, R> request) {
    return call(request, PendingCall.PATIENCE);
  }

  /**
   * Sends the server a message and does not wait ({@code gen_server:cast/2}). To nobody it is
   * silent, as in OTP.
   *
   * @throws CallFailed if the server's mailbox is bounded and full
   * @throws IllegalArgumentException if the message is not of the server's own family
   * @throws DeadProcess if the calling process has died
   */
  void cast(Cast<T> message);
}
