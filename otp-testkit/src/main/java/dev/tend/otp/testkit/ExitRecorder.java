package dev.tend.otp.testkit;

import static dev.tend.otp.testkit.Eventually.eventually;

import dev.tend.otp.process.Down;
import dev.tend.otp.process.Exit;
import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/**
 * A process that traps exits and writes down each {@link Exit} and {@link Down} that it gets, in
 * the order in which they come. Close it at the end of the test.
 */
public final class ExitRecorder implements AutoCloseable {
  private final List<Object> seen = new CopyOnWriteArrayList<>();
  private final Pid<?> pid = Processes.spawn(this::record);

  /** Returns when it traps exits. */
  public ExitRecorder() {
    within(() -> {});
  }

  private record Task(Runnable task, CountDownLatch done) {}

  private void record() {
    Processes.trapExit(true);
    while (true) {
      switch (Processes.receive()) {
        case Task(Runnable task, CountDownLatch done) -> {
          task.run();
          done.countDown();
        }
        case Object message -> seen.add(message);
      }
    }
  }

  /** The recording process. */
  public Pid<?> pid() {
    return pid;
  }

  /** Links it to this process. */
  public ExitRecorder link(Pid<?> other) {
    return within(() -> Processes.link(other));
  }

  /** Lets it watch this process. */
  public ExitRecorder monitor(Pid<?> other) {
    return within(() -> Processes.monitor(other));
  }

  /** Runs something in the recording process, and returns when it is done. */
  public ExitRecorder within(Runnable task) {
    CountDownLatch done = new CountDownLatch(1);
    Processes.send(pid, new Task(task, done));
    eventually(() -> {
      if (done.getCount() > 0) {
        throw new AssertionError("the recorder has not run it, and is " + pid.exitReason());
      }
    });
    return this;
  }

  /** All that has come so far. */
  public List<Object> seen() {
    return List.copyOf(seen);
  }

  /** The reasons in what has come so far, of {@code EXIT} and {@code DOWN} alike. */
  public List<ExitReason> reasons() {
    return seen.stream().map(ExitRecorder::reasonOf).toList();
  }

  /** Waits until so many have come. */
  public List<Object> await(int count) {
    eventually(() -> {
      if (seen.size() < count) {
        throw new AssertionError("waiting for " + count + " exits, seen " + seen);
      }
    });
    return seen();
  }

  private static ExitReason reasonOf(Object message) {
    return switch (message) {
      case Exit exit -> exit.reason();
      case Down down -> down.reason();
      default -> new ExitReason.Term(message);
    };
  }

  @Override
  public void close() {
    Processes.exit(pid, ExitReason.KILL);
    Processes.awaitExit(pid, Duration.ofSeconds(10));
  }
}
