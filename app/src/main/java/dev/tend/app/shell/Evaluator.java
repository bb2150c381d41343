package dev.tend.app.shell;

import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.StartOptions;
import java.util.concurrent.CompletableFuture;

/**
 * The shell's own process: all that is typed runs in it, on its one platform thread. It traps
 * exits, so that the death of what is linked to it is a message and not its own; if it dies all the
 * same, the next line runs in a new one.
 */
final class Evaluator {
  private record Job(Runnable work, CompletableFuture<Boolean> done) {}

  /** The process, and what completes when it has died. */
  private record Life(Pid<?> pid, CompletableFuture<Boolean> ended) {}

  private volatile Life life = begin();

  private static Life begin() {
    CompletableFuture<Boolean> ended = new CompletableFuture<>();
    Pid<?> pid =
        Processes.spawn(
            StartOptions.defaults().onPlatformThread(),
            () -> {
              Processes.trapExit(true);
              Processes.own(() -> ended.complete(false));
              while (true) {
                Job job = Processes.receive(m -> m instanceof Job it ? it : null);
                job.work().run();
                job.done().complete(true);
              }
            });
    return new Life(pid, ended);
  }

  Pid<?> pid() {
    return life.pid();
  }

  /**
   * Runs a piece of work in the process and waits for its end, or the process's.
   *
   * @return whether the process lives; if not, another has taken its place
   */
  boolean run(Runnable work) {
    if (!life.pid().isAlive()) {
      life = begin();
    }
    Job job = new Job(work, new CompletableFuture<>());
    Processes.send(life.pid(), job);
    CompletableFuture.anyOf(job.done(), life.ended()).join();
    if (life.pid().isAlive()) {
      return true;
    }
    life = begin();
    return false;
  }

  /** Ends what is running, by ending the process. */
  void interrupt() {
    Processes.exit(life.pid(), ExitReason.KILL);
  }
}
