package dev.tend.otp.sys;

import static java.util.Objects.requireNonNull;

import dev.tend.otp.genserver.GenServer;
import dev.tend.otp.process.CallFailed;
import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.ServerRef;
import dev.tend.otp.process.Statistics;
import dev.tend.otp.process.SystemEvent;
import dev.tend.otp.process.SystemRequest;
import dev.tend.otp.process.SystemStatus;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Looks into running behaviours, and holds them: OTP's {@code sys}. For people who debug and for
 * tests; a program that needs a server's state asks the server.
 *
 * <p>Each request waits in line behind the messages that came before it, is answered between two
 * events, also while the behaviour is suspended, and always fits a bounded mailbox. All throw
 * {@link CallFailed}: {@code Refused} where there is no process or it is no behaviour, {@code Exit}
 * where it ends first, {@code Timeout} after the time given, by default five seconds; a request
 * that was not begun in time is withdrawn and has no effect. They work from any thread.
 */
public final class Sys {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private Sys() {}

  // ---- state ----

  /** The state of a GenServer ({@code sys:get_state/1}); of any behaviour, {@link #getStatus}. */
  public static <S> S getState(ServerRef<? extends GenServer<S, ?, ?>> server) {
    return getState(server, PATIENCE);
  }

  @SuppressWarnings({"unchecked", "NullAway"}) // a server of state S
  public static <S> S getState(ServerRef<? extends GenServer<S, ?, ?>> server, Duration timeout) {
    return (S) new SystemRequest.GetState().call(server, timeout).orElse(null);
  }

  /**
   * Gives a GenServer the state that a function makes of the one it has ({@code
   * sys:replace_state/2}), which runs in the server and holds it up meanwhile.
   *
   * @return the new state
   * @throws CallbackFailed if the function threw; the state is as it was
   */
  public static <S> S replaceState(
      ServerRef<? extends GenServer<S, ?, ?>> server, UnaryOperator<S> change) {
    return replaceState(server, change, PATIENCE);
  }

  @SuppressWarnings({"unchecked", "NullAway"}) // a server of state S
  public static <S> S replaceState(
      ServerRef<? extends GenServer<S, ?, ?>> server, UnaryOperator<S> change, Duration timeout) {
    requireNonNull(change, "change");
    UnaryOperator<@Nullable Object> untyped = state -> change.apply((S) state);
    return switch (new SystemRequest.ReplaceState(untyped).call(server, timeout)) {
      case SystemRequest.Replaced.By(Object state) -> (S) state;
      case SystemRequest.Replaced.Threw(Throwable cause) -> throw new CallbackFailed(cause);
    };
  }

  /**
   * What a behaviour shows of itself, by its {@code formatStatus} ({@code sys:get_status/1}). The
   * state of a supervisor is what {@code whichChildren} shows of it.
   */
  public static SystemStatus getStatus(ServerRef<?> server) {
    return getStatus(server, PATIENCE);
  }

  public static SystemStatus getStatus(ServerRef<?> server, Duration timeout) {
    return new SystemRequest.GetStatus().call(server, timeout);
  }

  // ---- hold and end ----

  /**
   * Lets a behaviour handle nothing but system requests, a stop, and its parent's exit ({@code
   * sys:suspend/1}); all else waits in line, and signals act as ever. Nothing if it is suspended.
   */
  public static void suspend(ServerRef<?> server) {
    suspend(server, PATIENCE);
  }

  public static void suspend(ServerRef<?> server, Duration timeout) {
    new SystemRequest.Suspend().call(server, timeout);
  }

  /**
   * Lets a suspended behaviour go on ({@code sys:resume/1}); an idle time that it had asked for
   * begins anew. Nothing if it is not suspended.
   */
  public static void resume(ServerRef<?> server) {
    resume(server, PATIENCE);
  }

  public static void resume(ServerRef<?> server, Duration timeout) {
    new SystemRequest.Resume().call(server, timeout);
  }

  /**
   * Makes a behaviour end in an orderly way, with {@code terminate} ({@code sys:terminate/2}).
   * Returns when it has begun to; {@code Processes.stop} waits for the end.
   */
  public static void terminate(ServerRef<?> server, ExitReason reason) {
    terminate(server, reason, PATIENCE);
  }

  public static void terminate(ServerRef<?> server, ExitReason reason, Duration timeout) {
    new SystemRequest.Terminate(reason).call(server, timeout);
  }

  // ---- what it does ----

  /** Begins to count a behaviour's messages from zero, or ends it ({@code sys:statistics/2}). */
  public static void statistics(ServerRef<?> server, boolean on) {
    statistics(server, on, PATIENCE);
  }

  public static void statistics(ServerRef<?> server, boolean on, Duration timeout) {
    new SystemRequest.Count(on).call(server, timeout);
  }

  /** What has been counted; empty unless it was turned on. */
  public static Optional<Statistics> statistics(ServerRef<?> server) {
    return statistics(server, PATIENCE);
  }

  public static Optional<Statistics> statistics(ServerRef<?> server, Duration timeout) {
    return new SystemRequest.GetStatistics().call(server, timeout);
  }

  /**
   * Keeps the last events of a behaviour ({@code sys:log/2}), for {@link #getStatus} and its crash
   * report.
   *
   * @param last how many; zero: none any more
   */
  public static void log(ServerRef<?> server, int last) {
    log(server, last, PATIENCE);
  }

  public static void log(ServerRef<?> server, int last, Duration timeout) {
    new SystemRequest.Log(last).call(server, timeout);
  }

  /**
   * Tells a listener all that a behaviour does from now on, in order ({@code sys:trace/2}); any
   * number at once. The listener runs in a process of its own, see {@link Trace}.
   */
  public static Trace trace(ServerRef<?> server, Consumer<SystemEvent> listener) {
    return trace(server, listener, PATIENCE);
  }

  public static Trace trace(ServerRef<?> server, Consumer<SystemEvent> listener, Duration timeout) {
    Trace trace = new Trace(pidOf(server, timeout), requireNonNull(listener, "listener"));
    boolean installed = false;
    try {
      new SystemRequest.Install(trace.tracer()).call(trace.traced(), timeout);
      installed = true;
    } finally {
      if (!installed) {
        trace.close();
      }
    }
    return trace;
  }

  private static Pid<?> pidOf(ServerRef<?> server, Duration timeout) {
    return server
        .whereis()
        .orElseThrow(() ->
            new CallFailed(
                server, "trace", timeout, new CallFailed.Refused(CallFailed.Refusal.NO_PROCESS)));
  }
}
