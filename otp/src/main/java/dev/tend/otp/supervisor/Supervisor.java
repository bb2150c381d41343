package dev.tend.otp.supervisor;

import dev.tend.otp.process.Call;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.ServerRef;
import dev.tend.otp.process.StartOptions;
import dev.tend.otp.process.StartResult;
import java.time.Duration;
import java.util.List;

/**
 * A process that starts its children in order, restarts them by its strategy, and stops them in
 * reverse order ({@code supervisor}).
 *
 * <p>Starting, restarting and stopping run in the supervisor and block it, as in OTP; between the
 * attempts of a failing restart it answers, and shows the child as {@code restarting}. All calls
 * wait as long as it takes and throw {@link dev.tend.otp.process.CallFailed} if the supervisor is
 * dead.
 */
public final class Supervisor {
  private static final Duration FOR_EVER = Duration.ofSeconds(Long.MAX_VALUE);

  private Supervisor() {}

  sealed interface Request<R> extends Call<Supervisor, R> {}

  record StartChild(ChildSpec spec) implements Request<ChildResult> {}

  record TerminateChild(Object id) implements Request<ChildResult> {}

  record RestartChild(Object id) implements Request<ChildResult> {}

  record DeleteChild(Object id) implements Request<ChildResult> {}

  record WhichChildren() implements Request<List<ChildInfo>> {}

  record CountChildren() implements Request<Counts> {}

  /**
   * Starts a supervisor and all its children, as the calling process's child ({@code
   * supervisor:start_link/3}). If a child does not start, those before it are stopped and the start
   * fails with {@code shutdown} and a {@link FailedToStartChild}.
   *
   * @throws IllegalArgumentException if two children have one id
   */
  public static StartResult<Supervisor> startLink(
      Flags flags, List<ChildSpec> children, StartOptions options) {
    return Processes.startLink(new StaticSupervisor(flags, children), options);
  }

  /** The same without a link: for the root of a tree. */
  public static StartResult<Supervisor> start(
      Flags flags, List<ChildSpec> children, StartOptions options) {
    return Processes.start(new StaticSupervisor(flags, children), options);
  }

  /**
   * Adds a child behind the others and starts it. A failed start forgets the specification; one
   * that answers ignore keeps it, unless temporary.
   */
  public static ChildResult startChild(ServerRef<Supervisor> supervisor, ChildSpec spec) {
    return supervisor.call(new StartChild(spec), FOR_EVER);
  }

  /** Stops a child and cancels its restart; the specification stays, unless temporary. */
  public static ChildResult terminateChild(ServerRef<Supervisor> supervisor, Object id) {
    return supervisor.call(new TerminateChild(id), FOR_EVER);
  }

  /** Starts a stopped child again. */
  public static ChildResult restartChild(ServerRef<Supervisor> supervisor, Object id) {
    return supervisor.call(new RestartChild(id), FOR_EVER);
  }

  /** Forgets a stopped child. */
  public static ChildResult deleteChild(ServerRef<Supervisor> supervisor, Object id) {
    return supervisor.call(new DeleteChild(id), FOR_EVER);
  }

  /** All children, in the order of their start. */
  public static List<ChildInfo> whichChildren(ServerRef<Supervisor> supervisor) {
    return supervisor.call(new WhichChildren(), FOR_EVER);
  }

  public static Counts countChildren(ServerRef<Supervisor> supervisor) {
    return supervisor.call(new CountChildren(), FOR_EVER);
  }
}
