package dev.tend.bench.loops;

import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/** Runs what JMH measures in processes: a write of a process costs more than one of a thread. */
public final class ProcessThreads extends AbstractExecutorService {

  /** The options of a JVM that measures in them. */
  static final String CUSTOM = "-Djmh.executor=CUSTOM";

  static final String CLASS = "-Djmh.executor.class=dev.tend.bench.loops.ProcessThreads";

  private final Queue<Pid<?>> processes = new ConcurrentLinkedQueue<>();
  private volatile boolean isOver;

  /** As JMH calls it, which needs no bound and has no use for a name. */
  public ProcessThreads(int threads, String prefix) {}

  @Override
  public void execute(Runnable work) {
    processes.removeIf(process -> !process.isAlive());
    processes.add(Processes.spawn(work::run));
  }

  @Override
  public void shutdown() {
    isOver = true;
  }

  @Override
  public List<Runnable> shutdownNow() {
    shutdown();
    return List.of();
  }

  @Override
  public boolean isShutdown() {
    return isOver;
  }

  @Override
  public boolean isTerminated() {
    return isOver && processes.stream().noneMatch(Pid::isAlive);
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) {
    long end = System.nanoTime() + unit.toNanos(timeout);
    for (Pid<?> process : processes) {
      Processes.awaitExit(process, Duration.ofNanos(Math.max(0, end - System.nanoTime())));
    }
    return isTerminated();
  }
}
