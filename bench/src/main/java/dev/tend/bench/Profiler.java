package dev.tend.bench;

import dev.tend.bench.measure.Run;
import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/**
 * The seed's profiler: how often a function can be called, by one process or by many at once.
 *
 * <pre>{@code
 * Profiler.run(() -> TodoCache.serverProcess("Bob's list"), 100_000, 100);
 *
 * Run run = Profiler.profile(
 *     List.of(Experiment.of("nano-time", "the clock", System::nanoTime)), Plan.standard());
 * System.out.println(RunTable.of(run));
 * }</pre>
 */
public final class Profiler {
  private Profiler() {}

  /** What is measured. */
  @FunctionalInterface
  public interface Function {
    void run() throws Exception;
  }

  /** What was measured: {@code operations} calls in each of {@code concurrency} processes. */
  public record Result(int operations, int concurrency, Duration time) {

    /** Calls a second, of all processes together. */
    public long rate() {
      return Math.round(1e9 * operations * concurrency / time.toNanos());
    }
  }

  private enum Message {
    COMPUTED
  }

  /** {@link #run(Function, int, int)} with one client. */
  public static Result run(Function function, int operations) {
    return run(function, operations, 1);
  }

  /**
   * Measures a function and prints {@code N reqs/sec}.
   *
   * @param operations how often each client calls the function
   * @param concurrency how many clients, each a process, do so at once
   * @throws IllegalStateException if the function threw
   */
  public static Result run(Function function, int operations, int concurrency) {
    Result result = measure(function, operations, concurrency);
    System.out.println(result.rate() + " reqs/sec");
    return result;
  }

  /**
   * Measures experiments, each at every level of the plan, in rounds in which all take turns.
   *
   * @throws IllegalStateException if one of them threw
   */
  public static Run profile(List<? extends Experiment> experiments, Plan plan) {
    return profile(experiments, plan, step -> {});
  }

  /**
   * {@link #profile(List, Plan)}, watched.
   *
   * @param begun is told what is measured next, as often as {@link #steps} says
   */
  public static Run profile(
      List<? extends Experiment> experiments, Plan plan, Consumer<String> begun) {
    return new Rounds(List.copyOf(experiments), plan, begun).run();
  }

  /** How many turns there will be, those of the warm-up included. */
  public static int steps(List<? extends Experiment> experiments, Plan plan) {
    return experiments.size() * plan.levels().size() * (plan.rounds() + 1);
  }

  /** {@link #run(Function, int, int)} without a word. */
  static Result measure(Function function, int operations, int concurrency) {
    return measure(operations, concurrency, client -> () -> repeat(function, operations));
  }

  /**
   * @param work what each client does, which is to call a function so many times
   */
  static Result measure(int operations, int concurrency, IntFunction<Runnable> work) {
    CompletableFuture<Result> result = new CompletableFuture<>();
    Pid<?> master =
        Processes.spawn(() -> {
          Duration time = executionTime(concurrency, work);
          result.complete(new Result(operations, concurrency, time));
        });
    ExitReason end = Processes.awaitExit(master);
    if (!result.isDone()) {
      throw new IllegalStateException("the function could not be measured: " + end);
    }
    return result.join();
  }

  /** The clients are linked to the master: if the function throws, the measurement ends. */
  private static Duration executionTime(int concurrency, IntFunction<Runnable> work) {
    Pid<?> master = Processes.self();
    long start = System.nanoTime();
    for (int client = 0; client < concurrency; client++) {
      Runnable mine = work.apply(client);
      Processes.spawnLink(() -> {
        mine.run();
        Processes.send(master, Message.COMPUTED);
      });
    }
    for (int client = 0; client < concurrency; client++) {
      Processes.receive(message -> message == Message.COMPUTED ? message : null);
    }
    return Duration.ofNanos(System.nanoTime() - start);
  }

  private static void repeat(Function function, int operations) {
    try {
      for (int i = 0; i < operations; i++) {
        function.run();
      }
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
