package dev.tend.otp.task;

import dev.tend.otp.process.Alias;
import dev.tend.otp.process.Behaviour;
import dev.tend.otp.process.Event;
import dev.tend.otp.process.Exit;
import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Initialised;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.Step;
import dev.tend.otp.process.Timer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * The process between a stream's consumer and its tasks. It owns the tasks, so that their messages
 * and links are its own and the consumer gets one message for each task that has ended; it keeps
 * their time while the consumer is busy; and it kills them when the consumer stops or dies.
 *
 * <p>It traps exits. What a link between consumer and task would do, it does: it sends the consumer
 * the exit signal of a task that failed, which one that traps exits takes out of its mailbox with
 * the outcome.
 */
final class StreamProcess implements Behaviour {
  private final Pid<?> consumer;
  private final Object stream;
  private final List<Pid<?>> callers;
  private final Launch launch;
  private final StreamOptions options;

  /** Each under its token and all keys of its task. */
  private final Map<Object, Running> running = new HashMap<>();

  StreamProcess(
      Pid<?> consumer, Object stream, List<Pid<?>> callers, Launch launch, StreamOptions options) {
    this.consumer = consumer;
    this.stream = stream;
    this.callers = callers;
    this.launch = launch;
    this.options = options;
  }

  // ---- what it is told ----

  /** Run this, and tell the token when it has ended: an answer, which fits any mailbox. */
  record Run(Object token, Alias replyTo, Callable<?> work) {}

  /** Kill what runs, and end. */
  record Finish() {}

  // ---- what it tells ----

  sealed interface News {
    Object stream();
  }

  record Ended(Object stream, Object token, Outcome<?> outcome, boolean timedOut) implements News {}

  record NotStarted(Object stream, RuntimeException why) implements News {}

  // ---- life ----

  private record TimeUp(Object token) {}

  private static final class Running {
    final Task<Object> task;
    final Object token;
    final Alias replyTo;
    final Timer timer;
    @Nullable Outcome<?> result;
    boolean timedOut;

    Running(Task<Object> task, Run run, Timer timer) {
      this.task = task;
      this.token = run.token();
      this.replyTo = run.replyTo();
      this.timer = timer;
    }

    void kill() {
      task.pid().ifPresent(pid -> Processes.exit(pid, ExitReason.KILL));
    }
  }

  @Override
  public Initialised init() {
    Processes.trapExit(true);
    return new Initialised.Ready(Step.await(), null);
  }

  @Override
  public Step handle(Event event) {
    switch (event) {
      case Event.Info(Run run) -> run(run);
      case Event.Info(TimeUp(Object token)) -> timeUp(token);
      case Event.Info(Finish()) -> {
        return Step.stop(ExitReason.NORMAL);
      }
      case Event.Info(Exit exit) when exit.from() == consumer -> {
        return Step.stop(ExitReason.SHUTDOWN);
      }
      case Event.Stop(ExitReason reason) -> {
        return Step.stop(reason);
      }
      case Event.Info(Object message) -> told(message);
      default -> {}
    }
    return Step.await();
  }

  private void run(Run run) {
    Object token = run.token();
    Task<Object> task;
    try {
      task = Task.launched(launch, callers, run.work());
    } catch (RuntimeException e) {
      Processes.send(run.replyTo(), new NotStarted(stream, e));
      return;
    }
    // Only now: its supervisor may have been busy.
    Timer timer = Processes.sendAfter(options.timeout(), Processes.self(), new TimeUp(token));
    Running begun = new Running(task, run, timer);
    running.put(token, begun);
    task.keys().forEach(key -> running.put(key, begun));
  }

  private void timeUp(Object token) {
    Running task = running.get(token);
    if (task != null) {
      task.timedOut = true;
      task.kill();
    }
  }

  private void told(Object message) {
    Object key = Task.keyOf(message);
    Running task = key == null ? null : running.get(key);
    if (task != null) {
      switch (task.task.outcome(message)) {
        case Outcome.Ok<?> ok -> task.result = ok;
        case Outcome.Exit<?>(ExitReason reason) -> ended(task, reason);
        case null -> {}
      }
    }
  }

  /** Only now may another begin: a supervisor too has heard of it, and counts it no longer. */
  private void ended(Running task, ExitReason reason) {
    running.remove(task.token);
    task.task.keys().forEach(running::remove);
    task.timer.cancel();
    if (task.result != null) {
      Processes.send(task.replyTo, new Ended(stream, task.token, task.result, false));
    } else if (task.timedOut) {
      Outcome<?> timeout = new Outcome.Exit<>(Outcome.TIMEOUT);
      Processes.send(task.replyTo, new Ended(stream, task.token, timeout, true));
    } else {
      if (launch.linked() && !(reason instanceof ExitReason.Normal)) {
        // A link brings kill as any other reason; sent, it could not be trapped.
        Processes.exit(consumer, reason instanceof ExitReason.Kill ? ExitReason.KILLED : reason);
      }
      Processes.send(
          task.replyTo, new Ended(stream, task.token, new Outcome.Exit<>(reason), false));
    }
  }

  @Override
  public void terminate(ExitReason reason) {
    Set<Running> rest = new HashSet<>(running.values());
    rest.forEach(Running::kill);
    for (Running task : rest) {
      Processes.receive(
          message -> task.task.outcome(message) instanceof Outcome.Exit<?> exit ? exit : null);
    }
  }

  @Override
  public String kind() {
    return "Task.asyncStream";
  }
}
