package dev.tend.otp.registry;

import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Parallel dispatch: a process each, tied to the one that dispatches. */
final class Dispatch {
  private Dispatch() {}

  static <E> void inParallel(List<List<E>> parts, Consumer<? super List<E>> dispatcher) {
    Optional<Pid<?>> caller = Processes.current();
    List<Pid<?>> tasks =
        parts.stream()
            .<Pid<?>>map(part -> Processes.spawn(() -> run(caller, part, dispatcher)))
            .toList();
    List<ExitReason> failures =
        tasks.stream()
            .map(task -> Processes.awaitExit(task))
            .filter(reason -> !(reason instanceof ExitReason.Normal))
            .toList();
    if (!failures.isEmpty()) {
      throw thrown(failures.getFirst());
    }
  }

  /** Its failure is told by the one who waits, so the link is for the caller's death only. */
  private static <E> void run(
      Optional<Pid<?>> caller, List<E> part, Consumer<? super List<E>> dispatcher) {
    caller.ifPresent(Processes::link);
    try {
      dispatcher.accept(part);
    } finally {
      caller.ifPresent(Processes::unlink);
    }
  }

  private static RuntimeException thrown(ExitReason failure) {
    if (failure instanceof ExitReason.Crash(Throwable thrown)) {
      if (thrown instanceof Error error) {
        throw error;
      }
      if (thrown instanceof RuntimeException exception) {
        return exception;
      }
    }
    return new IllegalStateException("dispatching ended: " + failure);
  }
}
