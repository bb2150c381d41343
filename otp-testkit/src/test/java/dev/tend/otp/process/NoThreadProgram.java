package dev.tend.otp.process;

import dev.tend.otp.genserver.GenServer;
import dev.tend.otp.supervisor.ChildSpec;
import dev.tend.otp.supervisor.Flags;
import dev.tend.otp.supervisor.Strategy;
import dev.tend.otp.supervisor.Supervisor;
import dev.tend.otp.testkit.Probe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A program in a JVM that has memory for few threads. For {@link NoThreadTest}. */
final class NoThreadProgram {
  private static final ServerName<Probe> NAME = ServerName.local("unlucky");
  private static final StartOptions PLATFORM = StartOptions.defaults().onPlatformThread();
  private static final Duration HELD = Duration.ofMillis(150);

  private final List<Thread> hogs = new ArrayList<>();
  private final CountDownLatch go = new CountDownLatch(1);
  private int starts;

  public static void main(String[] args) throws InterruptedException {
    NoThreadProgram program = new NoThreadProgram();
    program.begin();
    switch (args[0]) {
      case "start" -> program.start();
      case "spawn" -> program.spawn();
      default -> program.supervise();
    }
    System.exit(0);
  }

  /** What the JVM and the library need for themselves runs before memory is short. */
  private void begin() {
    Pid<Probe> first = Probe.started();
    Processes.sendAfter(Duration.ofMillis(1), first, "tick");
    first.call(new Probe.Run<>(() -> go.await(1, TimeUnit.MILLISECONDS)));
    Processes.exit(first, ExitReason.KILL);
  }

  /** Leaves no room for one more thread, also when those that end meanwhile have gone. */
  private void hog() {
    int failed = 0;
    while (failed < 20) {
      try {
        hogs.add(Thread.ofPlatform().daemon().start(this::waitThere));
        failed = 0;
      } catch (OutOfMemoryError noThread) {
        failed++;
        waitFor(1);
      }
    }
  }

  private void waitThere() {
    waitFor(Long.MAX_VALUE);
  }

  private void waitFor(long millis) {
    try {
      var _ = go.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void start() throws InterruptedException {
    hog();
    say(new Probe().start(PLATFORM.withName(NAME)));
    System.out.println("has the name: " + NAME.whereis());
    System.out.println("left: " + Processes.snapshot().processes());
    go.countDown();
    for (Thread hog : hogs) {
      hog.join();
    }
    System.out.println(startWhenThereIsRoom().orThrow().call(new Probe.State()));
  }

  /** A thread that was joined gives its stack back some time later. */
  private static StartResult<Probe> startWhenThereIsRoom() {
    StartResult<Probe> result;
    do {
      result = new Probe().start(PLATFORM.withName(NAME));
    } while (result instanceof StartResult.Failed<?>(ExitReason.Crash(OutOfMemoryError _)));
    return result;
  }

  private void spawn() {
    hog();
    Pid<?> linked = Processes.spawn(() -> Processes.spawnLink(PLATFORM, () -> {}));
    System.out.println(textOf(Processes.awaitExit(linked)));
    Pid<?> owner =
        Processes.spawn(() -> Processes.own(() -> System.out.println("closed in spite of all")));
    System.out.println(Processes.awaitExit(owner));
  }

  private void supervise() {
    Flags flags = new Flags(Strategy.ONE_FOR_ONE, 3, Duration.ofHours(1));
    List<ChildSpec> children = List.of(ChildSpec.worker("unlucky", this::startChild));
    Pid<Supervisor> sup = Supervisor.start(flags, children, StartOptions.defaults()).orThrow();
    Processes.exit(NAME.whereis().orElseThrow(), ExitReason.KILL);
    System.out.println("supervisor: " + Processes.awaitExit(sup));
  }

  private StartResult<Probe> startChild() {
    if (starts++ > 0) {
      hog();
      compute();
    }
    StartResult<Probe> result = GenServer.startLink(new Probe(), PLATFORM.withName(NAME));
    say(result);
    return result;
  }

  /** For as long as it takes until more carriers are tried for. */
  private static void compute() {
    long end = System.nanoTime() + HELD.toNanos();
    while (System.nanoTime() < end) {
      Thread.onSpinWait();
    }
  }

  private static void say(StartResult<?> result) {
    System.out.println(
        result instanceof StartResult.Failed<?>(ExitReason reason)
            ? "failed: " + textOf(reason)
            : "started");
  }

  private static String textOf(ExitReason reason) {
    return reason instanceof ExitReason.Crash(Throwable thrown)
        ? thrown.getClass().getSimpleName()
        : reason.toString();
  }
}
