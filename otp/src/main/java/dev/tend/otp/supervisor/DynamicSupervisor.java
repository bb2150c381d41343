package dev.tend.otp.supervisor;

import static dev.tend.otp.process.TimeSource.FOR_EVER;
import static java.util.Objects.requireNonNull;

import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.ServerName;
import dev.tend.otp.process.ServerRef;
import dev.tend.otp.process.StartOptions;
import dev.tend.otp.process.StartResult;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A supervisor whose children are started on demand and know nothing of each other: Elixir's {@code
 * DynamicSupervisor}. Children are known by pid, ids need not be unique; all of them stop at once,
 * not in order. Starting, ending and stopping one child costs the same however many there are.
 *
 * <p>Calls wait as long as it takes, throw {@link dev.tend.otp.process.CallFailed} if the
 * supervisor is dead, and {@link NullPointerException} for null.
 *
 * @see SimpleOneForOne where all children are of one make
 */
public sealed class DynamicSupervisor permits DynamicSupervisor.With, SimpleOneForOne {
  DynamicSupervisor() {}

  /**
   * A dynamic supervisor that gives each child's start one argument of its own ({@code
   * extra_arguments}): what every child needs and those who start children need not know.
   *
   * {@snippet lang=java :
   * import module dev.tend.otp;
   *
   * record Session(String user) {}
   *
   * void main() {
   *   Pid<?> program =
   *       Processes.spawn(() -> {
   *         Pid<DynamicSupervisor.With<Session>> feeds =
   *             DynamicSupervisor.With.startLink(
   *                     new Session("Ann"), Limits.defaults(), StartOptions.defaults())
   *                 .orThrow();
   *         IO.println(
   *             DynamicSupervisor.With.startChild(
   *                 feeds,
   *                 ChildTemplate.worker("feed", (Session session) -> Agent.startLink(session::user, StartOptions.defaults())))
   *             instanceof ChildResult.Started);
   *       });
   *   Processes.awaitExit(program, Duration.ofSeconds(5));
   * }
   * }
   *
   * {@snippet lang=text :
   * true
   * }
   *
   * @param <E> the argument
   */
  @SuppressWarnings("UnusedTypeParameter") // tells references to such supervisors apart
  public static final class With<E> extends DynamicSupervisor {
    private With() {}

    /** Starts it without children, as the calling process's child. */
    public static <E> StartResult<With<E>> startLink(
        E argument, Limits limits, StartOptions options) {
      requireNonNull(argument, "argument");
      Function<ChildTemplate<? super E>, ChildSpec> make = template -> template.with(argument);
      return Processes.startLink(
          new DynamicLoop<>(
              DynamicLoop.Kind.DYNAMIC_SUPERVISOR, limits, make, limits.fault(), options.name()),
          options);
    }

    /**
     * {@link DynamicSupervisor#startChild}, with the supervisor's argument, and so each restart.
     */
    public static <E> ChildResult startChild(
        ServerRef<With<E>> supervisor, ChildTemplate<? super E> template) {
      return start(supervisor, requireNonNull(template, "template"));
    }
  }

  // ---- start and stop ----

  /**
   * Starts it without children, as the calling process's child. With faulty limits the start fails
   * with a {@link BadSpec}.
   */
  public static StartResult<DynamicSupervisor> startLink(Limits limits, StartOptions options) {
    return Processes.startLink(
        new DynamicLoop<>(
            DynamicLoop.Kind.DYNAMIC_SUPERVISOR,
            limits,
            Function.<ChildSpec>identity(),
            limits.fault(),
            options.name()),
        options);
  }

  /**
   * It as a child of a supervisor; its name is its id, or this class where it has none ({@code
   * child_spec/1}).
   */
  public static ChildSpec childSpec(Limits limits, StartOptions options) {
    ServerName<?> name = options.name();
    return ChildSpec.supervisor(
        name == null ? DynamicSupervisor.class : name, () -> startLink(limits, options));
  }

  /** Stops it with reason {@code normal} and waits until it has ended ({@code stop/1}). */
  public static <T extends DynamicSupervisor> void stop(ServerRef<T> supervisor) {
    stop(supervisor, ExitReason.NORMAL, FOR_EVER);
  }

  /**
   * {@link Supervisor#stop(ServerRef, ExitReason, Duration)}. Children are told to stop at the same
   * moment; each has the time that its specification gives it.
   */
  public static <T extends DynamicSupervisor> ExitReason stop(
      ServerRef<T> supervisor, ExitReason reason, Duration timeout) {
    return Processes.stopOrThrow(supervisor, reason, timeout);
  }

  // ---- children ----

  /**
   * Starts a child and waits for its {@code init}; one that fails or answers ignore leaves nothing.
   *
   * @return {@code Started}, {@code Ignored}, {@code AlreadyStarted} (its name is taken), {@code
   *     StartFailed}, {@code MaxChildren} or {@code BadChildSpec}
   */
  public static ChildResult startChild(ServerRef<DynamicSupervisor> supervisor, ChildSpec spec) {
    return start(supervisor, requireNonNull(spec, "spec"));
  }

  static <T extends DynamicSupervisor> ChildResult start(ServerRef<T> supervisor, Object of) {
    return supervisor.call(new DynamicRequest.StartChild<>(of), FOR_EVER);
  }

  /**
   * Stops a child as its specification says, and forgets it. A child whose restart is pending is
   * known by the pid it had last.
   *
   * @return {@code Done} or {@code NotFound}
   */
  public static <T extends DynamicSupervisor> ChildResult terminateChild(
      ServerRef<T> supervisor, Pid<?> pid) {
    return supervisor.call(
        new DynamicRequest.TerminateChild<>(requireNonNull(pid, "pid")), FOR_EVER);
  }

  // ---- questions ----

  /** All children, in no particular order. O(number of children), in the supervisor. */
  public static <T extends DynamicSupervisor> List<ChildInfo> whichChildren(
      ServerRef<T> supervisor) {
    return supervisor.call(new DynamicRequest.WhichChildren<>(), FOR_EVER);
  }

  /** One child's row of {@link #whichChildren}, empty if it is no child of this one. O(1). */
  public static <T extends DynamicSupervisor> Optional<ChildInfo> whichChild(
      ServerRef<T> supervisor, Pid<?> pid) {
    return supervisor.call(new DynamicRequest.WhichChild<>(requireNonNull(pid, "pid")), FOR_EVER);
  }

  /** How many children there are. O(number of children), in the supervisor. */
  public static <T extends DynamicSupervisor> Counts countChildren(ServerRef<T> supervisor) {
    return supervisor.call(new DynamicRequest.CountChildren<>(), FOR_EVER);
  }

  /**
   * A child's specification, empty if it is no child of this one. That of a temporary child cannot
   * start it again.
   */
  public static <T extends DynamicSupervisor> Optional<ChildSpec> getChildSpec(
      ServerRef<T> supervisor, Pid<?> pid) {
    return supervisor.call(new DynamicRequest.GetChildSpec<>(requireNonNull(pid, "pid")), FOR_EVER);
  }
}
