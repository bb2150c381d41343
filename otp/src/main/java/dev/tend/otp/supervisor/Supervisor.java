package dev.tend.otp.supervisor;

import static dev.tend.otp.process.TimeSource.FOR_EVER;
import static java.util.Objects.requireNonNull;

import dev.tend.otp.process.Call;
import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.ServerRef;
import dev.tend.otp.process.StartOptions;
import dev.tend.otp.process.StartResult;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * A process that starts its children in order, restarts them by its strategy, and stops them in
 * reverse order ({@code supervisor}).
 *
 * <p>Starting, restarting and stopping run in the supervisor and block it, as in OTP; between the
 * attempts of a failing restart it answers, and shows the child as {@code restarting}. So a child
 * must not call its supervisor in {@code init} or {@code terminate}: both would wait for ever. All
 * calls wait as long as it takes, throw {@link dev.tend.otp.process.CallFailed} if the supervisor
 * is dead, and {@link NullPointerException} for null.
 */
public final class Supervisor {
  private Supervisor() {}

  sealed interface Request<R> extends Call<Supervisor, R> {}

  record StartChild(ChildSpec spec) implements Request<ChildResult> {}

  record TerminateChild(Object id) implements Request<ChildResult> {}

  record RestartChild(Object id) implements Request<ChildResult> {}

  record DeleteChild(Object id) implements Request<ChildResult> {}

  record GetChildSpec(Object id) implements Request<Optional<ChildSpec>> {}

  record WhichChild(Object id) implements Request<Optional<ChildInfo>> {}

  record WhichChildren() implements Request<List<ChildInfo>> {}

  record CountChildren() implements Request<Counts> {}

  // ---- start and stop ----

  /**
   * Starts a supervisor and all its children, as the calling process's child ({@code
   * supervisor:start_link/3}). If a child does not start, those before it are stopped and the start
   * fails with {@code shutdown} and a {@link FailedToStartChild}; if flags or specifications are
   * faulty it fails with a {@link BadSpec} and no child has been started.
   */
  public static StartResult<Supervisor> startLink(
      Flags flags, List<ChildSpec> children, StartOptions options) {
    return Processes.startLink(supervisor(flags, children, options), options);
  }

  /** The same without a link: for the root of a tree. */
  public static StartResult<Supervisor> start(
      Flags flags, List<ChildSpec> children, StartOptions options) {
    return Processes.start(supervisor(flags, children, options), options);
  }

  /**
   * {@link #startLink(Flags, List, StartOptions)} with flags and children that a function computes
   * in the supervisor's own process, before the first child is started; it may answer ignore, or
   * fail by throwing. It runs once.
   */
  public static StartResult<Supervisor> startLink(
      Callable<? extends SupervisorInit> init, StartOptions options) {
    return Processes.startLink(supervisor(init, options), options);
  }

  /** The same without a link: for the root of a tree. */
  public static StartResult<Supervisor> start(
      Callable<? extends SupervisorInit> init, StartOptions options) {
    return Processes.start(supervisor(init, options), options);
  }

  private static StaticSupervisor supervisor(
      Flags flags, List<ChildSpec> children, StartOptions options) {
    SupervisorInit.Ok tree = new SupervisorInit.Ok(flags, children);
    return new StaticSupervisor(() -> tree, "Supervisor " + flags.strategy(), options.name());
  }

  private static StaticSupervisor supervisor(
      Callable<? extends SupervisorInit> init, StartOptions options) {
    return new StaticSupervisor(requireNonNull(init, "init"), "Supervisor", options.name());
  }

  /** Stops it with reason {@code normal} and waits until it has ended ({@code stop/1}). */
  public static void stop(ServerRef<Supervisor> supervisor) {
    stop(supervisor, ExitReason.NORMAL, FOR_EVER);
  }

