package dev.tend.otp.task;

import static java.time.Duration.ZERO;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tend.otp.process.Alias;
import dev.tend.otp.process.Down;
import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Monitored;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.ProcessInfo;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.StartOptions;
import dev.tend.otp.task.TaskProcess.Reply;
import dev.tend.otp.testkit.ManualTime;
import dev.tend.otp.testkit.TestProcess;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.function.Executable;

/** Tasks in the states that the tests need, and what to see of them. */
final class Tasks {
  static final ExitReason BOOM = new ExitReason.Term("boom");
  static final String GO = "go";

  private Tasks() {}

  /** Runs in a task: says "ready" to a process, waits for GO, and returns the value. */
  static <R> R waitAndReturn(Pid<?> to, R value) {
    Processes.send(to, "ready");
    awaitMessage(GO);
    return value;
  }

  /** Runs in a task: never returns. */
  @SuppressWarnings("TypeParameterUnusedInFormals") // never returns
  static <R> R hang() {
    return Processes.receive(message -> null);
  }

  static void awaitMessage(Object message) {
    assertThat(Processes.receive(ofSeconds(30), m -> m.equals(message) ? m : null)).isPresent();
  }

  static void assertMailboxEmpty() {
    assertThat(Processes.receive(ZERO, message -> message)).isEmpty();
  }

  static ProcessInfo info(Pid<?> pid) {
    return Processes.snapshot().processes().stream()
        .filter(info -> info.pid().equals(pid))
        .findFirst()
        .orElseThrow();
  }

  /** How many links the calling process has. */
  static int links() {
    return info(Processes.self()).links();
  }

  static Pid<?> pid(Task<?> task) {
    return task.pid().orElseThrow();
  }

  static void awaitEnd(Task<?> task) {
    assertThat(Processes.awaitExit(pid(task), ofSeconds(30))).isPresent();
  }

  /** A task without a process, of which nothing is known. */
  static Task<String> silent() {
    return new Task<>(Processes.self(), Processes.alias(Alias.Mode.REPLY), null);
  }

  /**
   * A task whose process has ended: its result, if it had one, and its DOWN are in the mailbox of
   * the calling process, in this order.
   */
  static Task<String> ended(@Nullable String result, ExitReason reason) {
    Alias alias = Processes.alias(Alias.Mode.REPLY);
    Monitored<?> process =
        Processes.spawnMonitor(() -> {
          if (result != null) {
            Processes.send(alias, new Reply(alias, result));
          }
          throw Processes.exit(reason);
        });
    assertThat(Processes.awaitExit(process.pid(), ofSeconds(30))).isPresent();
    return new Task<>(Processes.self(), alias, process.monitor());
  }

  /** A task whose process has ended, and whose outcome has been taken. */
  static Task<String> handled(ExitReason reason) {
    Task<String> task = ended(null, reason);
    Processes.receive(message -> message instanceof Down ? message : null);
    return task;
  }

  /** A task that another process owns; it and its owner have ended. */
  static Task<String> foreign() {
    return TestProcess.call(() -> {
      Task<String> task = Task.async(() -> "done");
      task.await();
      return task;
    });
  }

  /**
   * Runs the code in a process with a clock of its own.
   *
   * @param step how far the clock is moved, whenever this holds
   */
  static void runWithClock(Duration step, Predicate<ManualTime> reached, Executable code) {
    ManualTime time = new ManualTime();
    AtomicBoolean over = new AtomicBoolean();
    Thread.startVirtualThread(() -> {
      while (!over.get()) {
        if (reached.test(time)) {
          time.advance(step);
        }
        LockSupport.parkNanos(100_000);
      }
    });
    try {
      TestProcess.run(StartOptions.defaults().withTime(time), code);
    } finally {
      over.set(true);
    }
  }
}
