package dev.tend.otp.task;

import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.TimeSource;
import dev.tend.otp.supervisor.Shutdown;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Several tasks that one owner waits for at once. The cost of a message is that of one task. */
final class Many<R> {
  private final List<Task<? extends R>> tasks;
  private final Set<Task<? extends R>> pending;
  private final Map<Object, Task<? extends R>> byKey = new HashMap<>();
  private final Map<Task<? extends R>, Outcome<R>> outcomes = new HashMap<>();

  Many(List<? extends Task<? extends R>> tasks) {
    this.tasks = List.copyOf(tasks);
    this.pending = new LinkedHashSet<>(tasks);
    for (Task<? extends R> task : pending) {
      task.requireOwner();
      task.keys().forEach(key -> byKey.put(key, task));
    }
  }

  List<R> results(Duration timeout) {
    TimeSource time = Processes.time();
    long end = time.momentAfter(timeout);
    while (!pending.isEmpty()) {
      Task<? extends R> task = takeOne(time, end);
      if (task == null) {
        throw failed(pending.iterator().next(), new TaskFailed.Timeout(timeout));
      }
      if (outcomes.get(task) instanceof Outcome.Exit<R>(ExitReason reason)) {
        throw failed(task, new TaskFailed.Exit(reason));
      }
    }
    List<R> results = new ArrayList<>();
    for (Task<? extends R> task : tasks) {
      if (outcomes.get(task) instanceof Outcome.Ok<R>(R value)) {
        results.add(value);
      }
    }
    return results;
  }

  private TaskFailed failed(Task<?> task, TaskFailed.Why why) {
    pending.forEach(Task::leave);
    return new TaskFailed(task, why);
  }

  List<Optional<Outcome<R>>> outcomes(YieldOptions options) {
    TimeSource time = Processes.time();
    long end = time.momentAfter(options.timeout());
    while (!pending.isEmpty() && outcomes.size() < options.limit()) {
      if (takeOne(time, end) == null) {
        pending.forEach(task -> timeUp(task, options.onTimeout()));
        break;
      }
    }
    return tasks.stream().map(task -> Optional.ofNullable(outcomes.get(task))).toList();
  }

  private void timeUp(Task<? extends R> task, YieldOptions.OnTimeout onTimeout) {
    Optional<? extends Outcome<? extends R>> last =
        switch (onTimeout) {
          case NOTHING -> Optional.empty();
          case IGNORE -> task.ignore();
          case KILL_TASK -> task.shutdown(new Shutdown.BrutalKill());
        };
    last.ifPresent(outcome -> outcomes.put(task, widened(outcome)));
  }

  /**
   * Takes the next outcome of any of them.
   *
   * @return whose it is; null if none came in time
   */
  private @Nullable Task<? extends R> takeOne(TimeSource time, long end) {
    Duration left = Duration.ofNanos(Math.max(0, end - time.nanoTime()));
    Object news =
        Processes.receive(left, message -> taskOf(message) == null ? null : message).orElse(null);
    Task<? extends R> task = news == null ? null : taskOf(news);
    if (news != null && task != null) {
      task.check(news).ifPresent(outcome -> outcomes.put(task, widened(outcome)));
      pending.remove(task);
      task.keys().forEach(byKey::remove);
    }
    return task;
  }

  private @Nullable Task<? extends R> taskOf(Object message) {
    Object key = Task.keyOf(message);
    return key == null ? null : byKey.get(key);
  }

  @SuppressWarnings("unchecked") // an outcome is only read
  private static <R> Outcome<R> widened(Outcome<? extends R> outcome) {
    return (Outcome<R>) outcome;
  }
}