  /**
   * Stops it, in line with its messages, and waits until it and all its children have ended ({@code
   * stop/3}). Its own supervisor sees it end with this reason, and restarts it if that asks for it.
   *
   * @return the reason it ended with
   * @throws dev.tend.otp.process.CallFailed if there is no such process, it is the calling one (as
   *     where a child is started), or the time runs out; it may then still end
   * @throws IllegalArgumentException if the timeout is below zero; nothing was asked then
   */
  public static ExitReason stop(
      ServerRef<Supervisor> supervisor, ExitReason reason, Duration timeout) {
    return Processes.stopOrThrow(supervisor, reason, timeout);
  }

  // ---- children ----

  /**
   * Adds a child behind the others and starts it. A failed start forgets the specification; one
   * that answers ignore keeps it, unless temporary.
   *
   * @return {@code Started}, {@code Ignored}, {@code AlreadyStarted} (the id, or its name, is that
   *     of a living process), {@code AlreadyPresent} (the id is stopped or restarting), {@code
   *     StartFailed} or {@code BadChildSpec}
   */
  public static ChildResult startChild(ServerRef<Supervisor> supervisor, ChildSpec spec) {
    return supervisor.call(new StartChild(requireNonNull(spec, "spec")), FOR_EVER);
  }

  /**
   * Stops a child and cancels its restart; the specification stays, unless temporary.
   *
   * @return {@code Done}, also if it was stopped already, or {@code NotFound}
   */
  public static ChildResult terminateChild(ServerRef<Supervisor> supervisor, Object id) {
    return supervisor.call(new TerminateChild(requireNonNull(id, "id")), FOR_EVER);
  }

  /**
   * Starts a stopped child again; if that fails it stays stopped.
   *
   * @return {@code Started}, {@code Ignored}, {@code AlreadyStarted} (its name is taken), {@code
   *     StartFailed}, {@code Running}, {@code Restarting} or {@code NotFound}
   */
  public static ChildResult restartChild(ServerRef<Supervisor> supervisor, Object id) {
    return supervisor.call(new RestartChild(requireNonNull(id, "id")), FOR_EVER);
  }

  /**
   * Forgets a stopped child.
   *
   * @return {@code Done}, {@code Running}, {@code Restarting} or {@code NotFound}
   */
  public static ChildResult deleteChild(ServerRef<Supervisor> supervisor, Object id) {
    return supervisor.call(new DeleteChild(requireNonNull(id, "id")), FOR_EVER);
  }

  // ---- questions ----

  /**
   * All children, the one started last first, as in OTP. A child that is shown as running may have
   * ended meanwhile. O(number of children), in the supervisor.
   */
  public static List<ChildInfo> whichChildren(ServerRef<Supervisor> supervisor) {
    return supervisor.call(new WhichChildren(), FOR_EVER);
  }

  /** One child's row of {@link #whichChildren}, empty if there is no such child. O(1). */
  public static Optional<ChildInfo> whichChild(ServerRef<Supervisor> supervisor, Object id) {
    return supervisor.call(new WhichChild(requireNonNull(id, "id")), FOR_EVER);
  }

  /** How many children there are. O(number of children), in the supervisor. */
  public static Counts countChildren(ServerRef<Supervisor> supervisor) {
    return supervisor.call(new CountChildren(), FOR_EVER);
  }

  /** A child's specification, empty if there is no such child. */
  public static Optional<ChildSpec> getChildSpec(ServerRef<Supervisor> supervisor, Object id) {
    return supervisor.call(new GetChildSpec(requireNonNull(id, "id")), FOR_EVER);
  }

  /**
   * Why a supervisor with this setting would refuse these children ({@code check_childspecs/2}):
   * the first fault, or empty if there is none.
   */
  public static Optional<BadSpec> checkChildSpecs(
      List<ChildSpec> children, AutoShutdown autoShutdown) {
    return Optional.ofNullable(
        ChildSpec.fault(
            requireNonNull(children, "children"), requireNonNull(autoShutdown, "autoShutdown")));
  }
}
