package dev.tend.otp.task;

import dev.tend.otp.process.Pid;
import dev.tend.otp.process.ServerRef;
import dev.tend.otp.supervisor.ChildInfo;
import dev.tend.otp.supervisor.ChildResult;
import dev.tend.otp.supervisor.ChildSpec;
import dev.tend.otp.supervisor.DynamicSupervisor;
import dev.tend.otp.supervisor.Restart;
import dev.tend.otp.supervisor.Shutdown;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/**
 * Tasks as children of a {@link DynamicSupervisor}: Elixir's {@code Task.Supervisor}. They are seen
 * and counted there, and stopped with it.
 *
 * <p>Any dynamic supervisor can have tasks, and starts, counts and terminates them as any children:
 * start it by {@link DynamicSupervisor#startLink}, under a name as a rule, with {@code maxChildren}
 * where there should not be too many. What it starts it starts one after the other: where that is
 * too slow, have several.
 *
 * {@snippet lang=java :
 * import module dev.tend.otp;
 *
 * static final ServerName<DynamicSupervisor> TASKS = ServerName.local("tasks");
 *
 * void main() {
 *   Supervisor.start(
 *       Flags.of(Strategy.ONE_FOR_ONE),
 *       List.of(DynamicSupervisor.childSpec(Limits.defaults(), StartOptions.named(TASKS))),
 *       StartOptions.defaults());
 *   Pid<?> owner =
 *       Processes.spawn(() -> {
 *         Task<Integer> sum = TaskSupervisor.asyncNolink(TASKS, () -> 1 + 1);
 *         IO.println(sum.await());
 *       });
 *   Processes.awaitExit(owner, Duration.ofSeconds(5));
 * }
 * }
 *
 * {@snippet lang=text :
 * 2
 * }
 */
public final class TaskSupervisor {
  private TaskSupervisor() {}

  /** {@link #async(ServerRef, Shutdown, Callable)} with five seconds to stop. */
  public static <R> Task<R> async(
      ServerRef<DynamicSupervisor> supervisor, Callable<? extends R> work) {
    return async(supervisor, Shutdown.FIVE_SECONDS, work);
  }

  /**
   * {@link Task#async}, but the supervisor starts the task and stops it ({@code async/3}). It is
   * linked to the calling process too.
   *
   * @param shutdown how the supervisor stops it; matters only to work that traps exits
   * @throws TooManyTasks if the supervisor has as many children as it may
   * @throws dev.tend.otp.process.CallFailed if there is no such supervisor
   */
  public static <R> Task<R> async(
      ServerRef<DynamicSupervisor> supervisor, Shutdown shutdown, Callable<? extends R> work) {
    return Task.launched(new Launch.Supervised(supervisor, shutdown, true), Callers.here(), work);
  }

  /** {@link #asyncNolink(ServerRef, Shutdown, Callable)} with five seconds to stop. */
  public static <R> Task<R> asyncNolink(
      ServerRef<DynamicSupervisor> supervisor, Callable<? extends R> work) {
    return asyncNolink(supervisor, Shutdown.FIVE_SECONDS, work);
  }

  /**
   * A task that may fail ({@code async_nolink/3}): the calling process is its owner, but neither
   * ends with the other.
   *
   * @param shutdown how the supervisor stops it; matters only to work that traps exits
   * @throws TooManyTasks if the supervisor has as many children as it may
   * @throws dev.tend.otp.process.CallFailed if there is no such supervisor
   */
  public static <R> Task<R> asyncNolink(
      ServerRef<DynamicSupervisor> supervisor, Shutdown shutdown, Callable<? extends R> work) {
    return Task.launched(new Launch.Supervised(supervisor, shutdown, false), Callers.here(), work);
  }

  /** A task that nobody waits for ({@code start_child/3}), with five seconds to stop. */
  public static ChildResult startChild(ServerRef<DynamicSupervisor> supervisor, Runnable work) {
    return startChild(supervisor, Restart.TEMPORARY, Shutdown.FIVE_SECONDS, work);
  }

