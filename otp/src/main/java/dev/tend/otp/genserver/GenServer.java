package dev.tend.otp.genserver;

import static dev.tend.otp.process.TimeSource.FOR_EVER;

import dev.tend.otp.process.Behaviour;
import dev.tend.otp.process.Call;
import dev.tend.otp.process.CallFailed;
import dev.tend.otp.process.Caller;
import dev.tend.otp.process.Cast;
import dev.tend.otp.process.Event;
import dev.tend.otp.process.Exit;
import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.MonitoredStart;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.RequestId;
import dev.tend.otp.process.ServerRef;
import dev.tend.otp.process.StartOptions;
import dev.tend.otp.process.StartResult;
import dev.tend.otp.process.Status;
import dev.tend.otp.report.Report;
import java.time.Duration;

/**
 * A server process, as OTP's {@code gen_server}.
 *
 * <p>Callbacks run one at a time in the server's process. What a callback returns takes effect
 * whole; if it throws, the server ends with that as its reason, the state it had goes to {@link
 * #terminate}, and no reply is sent. An {@link Exit} from the parent ends a server that traps
 * exits, after {@code terminate}, without being seen by {@code handleInfo}.
 *
 * @param <S> the state: an immutable value
 * @param <Q> its requests: a sealed interface that extends {@code Call<ThisServer, …>}
 * @param <C> its casts: a sealed interface that extends {@code Cast<ThisServer>}
 */
public abstract class GenServer<S, Q extends Call<?, ?>, C extends Cast<?>> {
  /**
   * Runs first, in the new process; the starter waits for it. Long work belongs into {@link
   * #handleContinue}.
   */
  protected abstract Init<S> init() throws Exception;

  /** Answers a request, now by {@link #reply}, or later through the caller's {@code to}. */
  protected abstract Handled<S> handleCall(Q request, Caller caller, S state) throws Exception;

  /** Handles a cast. Unless overridden, a cast is a fault of the program and ends the server. */
  protected Handled<S> handleCast(C message, S state) throws Exception {
    throw new UnsupportedOperationException(
        getClass().getName()
            + " takes no casts: override handleCast for "
            + message.getClass().getName());
  }

  /** Handles any other message. Unless overridden it is logged and dropped, as in OTP. */
  protected Handled<S> handleInfo(Object message, S state) throws Exception {
    new Report(kind() + " " + Processes.self() + " got a message it does not know")
        .with("message", message)
        .log(System.Logger.Level.WARNING);
    return noReply(state);
  }

  /** Goes on with a step that the callback before asked for, before any message is read. */
  protected Handled<S> handleContinue(Object step, S state) throws Exception {
    throw new UnsupportedOperationException(
        getClass().getName()
            + " does not continue: override handleContinue for "
            + step.getClass().getName());
  }

  /** The idle time that the callback before asked for has passed and no message came. */
  protected Handled<S> handleTimeout(S state) throws Exception {
    return noReply(state);
  }

  /**
   * Runs before an orderly end: a stop, a throw, or the parent's exit where exits are trapped; not
   * after {@code kill}, nor an untrapped signal. The last place to answer callers.
   */
  protected void terminate(ExitReason reason, S state) throws Exception {}

  /**
   * What of the server may be shown, in crash reports and by {@code Sys.getStatus} ({@code
   * format_status/1}): override it to leave out secrets and to shorten what is long. State,
   * message, reason and kept events may each be replaced by anything. If this throws, that is said
   * in place of the state, and nothing of the status is shown but the reason.
   */
  protected Status<?> formatStatus(Status<S> status) {
    return status;
  }

  /** What it is called in reports and pictures. */
  protected String kind() {
    return getClass().getSimpleName();
  }

  // ---- what callbacks return ----

  /** Answers the request being handled and goes on with the next state. */
  protected static <R, S> Handled<S> reply(Call<?, R> request, Caller caller, R value, S next) {
    return Handled.reply(caller.to(request), value, next);
  }

  /** Goes on with the next state; a request stays unanswered until someone does. */
  protected static <S> Handled<S> noReply(S next) {
    return Handled.of(next);
  }

  /** Ends, after {@link #terminate}; replies added to this follow it. */
  protected static <S> Handled<S> stop(ExitReason reason, S last) {
    return Handled.stop(reason, last);
  }

  // ---- start and use ----

  /** Starts a server without a link ({@code gen_server:start/4}). */
  public static <G extends GenServer<?, ?, ?>> StartResult<G> start(
      G server, StartOptions options) {
    return Processes.start(loop((GenServer<?, ?, ?>) server), options);
  }

  /** Starts a server as the calling process's child ({@code gen_server:start_link/4}). */
  public static <G extends GenServer<?, ?, ?>> StartResult<G> startLink(
      G server, StartOptions options) {
    return Processes.startLink(loop((GenServer<?, ?, ?>) server), options);
  }

  /**
   * Starts a server that the calling process monitors from its first moment ({@code
   * gen_server:start_monitor/3}).
   */
  public static <G extends GenServer<?, ?, ?>> MonitoredStart<G> startMonitor(
      G server, StartOptions options) {
    return Processes.startMonitor(loop((GenServer<?, ?, ?>) server), options);
  }

  private static <S, Q extends Call<?, ?>, C extends Cast<?>> Behaviour loop(
      GenServer<S, Q, C> server) {
    return new ServerLoop<>(server);
  }

  /** {@link #stop(ServerRef, ExitReason, Duration)} with {@code normal}, however long it takes. */
  public static void stop(ServerRef<?> server) {
    stop(server, ExitReason.NORMAL, FOR_EVER);
  }

  /**
   * Asks a server to end, in line with its messages, and waits until it has ({@code
   * gen_server:stop/3}); its {@link #terminate} runs. Works for every behaviour, from any thread.
   *
   * @throws CallFailed if there is no such process, it is the calling one, it ended with another
   *     reason, or the time ran out (it may still end then)
   * @throws IllegalArgumentException if the timeout is below zero; nothing was asked then
   */
  public static void stop(ServerRef<?> server, ExitReason reason, Duration timeout) {
    ExitReason ended = Processes.stopOrThrow(server, reason, timeout);
    if (!ended.equals(reason)) {
      CallFailed.Why why = new CallFailed.Exit(ended, true);
      throw new CallFailed(server, new Event.Stop(reason), timeout, why);
    }
  }

  /**
   * Puts a request whose one answer comes to {@link #handleInfo}; see {@link
   * Processes#sendRequest}.
   */
  protected final <T, R> RequestId<R> sendRequest(ServerRef<T> server, Call<T, R> request) {
    return Processes.sendRequest(server, request);
  }
}
