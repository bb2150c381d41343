package dev.tend.otp.process;

import static dev.tend.otp.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tend.otp.testkit.Probe;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import jdk.management.VirtualThreadSchedulerMXBean;

/** More handlers than there are carriers keep them, all at once; says what comes of it. */
final class CarriersProgram {
  private CarriersProgram() {}

  /**
   * Prints a line for each thing that came about.
   *
   * @param args for how many seconds another server may take to answer; whether handlers {@code
   *     compute}, wait for each other in turns: {@code talk}, or {@code call} another server all
   *     the time; only {@code look}: what a server does that one process calls all the time
   */
  public static void main(String[] args) throws InterruptedException {
    if (args[1].equals("look")) {
      look();
      return;
    }
    VirtualThreadSchedulerMXBean scheduler =
        ManagementFactory.getPlatformMXBean(VirtualThreadSchedulerMXBean.class);
    int usual = scheduler.getParallelism();
    AtomicBoolean enough = new AtomicBoolean();
    CountDownLatch keeping = new CountDownLatch(usual);
    Pid<Probe> idle = Probe.started();
    List<Pid<Probe>> busy = Stream.generate(Probe::started).limit(2L * usual + 2).toList();
    for (int i = 0; i <= usual; i++) {
      switch (args[1]) {
        case "compute" -> compute(busy.get(i), enough, keeping);
        case "call" -> call(busy.get(2 * i), busy.get(2 * i + 1), enough, keeping);
        default -> talk(busy.get(2 * i), busy.get(2 * i + 1), enough, keeping);
      }
    }
    keeping.await();
    try {
      idle.call(new Probe.State(), Duration.ofSeconds(Long.parseLong(args[0])));
      System.out.println("answered");
    } catch (CallFailed failed) {
      System.out.println(failed.why());
    }
    if (args[1].equals("call")) {
      System.out.println(areMostlyAsManyAs(usual, scheduler) ? "none added" : "added");
    }
    enough.set(true);
    eventually(
        Duration.ofSeconds(60), () -> assertThat(scheduler.getParallelism()).isEqualTo(usual));
    System.out.println("as before");
  }

  private static void look() {
    Conversation talk = new Conversation(Probe.started().core);
    ProcessCore caller = Probe.started().core;
    for (int i = 0; i < 1_000; i++) {
      talk.hears(caller);
    }
    System.out.println(talk.isToLook() ? "looks for the next call" : "lets go of its carrier");
  }

  /** Looked at each time a new process has come to run. */
  private static boolean areMostlyAsManyAs(int usual, VirtualThreadSchedulerMXBean scheduler) {
    int looks = 100;
    int found = 0;
    for (int i = 0; i < looks; i++) {
      Probe.started().call(new Probe.State(), Duration.ofSeconds(60));
      found += scheduler.getParallelism() == usual ? 1 : 0;
    }
    return found > looks / 2;
  }

  private static void compute(Pid<Probe> server, AtomicBoolean enough, CountDownLatch keeping) {
    server.cast(
        new Probe.Tell(() -> {
          keeping.countDown();
          while (!enough.get()) {
            Thread.onSpinWait();
          }
        }));
  }

  private static void call(
      Pid<Probe> server, Pid<Probe> other, AtomicBoolean enough, CountDownLatch keeping) {
    server.cast(
        new Probe.Tell(() -> {
          keeping.countDown();
          while (!enough.get()) {
            other.call(new Probe.State(), Duration.ofSeconds(60));
          }
        }));
  }

  /** The JDK's scheduler looks for others once a carrier has nothing left, and so it never does. */
  private static void talk(
      Pid<Probe> one, Pid<Probe> other, AtomicBoolean enough, CountDownLatch keeping) {
    Semaphore first = new Semaphore(1);
    Semaphore second = new Semaphore(0);
    takeTurns(one, first, second, enough, keeping);
    takeTurns(other, second, first, enough, keeping);
  }

  private static void takeTurns(
      Pid<Probe> server,
      Semaphore mine,
      Semaphore theirs,
      AtomicBoolean enough,
      CountDownLatch keeping) {
    server.cast(
        new Probe.Tell(() -> {
          keeping.countDown();
          while (!enough.get()) {
            mine.acquireUninterruptibly();
            theirs.release();
          }
        }));
  }
}
