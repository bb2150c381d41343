package dev.tend.otp.task;

import static java.util.Objects.requireNonNull;

import dev.tend.otp.process.Alias;
import dev.tend.otp.process.Down;
import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.MonitorRef;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.supervisor.ChildSpec;
import dev.tend.otp.supervisor.Restart;
import dev.tend.otp.supervisor.Shutdown;
import dev.tend.otp.task.TaskProcess.Go;
import dev.tend.otp.task.TaskProcess.Reply;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A computation in a process of its own, and the handle by which its owner, the process that asked
 * for it, gets the result: Elixir's {@code Task}.
 *
 * <p>The result, or the news of the task's death, comes as one message to its owner. {@link
 * #await}, {@link #yield}, {@link #shutdown} and {@link #ignore} take it out of the mailbox; a
 * server lets it come to {@code handleInfo} and asks {@link #check}. Whoever has taken it has had
 * it: a second {@code await} waits for its time in vain. Timeouts go by the owner's time source.
 * All but {@link #pid} and {@link #owner} throw {@link IllegalStateException} in another process
 * than the owner.
 *
 * @param <R> the result: an immutable value
 */
public final class Task<R> {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Pid<?> owner;
  private final Alias alias;
  private final @Nullable MonitorRef monitor;

  Task(Pid<?> owner, Alias alias, @Nullable MonitorRef monitor) {
    this.owner = owner;
    this.alias = alias;
    this.monitor = monitor;
  }

  // ---- start ----

  /**
   * Starts a task that the calling process owns, is linked to, and has to await ({@code
   * Task.async/1}). If either fails, so does the other: a task is a part of its owner that is done
   * elsewhere. See {@link TaskSupervisor#asyncNolink} for one that may fail.
   */
  public static <R> Task<R> async(Callable<? extends R> work) {
    return launched(new Launch.Plain(), Callers.here(), work);
  }

  /** Starts a task's process; it begins when the calling process, its owner, watches it. */
  static <R> Task<R> launched(Launch launch, List<Pid<?>> callers, Callable<? extends R> work) {
    requireNonNull(work, "work");
    Pid<?> pid = launch.start();
    Alias alias = Processes.alias(Alias.Mode.REPLY);
    MonitorRef monitor = Processes.monitor(pid);
    Processes.send(pid, new Go(callers, alias, work));
    return new Task<>(Processes.self(), alias, monitor);
  }

  /**
   * A task that has ended with this result, without a process ({@code Task.completed/1}): for a
   * mixture of what is known and what has to be computed.
   */
  public static <R> Task<R> completed(R result) {
    Alias alias = Processes.alias(Alias.Mode.REPLY);
    Processes.send(alias, new Reply(alias, result));
    return new Task<>(Processes.self(), alias, null);
  }

  /**
   * Starts a task that nobody waits for nor hears of ({@code Task.start/1}). {@link
   * TaskSupervisor#startChild} is better: it is seen, counted, and stopped with the program.
   */
  public static Pid<?> start(Runnable work) {
    return Processes.spawn(TaskProcess.alone(Callers.here(), work));
  }

  /** {@link #start} with a link to the calling process ({@code Task.start_link/1}). */
  public static Pid<?> startLink(Runnable work) {
    return Processes.spawnLink(TaskProcess.alone(Callers.here(), work));
  }

  /**
   * A task as a child in a supervision tree ({@code Task.child_spec/1}): temporary, unless changed;
   * it does not hold up the start of the children after it.
   */
  public static ChildSpec childSpec(Object id, Runnable work) {
    requireNonNull(work, "work");
    return ChildSpec.worker(
            id, () -> TaskProcess.startLink(TaskProcess.alone(Callers.here(), work)))
        .withRestart(Restart.TEMPORARY);
  }

  /** {@link #asyncStream(Stream, TaskFunction, StreamOptions)} with the default options. */
  public static <T, R> Stream<Zipped<T, R>> asyncStream(
      Stream<? extends T> inputs, TaskFunction<? super T, ? extends R> function) {
    return asyncStream(inputs, function, StreamOptions.defaults());
  }

  /**
   * The function's results for all inputs, each computed by a task of its own, at most {@code
   * maxConcurrency} at a time ({@code Task.async_stream/3}).
   *
   * <p>Nothing runs before the stream is consumed; inputs are taken one by one as tasks can begin,
   * and while the consumer is busy with a result no further task is begun. Inputs are taken by the
   * consumer: one that has to be waited for holds up the results behind it, as Elixir's does. The
   * process that consumes it owns the tasks, whoever made it, and is linked to them: a task that
   * fails is the consumer's failure too, unless that traps exits; then its element is an {@link
   * Outcome.Exit}. The order is that of the inputs, for which results that come early are kept, or
   * that in which the tasks end.
   *
   * <p>However the consumption ends (all was taken, an operation such as {@code limit} stopped it,
   * something threw, the consumer died), the tasks that still run are killed, no message is left,
   * and the inputs are closed. Only who takes its {@code iterator()} or {@code spliterator()}, as
   * {@link Stream#concat} does, and stops in the middle has to close the stream: use
   * try-with-resources. The stream is sequential; a thread that is no process, and a parallel
   * stream's is none, gets an {@link IllegalStateException}.
   *
   * @throws TaskFailed while it is consumed, if a task's time is up and {@link
   *     StreamOptions#onTimeout} says exit
   */
  public static <T, R> Stream<Zipped<T, R>> asyncStream(
      Stream<? extends T> inputs,
      TaskFunction<? super T, ? extends R> function,
      StreamOptions options) {
    return AsyncStream.of(inputs, function, options, new Launch.Plain());
  }

  // ---- about it ----

  /** The task's process; none if it was {@link #completed}. */
  public Optional<Pid<?>> pid() {
    return Optional.ofNullable(monitor).map(MonitorRef::target);
  }

  /** The process that may ask for the result. */
  public Pid<?> owner() {
    return owner;
  }

  /**
   * For whom the calling task works: the process that asked for it, the one that asked that one if
   * it is itself a task, and so on ({@code $callers}). Who started it may be someone else, such as
   * a supervisor: see {@link Processes#ancestors}. Empty in what is no task.
   */
  public static List<Pid<?>> callers() {
    return Callers.chain();
  }

  // ---- the result ----

  /** {@link #await(Duration)} for five seconds. */
  public R await() {
    return await(PATIENCE);
  }

  /**
   * Waits for the result ({@code Task.await/2}). When the time is up the task is left alone: it
   * goes on, unless the exception ends its owner and with that the task, and its result is never
   * seen.
   *
   * @throws TaskFailed if the task ended without a result, or the time ran out
   */
  public R await(Duration timeout) {
    requireOwner();
    Outcome<R> outcome = Processes.receive(timeout, this::outcome).orElse(null);
    if (outcome == null) {
      leave();
      throw new TaskFailed(this, new TaskFailed.Timeout(timeout));
    }
    taken(outcome);
    return switch (outcome) {
      case Outcome.Ok<R>(R value) -> value;
      case Outcome.Exit<R>(ExitReason reason) ->
          throw new TaskFailed(this, new TaskFailed.Exit(reason));
    };
  }

  /**
   * Waits for all results, and gives them in the order of the tasks ({@code Task.await_many/2}).
   *
   * @param timeout for all together
   * @throws TaskFailed as soon as one task ended without a result, or if the time ran out; then all
   *     are left alone, as by {@link #await(Duration)}
   */
  public static <R> List<R> awaitMany(List<? extends Task<? extends R>> tasks, Duration timeout) {
    return new Many<R>(tasks).results(timeout);
  }

  /**
   * Waits a while, and can be called again ({@code Task.yield/2}).
   *
   * @return empty if the task still runs
   */
  @SuppressWarnings("NamedLikeContextualKeyword") // Elixir's name; a call is qualified anyway
  public Optional<Outcome<R>> yield(Duration timeout) {
    requireOwner();
    Optional<Outcome<R>> outcome = Processes.receive(timeout, this::outcome);
    outcome.ifPresent(this::taken);
    return outcome;
  }

  /** {@link #yieldMany(List, YieldOptions)} with a timeout and no more options. */
  public static <R> List<Optional<Outcome<R>>> yieldMany(
      List<? extends Task<? extends R>> tasks, Duration timeout) {
    return yieldMany(tasks, YieldOptions.defaults().withTimeout(timeout));
  }

  /**
   * Waits a while for several tasks ({@code Task.yield_many/2}).
   *
   * @return in the order of the tasks, what {@link #yield} gives for each
   */
  public static <R> List<Optional<Outcome<R>>> yieldMany(
      List<? extends Task<? extends R>> tasks, YieldOptions options) {
    return new Many<R>(tasks).outcomes(options);
  }

  /**
   * The outcome, if this message is the one that tells it: for {@code handleInfo}. The owner gets
   * no further message of the task.
   */
  public Optional<Outcome<R>> check(Object message) {
    requireOwner();
    Optional<Outcome<R>> outcome = Optional.ofNullable(outcome(message));
    outcome.ifPresent(this::taken);
    return outcome;
  }

  // ---- no longer interested ----

  /**
   * Lets the task go its own way, without a link ({@code Task.ignore/1}).
   *
   * @return its outcome, if it has ended; empty if it goes on, and nothing will be heard of it
   */
  public Optional<Outcome<R>> ignore() {
    requireOwner();
    Optional<Outcome<R>> outcome = Processes.receive(Duration.ZERO, this::outcome);
    pid().ifPresent(Processes::unlink);
    outcome.ifPresentOrElse(this::taken, this::leave);
    return outcome;
  }

  /** {@link #shutdown(Shutdown)} within five seconds. */
  public Optional<Outcome<R>> shutdown() {
    return shutdown(Shutdown.FIVE_SECONDS);
  }

  /**
   * Stops the task and waits until it has ended ({@code Task.shutdown/2}). The link is removed
   * first, and the task is stopped even if its owner is killed in between.
   *
   * @return its outcome, if it has ended of itself, with a result even if that came at the last
   *     moment; empty if it was stopped as asked. {@link ExitReason#KILLED} if it had to be killed
   *     in the end, and {@link ExitReason#NO_PROCESS} if its outcome had been taken before
   */
  public Optional<Outcome<R>> shutdown(Shutdown how) {
    requireNonNull(how, "how");
    requireOwner();
    if (monitor == null) {
      return ignore();
    }
    Optional<ExitReason> reason = Stop.stop(monitor, how);
    Outcome<R> result = Processes.receive(Duration.ZERO, this::result).orElse(null);
    leave();
    return result == null ? reason.map(Outcome.Exit::new) : Optional.of(result);
  }

  // ---- what it is made of ----

  /** Which of {@link #keys} a message is about, if it is about a task at all. */
  static @Nullable Object keyOf(Object message) {
    return switch (message) {
      case Reply reply -> reply.to();
      case Down down -> down.ref();
      default -> null;
    };
  }

  /** By what the owner knows the task's messages. */
  List<Object> keys() {
    return monitor == null ? List.of(alias) : List.of(alias, monitor);
  }

  @SuppressWarnings("unchecked")
  @Nullable Outcome<R> outcome(Object message) {
    return switch (message) {
      case Reply(Alias to, Object value) when to == alias -> new Outcome.Ok<>((R) value);
      case Down down when down.ref() == monitor -> new Outcome.Exit<>(down.reason());
      default -> null;
    };
  }

  @Nullable Outcome<R> result(Object message) {
    return outcome(message) instanceof Outcome.Ok<R> ok ? ok : null;
  }

  /** Of the messages a task sends, the death is the last; after a result it is not wanted. */
  void taken(Outcome<R> outcome) {
    if (outcome instanceof Outcome.Ok && monitor != null) {
      Processes.demonitor(monitor);
    }
  }

  /** From here on no message of the task is in the mailbox, nor ever comes. */
  void leave() {
    Processes.unalias(alias);
    if (monitor != null) {
      Processes.demonitor(monitor);
    }
    Processes.receive(Duration.ZERO, this::outcome);
  }

  void requireOwner() {
    Pid<?> self = Processes.self();
    if (self != owner) {
      throw new IllegalStateException(this + " was asked for its result by " + self);
    }
  }

  /** {@code task <0.17> of <0.5>}. */
  @Override
  public String toString() {
    return "task " + pid().map(Pid::toString).orElse("(completed)") + " of " + owner;
  }
}
