package dev.tend.otp.task;

import static java.util.Objects.requireNonNull;

import dev.tend.otp.process.Alias;
import dev.tend.otp.process.Down;
import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.MonitorRef;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.StartResult;
import java.util.List;
import java.util.concurrent.Callable;

/** What runs in the processes of tasks. */
final class TaskProcess {
  private TaskProcess() {}

  /** The work, sent when the owner watches the task: whatever becomes of it the owner learns. */
  record Go(List<Pid<?>> callers, Alias replyTo, Callable<?> work) {}

  /** The result, on its way to the owner. */
  record Reply(Alias to, Object value) {}

  /** A task as a supervisor starts its children. */
  static StartResult<?> startLink(Runnable body) {
    return new StartResult.Ok<>(Processes.spawnLink(body), null);
  }

  /** A task whose result nobody waits for. */
  static Runnable alone(List<Pid<?>> callers, Runnable work) {
    requireNonNull(work, "work");
    return () -> {
      Processes.setLabel("Task");
      Callers.doing(
          callers,
          () -> {
            work.run();
            return true;
          });
    };
  }

  /** A task that is linked to its owner and ends with it, before it has begun too. */
  static Runnable linkedTo(Pid<?> owner) {
    return () -> {
      label(owner);
      run(Processes.receive(message -> message instanceof Go go ? go : null));
    };
  }

  /** A task that someone else has started for its owner: if that dies first, it does not begin. */
  static Runnable of(Pid<?> owner) {
    return () -> {
      label(owner);
      MonitorRef watch = Processes.monitor(owner);
      Object news =
          Processes.receive(message ->
              message instanceof Go || (message instanceof Down down && down.ref() == watch)
                  ? message
                  : null);
      if (!(news instanceof Go go)) {
        throw Processes.exit(new ExitReason.Shutdown(((Down) news).reason()));
      }
      Processes.demonitor(watch);
      run(go);
    };
  }

  private static void label(Pid<?> owner) {
    Processes.setLabel("Task of " + owner);
  }

  private static void run(Go go) {
    Object value = Callers.doing(go.callers(), go.work());
    Processes.send(go.replyTo(), new Reply(go.replyTo(), value));
  }
}