  /**
   * A task that nobody waits for, from any thread ({@code start_child/3}).
   *
   * @param restart when the work is done once more
   * @param shutdown how the supervisor stops it; matters only to work that traps exits
   * @return as {@link DynamicSupervisor#startChild}
   */
  public static ChildResult startChild(
      ServerRef<DynamicSupervisor> supervisor, Restart restart, Shutdown shutdown, Runnable work) {
    Runnable body = TaskProcess.alone(Callers.here(), work);
    ChildSpec spec =
        ChildSpec.worker("task", () -> TaskProcess.startLink(body))
            .withRestart(restart)
            .withShutdown(shutdown);
    return DynamicSupervisor.startChild(supervisor, spec);
  }

  /** {@link #asyncStream(ServerRef, Stream, TaskFunction, StreamOptions, Shutdown)} by default. */
  public static <T, R> Stream<Zipped<T, R>> asyncStream(
      ServerRef<DynamicSupervisor> supervisor,
      Stream<? extends T> inputs,
      TaskFunction<? super T, ? extends R> function) {
    return asyncStream(
        supervisor, inputs, function, StreamOptions.defaults(), Shutdown.FIVE_SECONDS);
  }

  /**
   * {@link Task#asyncStream(Stream, TaskFunction, StreamOptions)} of tasks that the supervisor
   * starts ({@code async_stream/4}). A consumer that the supervisor refuses a task gets a {@link
   * TooManyTasks}.
   *
   * @param shutdown how the supervisor stops a task; not {@link Shutdown.Infinity}
   * @throws IllegalArgumentException if the shutdown is infinite or its time negative
   */
  public static <T, R> Stream<Zipped<T, R>> asyncStream(
      ServerRef<DynamicSupervisor> supervisor,
      Stream<? extends T> inputs,
      TaskFunction<? super T, ? extends R> function,
      StreamOptions options,
      Shutdown shutdown) {
    return stream(new Launch.Supervised(supervisor, shutdown, true), inputs, function, options);
  }

  /**
   * {@link #asyncStreamNolink(ServerRef, Stream, TaskFunction, StreamOptions, Shutdown)} by
   * default.
   */
  public static <T, R> Stream<Zipped<T, R>> asyncStreamNolink(
      ServerRef<DynamicSupervisor> supervisor,
      Stream<? extends T> inputs,
      TaskFunction<? super T, ? extends R> function) {
    return asyncStreamNolink(
        supervisor, inputs, function, StreamOptions.defaults(), Shutdown.FIVE_SECONDS);
  }

  /**
   * The same of tasks that may fail: their elements are {@link Outcome.Exit}, and the consumer goes
   * on ({@code async_stream_nolink/4}).
   *
   * @param shutdown how the supervisor stops a task; not {@link Shutdown.Infinity}
   * @throws IllegalArgumentException if the shutdown is infinite or its time negative
   */
  public static <T, R> Stream<Zipped<T, R>> asyncStreamNolink(
      ServerRef<DynamicSupervisor> supervisor,
      Stream<? extends T> inputs,
      TaskFunction<? super T, ? extends R> function,
      StreamOptions options,
      Shutdown shutdown) {
    return stream(new Launch.Supervised(supervisor, shutdown, false), inputs, function, options);
  }

  private static <T, R> Stream<Zipped<T, R>> stream(
      Launch.Supervised launch,
      Stream<? extends T> inputs,
      TaskFunction<? super T, ? extends R> function,
      StreamOptions options) {
    if (launch.shutdown() instanceof Shutdown.Infinity
        || (launch.shutdown() instanceof Shutdown.Within(Duration time) && time.isNegative())) {
      throw new IllegalArgumentException("no shutdown for a stream: " + launch.shutdown());
    }
    return AsyncStream.of(inputs, function, options, launch);
  }

  /** The pids of all tasks but those being restarted ({@code children/1}). O(number of tasks). */
  public static List<Pid<?>> children(ServerRef<DynamicSupervisor> supervisor) {
    return DynamicSupervisor.whichChildren(supervisor).stream()
        .map(ChildInfo::state)
        .filter(ChildInfo.Running.class::isInstance)
        .<Pid<?>>map(state -> ((ChildInfo.Running) state).pid())
        .toList();
  }
}
